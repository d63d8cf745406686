import type { Fault } from '../engine/fault.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import type { StorageWorker } from '../../workers/storage.worker.ts';
import { AblationWorkers, openAblation } from './ablation.ts';
import type {
  Ablation,
  AblationProgress,
  Evidence,
  Job,
  KeptOfProbing,
  KnownFile,
  OpenedActivations,
  OpenedCells,
  OpenedModel,
  OpenedProbing,
  OpenedWorkspace,
  ProbingSource,
  RunEstimate,
  RunListener,
  RunRequest,
  SampleName,
  ToFree,
  TokenizerInfo,
  UnfinishedRun,
  Workbench,
  WorkspaceRequest,
} from './api.ts';
import { CellTables } from './cell-tables.ts';
import { asFault, jobFaults } from './errors.ts';
import { estimate } from './estimate.ts';
import type { EvidenceSources } from './evidence-sources.ts';
import { ImportedResults } from './imported-results.ts';
import { Keeper } from './keeper.ts';
import { keptList, unfinishedRuns } from './kept-list.ts';
import { OpenFiles, type OpenFor } from './open-files.ts';
import { Pace } from './pace.ts';
import { drawPreviews } from './previews.ts';
import { quietAfter } from './quiet-after.ts';
import { EvidenceDesk, ResultsEvidence } from './results-evidence.ts';
import { loadResults } from './results-in-pieces.ts';
import { estimateCells, runCells } from './run-cells.ts';
import { runLayers, type RunContext } from './run-layers.ts';
import { runsUnderWay } from './run-lock.ts';
import { SearchPool } from './search-pool.ts';
import { spawnStorage } from './spawn.ts';
import { startJob, type JobHandle, type StartedJob } from './start-job.ts';
import { WorkerLink } from './worker-link.ts';
import { WorkspaceFiles } from './workspace-files.ts';

type Endable = Pick<WorkerLink<unknown>, 'end'>;

/** Milliseconds after a run in which the model's worker is held ready for the next. WebAssembly gives memory back only when it ends. */
const RUNTIME_IDLE = 60_000;

/**
 * Makes the page's way to everything that takes time. Call it once.
 *
 * @param base absolute address beside which the folder `samples` lies
 */
export function createWorkbench(base: string = document.baseURI): Workbench {
  return new PageWorkbench(base);
}

class PageWorkbench implements Workbench {
  readonly #storage = new WorkerLink<StorageWorker>(spawnStorage, 'keeping results on this machine');
  readonly #keeper = new Keeper(this.#storage);
  readonly #imported = new ImportedResults();
  readonly #tables = new CellTables(this.#storage);
  readonly #pool = new SearchPool();
  readonly #desk = new EvidenceDesk();
  readonly #files: OpenFiles;
  readonly #workspaces: WorkspaceFiles;
  readonly #sources: EvidenceSources;
  readonly #pace = new Pace({
    recall: (name) => this.#storage.call('recall', name).catch(() => null),
    remember: (name, value) => void this.#storage.call('remember', name, value).catch(() => undefined),
  });
  #running: StartedJob<readonly LayerResults[]> | null = null;
  #using: { readonly probing: string; readonly source: string } | null = null;
  #ablation: AblationWorkers | null = null;
  #estimating = new AbortController();
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(base: string) {
    this.#files = new OpenFiles(base, () => this.#running !== null);
    this.#sources = {
      storage: this.#storage,
      keeper: this.#keeper,
      imported: this.#imported,
      tables: this.#tables,
      open: () => this.#files.probing,
      model: () => this.#files.model,
    };
    this.#workspaces = new WorkspaceFiles(this.#sources, base, (key) => this.results(key));
  }

  openProbing(source: ProbingSource): Promise<OpenedProbing> {
    return this.#files.openProbing(source);
  }

  openModel(source: File | SampleName): Promise<OpenedModel> {
    return this.#files.openModel(source);
  }

  openTokenizer(file: File): Promise<TokenizerInfo> {
    return this.#files.openTokenizer(file);
  }

  openActivations(file: File): Promise<OpenedActivations> {
    return this.#files.openActivations(file);
  }

  openCells(files: readonly File[]): Promise<OpenedCells> {
    return this.#tables.openFiles(files);
  }

  run(request: RunRequest, listener: RunListener): Job<readonly LayerResults[]> {
    clearTimeout(this.#idle);
    this.#estimating.abort();
    this.#endAblation('The activations were let go of, since a run was started.');
    const before = this.#running;
    before?.cancel();
    const open = this.#files.openFor(request);
    const { probing, source } = open;
    const isCells = request.activations.kind === 'cells';
    const work = async ({ signal, keep }: JobHandle): Promise<readonly LayerResults[]> => {
      await before?.settled;
      signal.throwIfAborted();
      const quiet = quietAfter(signal, listener);
      if (isCells) return runCells(this.#cellsContext(), request, quiet, signal, keep);
      return runLayers(this.#runContext(open), request, quiet, signal, keep);
    };
    const stop = (fault: Fault): void => {
      this.#pool.end(fault);
      source?.link.end(fault);
      if (probing?.link.busy) probing.link.end(fault);
      probing?.readers.end(fault);
    };
    const job = startJob(work, stop);
    this.#running = job;
    const hash = (isCells ? this.#tables.open : (open.model ?? open.activations)?.opened)?.info.hash ?? '';
    this.#using = { probing: isCells ? hash : (probing?.opened.info.contentHash ?? ''), source: hash };
    void job.settled.then(() => {
      if (this.#running !== job) return;
      this.#running = null;
      this.#using = null;
      this.#files.endRetired();
      this.#endWhenIdle(source?.link);
    });
    return job;
  }

  ablation(
    results: LayerResults,
    samples: number | null,
    onProgress: (progress: AblationProgress) => void,
  ): Job<Ablation> {
    this.#endAblation('The activations were let go of, since others were asked for.');
    const workers = new AblationWorkers();
    const context = { ...this.#files.openNow(), sources: this.#sources };
    const work = async ({ signal }: JobHandle): Promise<Ablation> => {
      // A run whose results are there has settled by then.
      await new Promise((resolve) => setTimeout(resolve));
      if (this.#running !== null) throw jobFaults['run-first']();
      return openAblation(context, results, samples, workers, onProgress, signal);
    };
    const job = startJob(work, (fault) => workers.end(fault));
    this.#ablation = workers;
    return job;
  }

  async estimate(request: RunRequest): Promise<RunEstimate> {
    this.#estimating.abort();
    const { signal } = (this.#estimating = new AbortController());
    if (request.activations.kind === 'cells') {
      return this.#asked(() => estimateCells(this.#cellsContext(), request));
    }
    const open = this.#files.openFor(request);
    const idle = this.#running === null;
    try {
      const context = { ...this.#runContext(open), searchWorkers: this.#pool.size, idle };
      return await estimate(context, request, signal);
    } catch (error) {
      throw asFault(error);
    } finally {
      if (this.#running === null) this.#endWhenIdle(open.source?.link);
    }
  }

  async previews(count: number): ReturnType<Workbench['previews']> {
    const { probing } = this.#files;
    if (!probing) throw jobFaults['nothing-open']('probing set');
    const { link: probingLink, opened } = probing;
    const context = { opened, probingLink, storageLink: this.#storage, addresses: this.#desk.thumbnails };
    return this.#asked(() => drawPreviews(context, count));
  }

  async previewPairs(count: number): ReturnType<Workbench['previewPairs']> {
    const { probing } = this.#files;
    if (!probing) throw jobFaults['nothing-open']('probing set');
    if (!probing.opened.info.hasPairs) return [];
    return this.#asked(async () => {
      await probing.opened.ready();
      return probing.link.call('previewPairs', count);
    });
  }

  async recent(): ReturnType<Workbench['recent']> {
    const held = this.#imported.labels();
    try {
      const kept = await this.#storage.call('recent');
      // Those still being kept, and those that find no room.
      return [...held.filter(({ key }) => kept.every((label) => label.key !== key)), ...kept];
    } catch (error) {
      if (held.length > 0) return held;
      throw asFault(error);
    }
  }

  async results(key: string): Promise<LayerResults | null> {
    const held = this.#imported.results(key);
    try {
      return (await loadResults(this.#storage, key)) ?? held;
    } catch (error) {
      if (held) return held;
      throw asFault(error);
    }
  }

  async forget(key: string): Promise<void> {
    this.#imported.forget(key);
    await this.#asked(() => this.#storage.call('forgetResults', key));
  }

  evidence(results: LayerResults): Evidence {
    return new ResultsEvidence(this.#sources, this.#desk, results);
  }

  saveWorkspace(request: WorkspaceRequest): Promise<Blob> {
    return this.#asked(() => this.#workspaces.save(request));
  }

  workspaceSize(keys: readonly string[]): ReturnType<Workbench['workspaceSize']> {
    return this.#asked(() => this.#workspaces.size(keys));
  }

  openWorkspace(source: File | SampleName): Promise<OpenedWorkspace> {
    return this.#asked(() => this.#workspaces.open(source));
  }

  async unfinished(): Promise<readonly UnfinishedRun[]> {
    const ask = () => Promise.all([this.#storage.call('runs'), runsUnderWay()]);
    return unfinishedRuns(...(await this.#asked(ask)));
  }

  async forgetUnfinished(id: string): Promise<void> {
    await this.#asked(() => this.#storage.call('forgetSteps', id));
  }

  async kept(): Promise<readonly KeptOfProbing[]> {
    return keptList(await this.#asked(() => this.#storage.call('kept')));
  }

  async free(what: ToFree): Promise<void> {
    // What a run needs goes only by cancelling it: else it would keep anew what was freed.
    if (this.#using && overlaps(this.#using, what)) throw jobFaults['in-use']();
    this.#keeper.free(what);
    this.#imported.free(what);
    this.#tables.free(what);
    this.#desk.clear();
    await this.#asked(() => this.#storage.call('free', what));
  }

  async rememberFile(file: Omit<KnownFile, 'id' | 'usedAt'>): Promise<void> {
    await this.#asked(() => this.#storage.call('rememberFile', file));
  }

  knownFiles(): Promise<readonly KnownFile[]> {
    return this.#asked(() => this.#storage.call('knownFiles'));
  }

  async forgetFile(id: string): Promise<void> {
    await this.#asked(() => this.#storage.call('forgetFile', id));
  }

  async clearStorage(): Promise<void> {
    this.#keeper.clear();
    this.#imported.forget();
    this.#tables.clear();
    this.#desk.clear();
    await this.#asked(() => this.#storage.call('clear'));
  }

  async storage(): Promise<{ readonly used: number; readonly quota: number }> {
    const { usage = 0, quota = 0 } = await this.#asked(() => navigator.storage.estimate());
    return { used: usage, quota };
  }

  #endAblation(reason: string): void {
    this.#ablation?.end(jobFaults['ablation-closed'](reason));
    this.#ablation = null;
  }

  #cellsContext() {
    return { tables: this.#tables, storageLink: this.#storage, pool: this.#pool, pace: this.#pace };
  }

  /** @throws Fault `jobs/nothing-open` */
  #runContext({ probing, model, activations, tokenizer, source, what }: OpenFor): RunContext {
    if (!probing) throw jobFaults['nothing-open']('probing set');
    if (!source) throw jobFaults['nothing-open'](what);
    return {
      probingLink: probing.link,
      readers: probing.readers,
      runtimeLink: source.link,
      storageLink: this.#storage,
      pool: this.#pool,
      keeper: this.#keeper,
      pace: this.#pace,
      cores: navigator.hardwareConcurrency || 1,
      probing: probing.opened,
      model: model?.opened ?? null,
      activations: activations?.opened ?? null,
      tokenizer,
    };
  }

  #endWhenIdle(link: Endable | undefined): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => link?.end(jobFaults.cancelled()), RUNTIME_IDLE);
  }

  async #asked<Result>(ask: () => Promise<Result>): Promise<Result> {
    try {
      return await ask();
    } catch (error) {
      throw asFault(error);
    }
  }
}

/** Does what is to be freed belong to what a run uses? */
function overlaps(using: { readonly probing: string; readonly source: string }, { probing, source }: ToFree): boolean {
  return (probing ?? using.probing) === using.probing && (source ?? using.source) === using.source;
}
