import { Fault } from '../../src/engine/fault.ts';
import { defaultSettings } from '../../src/engine/results/default-settings.ts';
import type { LayerClasses, LayerResults } from '../../src/engine/results/layer-results.ts';
import type {
  Ablation,
  Evidence,
  Job,
  KeptOfProbing,
  KnownFile,
  OpenedModel,
  OpenedProbing,
  ProbingSource,
  RecentResults,
  RunEstimate,
  RunListener,
  RunRequest,
  SampleName,
  ToFree,
  UnfinishedRun,
  Workbench,
  WorkspaceRequest,
} from '../../src/jobs/api.ts';
import { fakeAblation } from './fake-ablation.ts';
import { draw, fakeFeed, fakeModel, fakeProbing, fakeUnit } from './fake-data.ts';
import { fakeKept, probed } from './fake-kept.ts';
import { FakeEvidence } from './fake-evidence.ts';
import { FakePairEvidence } from './fake-pair-evidence.ts';
import { fakePair, fakeTokenizer } from './fake-pairs.ts';

/** How a fake workbench behaves. */
export interface FakeOptions {
  readonly unitCount?: number;
  /** Milliseconds between batches of eight units. */
  readonly pace?: number;
  /** Whether results are kept from before, under the key `kept`; true unless told. */
  readonly kept?: boolean;
  /** Results that are kept besides. */
  readonly results?: readonly LayerResults[];
  /** Probing set and model that any file opens as; the fake ones unless told. */
  readonly probing?: OpenedProbing;
  readonly model?: OpenedModel;
  /** Classes that the results of pictures have; none unless told. */
  readonly classes?: LayerClasses;
  /** Runs that were broken off; none unless told. */
  readonly unfinished?: readonly UnfinishedRun[];
  /** What is kept of probing sets; a little of the fake one unless told. */
  readonly sets?: readonly KeptOfProbing[];
  /** Files and folders that can be opened again; none unless told. */
  readonly files?: readonly KnownFile[];
}

const keptRequest: RunRequest = {
  settings: defaultSettings,
  units: null,
  samples: null,
  activations: {
    kind: 'model',
    layers: ['features'],
    feed: fakeFeed,
  },
};

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A workbench that reads and computes nothing and answers with plausible data, for tests of the page and work on its looks. */
export class FakeWorkbench implements Workbench {
  readonly #options: Required<Pick<FakeOptions, 'unitCount' | 'pace' | 'probing' | 'model'>>;
  #unfinished: readonly UnfinishedRun[];
  #sets: readonly KeptOfProbing[];
  #files: readonly KnownFile[];
  readonly #kept = new Map<string, LayerResults>();
  readonly #classes: LayerClasses | undefined;
  readonly #evidence: FakeEvidence;
  readonly #pairEvidence = new FakePairEvidence();
  /** Requests of the runs so far. */
  readonly runs: RunRequest[] = [];
  /** Sources of probing sets that were opened. */
  readonly sources: ProbingSource[] = [];
  /** Requests whose cost was asked for. */
  readonly estimates: RunRequest[] = [];

  constructor({
    kept = true,
    results = [],
    unfinished = [],
    sets = [fakeKept],
    files = [],
    classes,
    ...options
  }: FakeOptions = {}) {
    this.#unfinished = unfinished;
    this.#sets = sets;
    this.#files = files;
    this.#classes = classes;
    this.#evidence = new FakeEvidence(
      classes ? { units: options.unitCount ?? 128, classes: classes.names.length } : null,
    );
    this.#options = { unitCount: 128, pace: 120, probing: fakeProbing, model: fakeModel, ...options };
    if (kept) this.#kept.set('kept', this.#made(keptRequest, 'features', 'kept'));
    for (const one of results) this.#kept.set(one.key, one);
  }

  async openProbing(source: Parameters<Workbench['openProbing']>[0]): Promise<OpenedProbing> {
    await wait(this.#options.pace);
    if (source.kind === 'zip' && source.file.size < 100) {
      throw new Fault(
        'probing/broken-zip',
        `${source.file.name} is not a complete zip file. Make it again and drop it again.`,
      );
    }
    this.sources.push(source);
    const { probing } = this.#options;
    return source.kind !== 'sample' && source.options ? probed(probing, source.options) : probing;
  }

  async openModel(source: Parameters<Workbench['openModel']>[0]): Promise<OpenedModel> {
    await wait(this.#options.pace);
    if (typeof source !== 'string' && !source.name.endsWith('.onnx')) {
      throw new Fault(
        'onnx/not-onnx',
        `${source.name} is not an ONNX model. Export the model to ONNX and drop that file.`,
      );
    }
    // A file of another size stands for another model.
    const other = typeof source !== 'string' && source.size === 1;
    return other ? { ...this.#options.model, name: source.name, hash: '0123'.repeat(16) } : this.#options.model;
  }

  async openTokenizer(file: File): ReturnType<Workbench['openTokenizer']> {
    await wait(this.#options.pace);
    if (file.size < 100) {
      throw new Fault('onnx/not-a-tokenizer', `${file.name} is neither a vocabulary nor a tokenizer.json.`);
    }
    return { ...fakeTokenizer, name: file.name };
  }

  async openActivations(file: File): ReturnType<Workbench['openActivations']> {
    await wait(this.#options.pace);
    return { name: file.name, hash: 'feed'.repeat(16), sampleCount: 480, unitCount: 64, grid: { height: 7, width: 7 } };
  }

  async openCells([file]: readonly File[]): ReturnType<Workbench['openCells']> {
    await wait(this.#options.pace);
    const { name } = file;
    if (!name.includes('cells')) throw new Fault('pipeline/not-cells', `${name} is no cell table.`);
    const hash = 'ce11'.repeat(16);
    const rule = { kind: 'quantile', quantile: 0.01 } as const;
    return {
      ...{ ...fakeProbing, format: 'cells', contentHash: hash, name, hash, fileCount: 1, bytes: 4000 },
      ...{ cellCount: 900, positions: 480 * 112 * 112, unitCount: 64, hasNeighbors: false, rule, threshold: rule },
    };
  }

  run(request: RunRequest, listener: RunListener): Job<readonly LayerResults[]> {
    this.runs.push(request);
    const { unitCount } = this.#options;
    let cancelled = false;
    const step = async (): Promise<void> => {
      await wait(this.#options.pace);
      if (cancelled) throw new Fault('jobs/cancelled', 'The run was cancelled.');
    };
    const layers = request.activations.kind === 'model' ? request.activations.layers : ['activations.npy'];
    const [first, last] = request.units ?? [0, unitCount - 1];
    const units = Array.from({ length: Math.min(last, unitCount - 1) - first + 1 }, (_, index) => first + index);
    const explain = async (layer: string, share: number): Promise<void> => {
      for (let done = 0; done < units.length; done += 8) {
        const some = units.slice(done, done + 8).map((unit) => {
          const explained = fakeUnit(unit, request.settings);
          return share === 1 ? explained : { ...explained, top: explained.top.slice(0, 6) };
        });
        listener.onUnits({ layer, share, units: some });
        const total = units.length;
        listener.onProgress({ stage: 'search', done: done + some.length, total, secondsLeft: (total - done) / 60 });
        await step();
      }
    };
    const work = async (): Promise<readonly LayerResults[]> => {
      listener.onProgress({ stage: 'concepts', done: 480, total: 480, secondsLeft: 0 });
      for (let done = 0; done <= 480; done += 120) {
        listener.onProgress({
          stage: 'activations',
          done,
          total: 480,
          secondsLeft: (480 - done) / 60,
          note: 'WebAssembly on 2 threads: this browser has no WebGPU.',
        });
        await step();
      }
      for (const layer of layers) await explain(layer, 0.25);
      const made: LayerResults[] = [];
      for (const layer of layers) {
        await explain(layer, 1);
        const results = this.#made(request, layer, `run-${this.#kept.size}`);
        this.#kept.set(results.key, results);
        listener.onResults?.(results);
        made.push(results);
      }
      return made;
    };
    return { finished: work(), cancel: () => (cancelled = true) };
  }

  ablation(...[results, samples, onProgress]: Parameters<Workbench['ablation']>): Job<Ablation> {
    const { pace } = this.#options;
    let cancelled = false;
    const work = async (): Promise<Ablation> => {
      for (let done = 0; done <= 480; done += 160) {
        onProgress({ stage: 'activations', done, total: 480 });
        await wait(pace);
        if (cancelled) throw new Fault('jobs/cancelled', 'The run was cancelled.');
      }
      return fakeAblation(results, samples, pace);
    };
    return { finished: work(), cancel: () => (cancelled = true) };
  }

  async estimate(request: RunRequest): Promise<RunEstimate> {
    this.estimates.push(request);
    await wait(this.#options.pace);
    const samples = request.samples ?? this.#options.probing.sampleCount;
    const layers = request.activations.kind === 'model' ? request.activations.layers.length : 1;
    return {
      seconds: (samples / 60) * (1 + 0.2 * layers),
      memoryBytes: 180_000_000 + layers * 24_000_000,
      storageBytes: samples * layers * 42_000,
      cached: false,
      basis: 'From one batch of this model on this machine.',
    };
  }

  async recent(): Promise<readonly RecentResults[]> {
    return [...this.#kept.values()]
      .map((results): RecentResults => {
        const { key, madeAt, probing, activations, unitCount, unitRange, samplesRead, settings, units } = results;
        const ious = units.flatMap(({ best }) => best?.iou ?? []);
        return {
          key,
          madeAt,
          title: probing.title,
          layer: activations.kind === 'model' ? activations.layer : activations.name,
          unitCount,
          unitRange,
          samplesRead,
          probingHash: probing.contentHash,
          activations: { kind: activations.kind, name: activations.name, hash: activations.hash },
          settings,
          meanIou: ious.length > 0 ? ious.reduce((sum, iou) => sum + iou, 0) / ious.length : null,
        };
      })
      .reverse();
  }

  async results(key: string): Promise<LayerResults | null> {
    return this.#kept.get(key) ?? null;
  }

  async forget(key: string): Promise<void> {
    this.#kept.delete(key);
  }

  evidence({ probing }: LayerResults): Evidence {
    return probing.format === 'entailment' ? this.#pairEvidence : this.#evidence;
  }

  async previews(count: number): ReturnType<Workbench['previews']> {
    const step = Math.max(1, Math.floor(this.#options.probing.sampleCount / count));
    return Promise.all(
      Array.from({ length: count }, async (_, index) => {
        const sample = index * step;
        return { sample, name: await this.#evidence.sampleName(sample), url: await draw(sample) };
      }),
    );
  }

  async previewPairs(count: number): ReturnType<Workbench['previewPairs']> {
    if (!this.#options.probing.hasPairs) return [];
    return Array.from({ length: count }, (_, sample) => ({
      sample,
      name: `row ${sample + 1}`,
      pair: fakePair(sample),
    }));
  }

  async saveWorkspace({ keys, view }: WorkspaceRequest): Promise<Blob> {
    const results = keys.flatMap((key) => this.#kept.get(key) ?? []);
    return new Blob([JSON.stringify({ results, view })], { type: 'application/zip' });
  }

  async workspaceSize(keys: readonly string[]): ReturnType<Workbench['workspaceSize']> {
    return { without: 640_000 * keys.length, with: 9_400_000 * keys.length };
  }

  async openWorkspace(source: File | SampleName): ReturnType<Workbench['openWorkspace']> {
    await wait(this.#options.pace);
    if (typeof source === 'string') {
      this.#kept.set('ready', this.#made(keptRequest, 'features', 'ready'));
      return { keys: ['ready'], view: '#page=layer' };
    }
    try {
      const { results, view } = JSON.parse(await source.text()) as { results: readonly LayerResults[]; view: string };
      for (const one of results) this.#kept.set(one.key, one);
      return { keys: results.map(({ key }) => key), view };
    } catch {
      throw new Fault(
        'jobs/not-a-workspace',
        `${source.name} is not a workspace file. Save it again and drop it here.`,
      );
    }
  }

  async unfinished(): Promise<readonly UnfinishedRun[]> {
    return this.#unfinished;
  }

  async forgetUnfinished(id: string): Promise<void> {
    this.#unfinished = this.#unfinished.filter((run) => run.id !== id);
  }

  async kept(): Promise<readonly KeptOfProbing[]> {
    return this.#sets;
  }

  async free({ probing, source }: ToFree): Promise<void> {
    await wait(this.#options.pace);
    const wanted = (hash: string): boolean => probing === undefined || hash === probing;
    this.#sets = this.#sets.flatMap((set) => {
      if (!wanted(set.contentHash)) return [set];
      if (source === undefined) return [];
      return [{ ...set, layers: set.layers.filter((layer) => layer.source !== source) }];
    });
  }

  async rememberFile(file: Omit<KnownFile, 'id' | 'usedAt'>): Promise<void> {
    const id = `file-${this.#files.length}`;
    this.#files = [{ ...file, id, usedAt: '2026-11-23T11:40:00Z' }, ...this.#files];
  }

  async knownFiles(): Promise<readonly KnownFile[]> {
    return this.#files;
  }

  async forgetFile(id: string): Promise<void> {
    this.#files = this.#files.filter((file) => file.id !== id);
  }

  async clearStorage(): Promise<void> {
    this.#kept.clear();
    this.#unfinished = [];
    this.#sets = [];
    this.#files = [];
  }

  async storage(): ReturnType<Workbench['storage']> {
    return { used: 18_400_000, quota: 2_000_000_000 };
  }

  #made(request: RunRequest, layer: string, key: string): LayerResults {
    const { unitCount, probing, model } = this.#options;
    const { activations, settings, samples } = request;
    const [first, last] = request.units ?? [0, unitCount - 1];
    const range = [first, Math.min(last, unitCount - 1)] as const;
    return {
      key,
      madeAt: `2026-11-23T11:31:${String(this.#kept.size % 60).padStart(2, '0')}Z`,
      tookMs: 21_000,
      samplesRead: Math.min(samples ?? probing.sampleCount, probing.sampleCount),
      probing,
      activations:
        activations.kind !== 'model'
          ? { kind: 'file', name: layer, hash: 'feed'.repeat(16) }
          : {
              kind: 'model',
              name: model.name,
              hash: model.hash,
              layer,
              operator: 'Relu',
              feed: activations.feed,
              provider: 'wasm',
              providerNote: 'This browser has no WebGPU; WebAssembly runs on 2 threads.',
              runtimeVersion: '1.30.0',
            },
      settings,
      unitRange: range,
      unitCount,
      categories: probing.categories,
      concepts: probing.concepts,
      units: Array.from({ length: range[1] - range[0] + 1 }, (_, index) => fakeUnit(range[0] + index, settings)),
      ...(this.#classes && { classes: this.#classes }),
    };
  }
}
