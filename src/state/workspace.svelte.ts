import type { Fault } from '../engine/fault.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import type {
  DroppedFile,
  Evidence,
  KnownFile,
  OpenedActivations,
  OpenedCells,
  OpenedModel,
  OpenedProbing,
  OpenedWorkspace,
  ProbingOptions,
  ProbingSource,
  RecentResults,
  RunRequest,
  SampleName,
  TokenizerInfo,
  UnfinishedRun,
  Workbench,
  WorkspaceRequest,
} from '../jobs/api.ts';
import { besideZip, withVectors } from './add-vectors.ts';
import { readAsked } from './asked.ts';
import type { AskedTokens } from './asked.ts';
import { defaultPageSettings } from './defaults.ts';
import type { PageSettings } from './defaults.ts';
import { Estimate } from './estimate.svelte.ts';
import { findKept } from './find-kept.ts';
import { fileHandle, folderHandle } from './file-handles.ts';
import { InputChoice } from './input-choice.svelte.ts';
import { isOfActivations, isOfCells } from './lacking.ts';
import type { OpenFiles } from './lacking.ts';
import { modelProblem } from './model-problem.ts';
import { keepOptions } from './probing-options.ts';
import { Run, type ProbedSet } from './run.svelte.ts';
import { Slot } from './slot.svelte.ts';
import { leftAside, sortDrop } from './sort-drop.ts';
import { toFault } from './to-fault.ts';
import { isNoWhich, isWhich, noWhich, sameQuestion, whichOf, whichOfRun } from './which.ts';
import type { Which } from './which.ts';

/**
 * What became of the results an address is about: they or their run are shown; they are looked for; they are not kept here; or the
 * address is about none in particular, and nothing ran.
 */
export type Finding = 'shown' | 'looking' | 'missing' | 'nothing';

/** What is known of files besides what is in them. */
export interface TakenFrom {
  /** Handles of what was dropped or picked, where the browser gives them: the next visit can ask for these. */
  readonly handles?: readonly FileSystemHandle[];
  /** What of the probing set to read, where it was opened before. */
  readonly options?: ProbingOptions | undefined;
}

/** What is open, what runs, and what is shown. The one place that talks to the workbench. */
export class Workspace {
  readonly #workbench: Workbench;
  readonly model = new Slot<OpenedModel>();
  readonly probing = new Slot<OpenedProbing>();
  /** A tokenizer that was dropped, for a model whose file brings none or in place of that. */
  readonly tokenizer = new Slot<TokenizerInfo>();
  readonly activations = new Slot<OpenedActivations>();
  /** A cell table, which takes the place of model and probing set. */
  readonly cells = new Slot<OpenedCells>();
  /** The last workspace file, or sample's ready-made results, that was opened. */
  readonly workspaceFile = new Slot<OpenedWorkspace>();
  readonly input = new InputChoice();
  /** What the next run would cost. */
  readonly estimate: Estimate;
  /** Where the open probing set comes from; null where none is open. */
  probingSource: ProbingSource | null = $state.raw(null);
  /** What of it shall be read instead, while that is being opened; null: nothing else. */
  probingWanted: ProbingOptions | null = $state.raw(null);
  /** Files found so far in a folder that is being looked through; null: none is. */
  collecting: number | null = $state(null);
  /** Sentences about the last drop's files that were left aside. */
  aside: readonly string[] = $state.raw([]);
  run: Run | null = $state.raw(null);
  results: LayerResults | null = $state.raw(null);
  evidence: Evidence | null = $state.raw(null);
  /** What {@link find} was last asked for; {@link finding} says what became of it. */
  wanted: Which = $state.raw(noWhich);
  finding: Finding = $state('nothing');
  /** Why kept results could not be read. */
  resultsFault: Fault | null = $state.raw(null);
  recent: readonly RecentResults[] = $state.raw([]);
  /** Sample whose card was clicked and is being opened. */
  openingSample: SampleName | null = $state(null);
  #probingHandle: FileSystemHandle | undefined;
  #finds = 0;
  /** Layer of the run that is shown. */
  #runLayer = $state('');
  /** Name and hash of the file that the run takes its activations from. */
  #runSource: { readonly name: string; readonly hash: string } = { name: '', hash: '' };
  #runUnitCounts: Readonly<Record<string, number | null>> = {};

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
    this.estimate = new Estimate(workbench);
  }

  /** What keeps a run from starting, by the card it belongs to, a sentence each. */
  readonly missing = $derived.by(() => {
    const missing: { model?: string; probing?: string } = {};
    if (this.cells.value !== null) return missing;
    if (this.activations.value === null) {
      if (this.model.value === null) missing.model = 'Drop an .onnx model, or a .npy file of activations.';
      else {
        const problem = modelProblem(this.input, this.probing.value, this.tokenizerInUse);
        if (problem !== '') missing.model = problem;
      }
    } else if (this.probing.value && this.probing.value.sampleCount !== this.activations.value.sampleCount) {
      missing.model = `The activations are of ${this.activations.value.sampleCount} samples, the probing set has ${this.probing.value.sampleCount}.`;
    }
    if (this.probing.value === null)
      missing.probing = 'Drop a probing set: a folder, a zip, or a file of sentence pairs.';
    else if (this.activations.value === null && !this.probing.value.hasPictures && !this.probing.value.hasPairs) {
      missing.probing =
        'This probing set has no pictures to feed a model. Drop a .npy file of activations instead of a model.';
    }
    return missing;
  });

  /** Whether files are being read. */
  readonly reading: boolean = $derived.by(() =>
    [this.model, this.tokenizer, this.probing, this.activations, this.cells, this.workspaceFile].some(
      (slot) => slot.reading !== null,
    ),
  );

  /** The files that are open, by what they are for. */
  readonly open: OpenFiles = $derived.by(() => ({
    ...{ model: this.model.value, tokenizer: this.tokenizer.value, activations: this.activations.value },
    ...{ probing: this.probing.value, cells: this.cells.value },
  }));

  /** The tokenizer that is in the model's file; null where there is none. */
  readonly ownTokenizer: TokenizerInfo | null = $derived.by(() => {
    const input = this.model.value?.input;
    return input?.kind === 'pairs' ? input.tokenizer : null;
  });

  /** The tokenizer that makes sentence pairs into the model's input; null where none is chosen. */
  readonly tokenizerInUse: TokenizerInfo | null = $derived.by(() => {
    const wanted = this.input.encoding?.tokenizer?.hash;
    return this.#tokenizers.find(({ hash }) => hash === wanted) ?? null;
  });

  /** How what is shown stands in the address: the results, or the run that has not made them yet. */
  readonly which: Which = $derived.by(() => {
    if (this.results) return whichOf(this.results);
    return this.run ? this.#whichOfRun(this.run, this.run.layer(this.#runLayer).name) : noWhich;
  });

  /** Whether what is shown was made from a cell table: it has counts only, no samples and no pictures. */
  readonly ofCells: boolean = $derived.by(() => (this.results?.probing ?? this.run?.probing)?.format === 'cells');

  /** Whether what is shown was made from sentence pairs. */
  readonly ofPairs: boolean = $derived.by(() =>
    ['pairs', 'entailment'].includes((this.results?.probing ?? this.run?.probing)?.format ?? ''),
  );

  /** What the open files are, in a word that changes with them. */
  readonly files: string = $derived.by(
    () =>
      this.cells.value?.hash ??
      [this.activations.value?.hash ?? this.model.value?.hash, this.probing.value?.contentHash].join(' '),
  );

  /**
   * Opens whatever was dropped or picked.
   *
   * @returns whether anything of it is now open, and the view of a workspace file, where it was one
   */
  async take(
    files: readonly DroppedFile[],
    { handles = [], options }: TakenFrom = {},
  ): Promise<{ readonly opened: boolean; readonly view: string | null }> {
    const { workspaceFile, model, tokenizer, probing, vectors, activations, tables, conceptList, aside } =
      sortDrop(files);
    this.aside = aside;
    const tries: Promise<boolean>[] = [];
    const opening = model ? this.#openModel(model, fileHandle(handles, model.name)) : null;
    if (opening) tries.push(opening);
    // The model comes first: a tokenizer dropped with it takes the place of its own.
    if (tokenizer) tries.push(Promise.resolve(opening).then(() => this.openTokenizer(tokenizer)));
    const take = (): Promise<boolean> =>
      activations ? this.#openActivations(activations, fileHandle(handles, activations.name)) : Promise.resolve(false);
    if (tables.length > 0) tries.push(this.#openCells(tables, conceptList, take));
    else if (activations) tries.push(take());
    if (probing && probing.kind !== 'sample') {
      const handle =
        probing.kind === 'zip' ? fileHandle(handles, probing.file.name) : folderHandle(handles, probing.name);
      tries.push(this.#openProbing(options ? { ...probing, options } : probing, handle));
      if (vectors && probing.kind === 'zip') this.aside = [...aside, besideZip(vectors, probing.file)];
    } else if (vectors) tries.push(this.#addVectors(vectors));
    const kept = workspaceFile ? this.openKept(workspaceFile) : null;
    const opened = await Promise.all(tries);
    const view = (await kept)?.view ?? null;
    return { opened: view !== null || opened.some((ready) => ready), view };
  }

  /** Opens a workspace file, or a sample's ready-made results; they are kept here then. @returns null where it cannot be read */
  async openKept(source: File | SampleName): Promise<OpenedWorkspace | null> {
    const name = typeof source === 'string' ? source : source.name;
    const opened = await this.workspaceFile.open(name, () => this.#workbench.openWorkspace(source));
    if (!opened) return null;
    await this.refreshRecent();
    return this.workspaceFile.value;
  }

  /** Opens a sample's model and probing set, or one of them. @returns whether what was asked for is open */
  async openSample(name: SampleName, what: 'both' | 'model' | 'probing' = 'both'): Promise<boolean> {
    this.openingSample = name;
    this.aside = [];
    const tries: Promise<boolean>[] = [];
    if (what !== 'probing') tries.push(this.#openModel(name));
    if (what !== 'model') {
      tries.push(this.#openProbing({ kind: 'sample', name }));
    }
    const opened = await Promise.all(tries);
    this.openingSample = null;
    return opened.every((ready) => ready);
  }

  /** Opens the probing set again, to read something else of it. What is open stays where that fails. @returns whether it is open */
  async chooseProbing(options: ProbingOptions): Promise<boolean> {
    const source = this.probingSource;
    if (source === null || source.kind === 'sample') return false;
    this.probingWanted = options;
    return this.#openProbing({ ...source, options }, this.#probingHandle);
  }

  /** Opens a vocabulary or a tokenizer.json; the open model of sentence pairs takes it. @returns whether it is open */
  async openTokenizer(file: File): Promise<boolean> {
    const opened = await this.tokenizer.open(file.name, () => this.#workbench.openTokenizer(file));
    if (opened && this.tokenizer.value) this.input.useTokenizer(this.tokenizer.value);
    return opened;
  }

  /** Goes back to the tokenizer in the model's file, where that has one. */
  dropTokenizer(): void {
    this.tokenizer.clear();
    if (this.ownTokenizer) this.input.useTokenizer(this.ownTokenizer);
    else this.input.encode({ tokenizer: null });
  }

  /** What a run with these settings would ask for; null where something is missing. */
  request(settings: PageSettings): RunRequest | null {
    if (Object.keys(this.missing).length > 0) return null;
    const { units, samples, ...explain } = settings;
    if (this.cells.value) {
      const { threshold } = this.cells.value;
      return { activations: { kind: 'cells' }, settings: { ...explain, threshold }, units, samples: null };
    }
    const rest = { settings: explain, units, samples };
    if (this.activations.value) return { activations: { kind: 'file' }, ...rest };
    const { layers, feed } = this.input;
    return feed && { activations: { kind: 'model', layers, feed }, ...rest };
  }

  /**
   * Runs with what is open. What runs is shown from now on; {@link which} is its address.
   *
   * @returns the results by layer, or null where it was cancelled or failed, or cannot start
   */
  async start(settings: PageSettings = defaultPageSettings): Promise<readonly LayerResults[] | null> {
    const cells = this.cells.value;
    const probing = cells ?? this.probing.value;
    const request = this.request(settings);
    const source = cells ?? this.activations.value ?? this.model.value;
    if (probing === null || request === null || source === null) return null;
    return this.#start(request, probing, source);
  }

  /** Whether the files of a broken-off run are open. */
  hasFilesOf({ probing, source, request }: UnfinishedRun): boolean {
    const open = request.activations.kind === 'file' ? this.activations.value : this.model.value;
    const right = this.probing.value?.contentHash === probing.contentHash && open?.hash === source.hash;
    if (request.activations.kind !== 'model' || request.activations.feed.kind === 'pictures') return right;
    const wanted = request.activations.feed.encoding.tokenizer?.hash;
    return right && this.#tokenizers.some(({ hash }) => hash === wanted);
  }

  /** Goes on with a broken-off run whose files are open: asks for the same again. @returns as {@link start} */
  async goOn(unfinished: UnfinishedRun): Promise<readonly LayerResults[] | null> {
    const { request } = unfinished;
    const { activations } = request;
    const probing = this.probing.value;
    const source = activations.kind === 'file' ? this.activations.value : this.model.value;
    if (probing === null || source === null || !this.hasFilesOf(unfinished)) return null;
    this.cells.clear();
    if (activations.kind === 'model') {
      this.activations.clear();
      this.input.choose(activations.layers);
      this.input.take(activations.feed);
    }
    return this.#start(request, probing, source);
  }

  async #start(
    request: RunRequest,
    probing: ProbedSet,
    source: { readonly name: string; readonly hash: string },
  ): Promise<readonly LayerResults[] | null> {
    this.run?.cancel();
    const layers = request.activations.kind === 'model' ? request.activations.layers : [source.name];
    this.#runSource = source;
    this.#runUnitCounts = Object.fromEntries(layers.map((layer) => [layer, this.#unitCount(layer)]));
    const run = new Run(request, probing, layers, this.#unitCount(layers[0]));
    this.run = run;
    this.#showRun(layers.includes(this.wanted.layer) ? this.wanted.layer : layers[0]);
    const results = await run.start(this.#workbench, (made) => {
      if (this.run === run && this.results === null && this.#runLayer === layerName(made)) this.show(made);
    });
    await this.refreshRecent();
    return this.run === run ? results : null;
  }

  /** Takes layer, input and settings from an address, as far as the open model has them. @returns the settings */
  prepareFor(which: Which): PageSettings {
    const { settings, preprocessing, input, tokens } = readAsked(which.asked);
    if (!isOfCells(which)) this.cells.clear();
    if (isOfActivations(which)) return settings;
    this.activations.clear();
    this.input.choose([which.layer]);
    if (tokens) this.#takeTokens(tokens);
    else if (preprocessing) this.input.take({ kind: 'pictures', preprocessing, height: input[0], width: input[1] });
    return settings;
  }

  /** Shows what an address is about: what is open, what runs, or what is kept. {@link finding} says what became of it. */
  async find(which: Which): Promise<void> {
    this.#finds += 1;
    const mine = this.#finds;
    this.wanted = which;
    this.resultsFault = null;
    if (this.#showOpen(which)) return;
    if (isNoWhich(which)) {
      this.finding = 'nothing';
      return;
    }
    this.finding = 'looking';
    let found: LayerResults | null = null;
    try {
      found = await findKept(this.#workbench, which);
    } catch (error) {
      if (mine === this.#finds) this.resultsFault = toFault(error);
    }
    if (mine !== this.#finds) return;
    if (found) this.show(found);
    else if (this.run && this.#isOfRun(which, this.run)) this.#showRun(which.layer);
    else {
      this.results = null;
      this.evidence = null;
      this.finding = 'missing';
    }
  }

  /** Shows results. Nothing is computed again. */
  show(results: LayerResults): void {
    if (this.results?.key !== results.key || this.results.madeAt !== results.madeAt) {
      this.results = results;
      this.evidence = this.#workbench.evidence(results);
    }
    this.resultsFault = null;
    this.finding = 'shown';
  }

  /** Kept results by their key; null where they are not kept. */
  async load(key: string): Promise<LayerResults | null> {
    return this.results?.key === key ? this.results : this.#workbench.results(key);
  }

  /** The pictures behind results that are not those shown. */
  evidenceOf(results: LayerResults): Evidence {
    return this.results === results && this.evidence ? this.evidence : this.#workbench.evidence(results);
  }

  /** Small pictures of the open probing set, spread over it. */
  previews(count: number): ReturnType<Workbench['previews']> {
    return this.#workbench.previews(count);
  }

  /** Some pairs of the open probing set, spread over it. */
  previewPairs(count: number): ReturnType<Workbench['previewPairs']> {
    return this.#workbench.previewPairs(count);
  }

  /** Reads the list of kept results. */
  async refreshRecent(): Promise<void> {
    try {
      this.recent = await this.#workbench.recent();
    } catch {
      this.recent = [];
    }
  }

  /** Forgets some kept results. */
  async forget(key: string): Promise<void> {
    await this.#workbench.forget(key);
    await this.refreshRecent();
  }

  /** A workspace file with results, what their pictures need, and the view. */
  save(request: WorkspaceRequest): Promise<Blob> {
    return this.#workbench.saveWorkspace(request);
  }

  /** Bytes a workspace file would have, about, without and with activations; the second null where they are not kept. */
  sizeOf(keys: readonly string[]): ReturnType<Workbench['workspaceSize']> {
    return this.#workbench.workspaceSize(keys);
  }

  async #openModel(source: File | SampleName, handle?: FileSystemHandle): Promise<boolean> {
    const name = typeof source === 'string' ? source : source.name;
    const opened = await this.model.open(name, () => this.#workbench.openModel(source));
    if (opened && this.model.value) {
      this.input.suggest(this.model.value);
      // A model without a tokenizer takes the one that is open; one that brings its own takes that.
      if (this.ownTokenizer) this.tokenizer.clear();
      else if (this.tokenizer.value) this.input.useTokenizer(this.tokenizer.value);
      this.activations.clear();
      this.cells.clear();
      this.#remember('model', this.model.value.hash, handle);
    }
    return opened;
  }

  readonly #tokenizers: readonly TokenizerInfo[] = $derived.by(() =>
    [this.tokenizer.value, this.ownTokenizer].flatMap((tokenizer) => tokenizer ?? []),
  );

  #takeTokens({ tokenizer, maxTokens }: AskedTokens): void {
    const wanted = this.#tokenizers.find(({ hash }) => hash.startsWith(tokenizer));
    if (wanted) this.input.useTokenizer(wanted);
    this.input.encode({ maxTokens });
  }

  /** Opens the sentence pairs again with a file of word vectors among their files; leaves it aside where it cannot be added. */
  async #addVectors(file: File): Promise<boolean> {
    const source = withVectors(file, this.probingSource, this.probing.value);
    if (typeof source !== 'string') return this.#openProbing(source, this.#probingHandle);
    this.aside = [...this.aside, source];
    return false;
  }

  async #openActivations(file: File, handle?: FileSystemHandle): Promise<boolean> {
    const opened = await this.activations.open(file.name, () => this.#workbench.openActivations(file));
    if (opened && this.activations.value) {
      this.cells.clear();
      this.#remember('activations', this.activations.value.hash, handle);
    }
    return opened;
  }

  /** Opens a cell table, or what else a Parquet file holds. @param otherwise opens that */
  async #openCells(
    tables: readonly File[],
    conceptList: File | null,
    otherwise: () => Promise<boolean>,
  ): Promise<boolean> {
    const files = conceptList ? [...tables, conceptList] : tables;
    const opened = await this.cells.open(namesOf(tables), () => this.#workbench.openCells(files));
    if (opened || this.cells.fault?.code !== 'pipeline/not-cells') return opened;
    this.cells.fault = null;
    this.aside = [...this.aside, ...tables.slice(1).map(({ name }) => leftAside(name, 'file of activations'))];
    return otherwise();
  }

  async #openProbing(source: ProbingSource, handle?: FileSystemHandle): Promise<boolean> {
    const name = source.kind === 'zip' ? source.file.name : source.name;
    const opened = await this.probing.open(name, () => this.#workbench.openProbing(source));
    if (opened && this.probing.value) {
      const { contentHash } = this.probing.value;
      this.cells.clear();
      this.probingSource = source;
      this.#probingHandle = handle;
      if (source.kind !== 'sample' && source.options) keepOptions(contentHash, source.options);
      this.#remember('probing', contentHash, handle);
    }
    // A later try may still be at work.
    if (this.probing.reading === null) this.probingWanted = null;
    return opened;
  }

  #remember(role: KnownFile['role'], hash: string, handle: FileSystemHandle | undefined): void {
    if (!handle) return;
    const { name } = handle;
    const kind = handle.kind === 'directory' ? 'folder' : 'file';
    // Not every browser keeps handles; then the file is dropped again next time.
    this.#workbench.rememberFile({ name, kind, role, hash, handle }).catch(() => undefined);
  }

  /** Shows what is on the page already, or what runs, where an address is about it. */
  #showOpen(which: Which): boolean {
    const any = isNoWhich(which);
    const running = this.run?.state === 'running' ? this.run : null;
    if (running && (any || this.#isOfRun(which, running))) {
      this.#showRun(any ? running.layers[0].name : which.layer);
      return true;
    }
    if (this.results && (any || isWhich(which, this.results))) {
      this.finding = 'shown';
      return true;
    }
    if (any && this.run) {
      this.#showRun(this.run.layers[0].name);
      return true;
    }
    return false;
  }

  #showRun(name: string): void {
    const layer = this.run?.layer(name);
    if (!layer) return;
    this.#runLayer = layer.name;
    if (layer.made) this.show(layer.made);
    else {
      this.results = null;
      this.evidence = null;
      this.resultsFault = null;
      this.finding = 'shown';
    }
  }

  #isOfRun(which: Which, run: Run): boolean {
    return run.layers.some(({ name }) => sameQuestion(this.#whichOfRun(run, name), which));
  }

  #whichOfRun({ probing, request }: Run, layer: string): Which {
    return whichOfRun(this.#runSource, probing, layer, request, this.#runUnitCounts[layer] ?? null);
  }

  #unitCount(layer: string): number | null {
    const open = this.cells.value ?? this.activations.value;
    if (open) return open.unitCount;
    return this.model.value?.layers.find(({ tensor }) => tensor === layer)?.unitCount ?? null;
  }
}

function namesOf(files: readonly File[]): string {
  return files.length === 1 ? files[0].name : `${files[0].name} and ${files.length - 1} more`;
}

function layerName({ activations }: LayerResults): string {
  return activations.kind === 'model' ? activations.layer : activations.name;
}
