import type { Fault } from '../engine/fault.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import type { SourceRequest } from '../pipeline/open-source.ts';
import type { ModelSource } from '../pipeline/runtime-service.ts';
import type { ProbingWorker } from '../../workers/probing.worker.ts';
import type { RuntimeWorker } from '../../workers/runtime.worker.ts';
import type { StorageWorker } from '../../workers/storage.worker.ts';
import type {
  Job,
  OpenedActivations,
  OpenedModel,
  OpenedProbing,
  ProbingSource,
  RunListener,
  RunRequest,
  SampleName,
  Workbench,
} from './api.ts';
import { asFault, jobFaults } from './errors.ts';
import { Keeper } from './keeper.ts';
import { Reopening } from './reopening.ts';
import { ResultsEvidence } from './results-evidence.ts';
import { loadResults } from './results-in-pieces.ts';
import { runLayer, type RunContext } from './run-layer.ts';
import { SearchMember } from './search-member.ts';
import { SearchPool } from './search-pool.ts';
import { spawnProbing, spawnRuntime, spawnStorage } from './spawn.ts';
import { ThumbnailAddresses } from './thumbnail-addresses.ts';
import { startJob, type JobHandle, type StartedJob } from './start-job.ts';
import { WorkerLink } from './worker-link.ts';

/** Something open, with the worker that holds it: each has its own, so that one that cannot be opened leaves the other alone. */
interface Open<Service, Info> {
  readonly link: WorkerLink<Service>;
  readonly opened: Reopening<Info>;
}

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
  /** Absolute address of the page, from which workers load samples. */
  readonly #base: string;
  readonly #storage = new WorkerLink<StorageWorker>(spawnStorage, 'keeping results on this machine');
  readonly #keeper = new Keeper(this.#storage);
  readonly #pool = new SearchPool();
  readonly #evidenceMember = new SearchMember('drawing masks');
  readonly #addresses = new ThumbnailAddresses();
  #probing: Open<ProbingWorker, OpenedProbing> | null = null;
  #model: Open<RuntimeWorker, OpenedModel> | null = null;
  #activations: Open<RuntimeWorker, OpenedActivations> | null = null;
  #running: StartedJob<LayerResults> | null = null;
  #idle: ReturnType<typeof setTimeout> | undefined;
  readonly #retired = new Set<Endable>();

  constructor(base: string) {
    this.#base = base;
  }

  async openProbing(source: ProbingSource): Promise<OpenedProbing> {
    const link = new WorkerLink<ProbingWorker>(spawnProbing, 'reading the probing set');
    const request: SourceRequest = source.kind === 'sample' ? { ...source, base: this.#base } : source;
    const opened = await this.#open(link, () => link.call('open', request));
    this.#retire(this.#probing?.link);
    this.#probing = { link, opened };
    return opened.info;
  }

  async openModel(source: File | SampleName): Promise<OpenedModel> {
    const link = new WorkerLink<RuntimeWorker>(spawnRuntime, 'running the model');
    const request: ModelSource = source instanceof File ? source : { sample: source, base: this.#base };
    const opened = await this.#open(link, () => link.call('openModel', request));
    this.#retire(this.#model?.link);
    this.#model = { link, opened };
    return opened.info;
  }

  async openActivations(file: File): Promise<OpenedActivations> {
    const link = new WorkerLink<RuntimeWorker>(spawnRuntime, 'reading the activations');
    const opened = await this.#open(link, () => link.call('openActivations', file));
    this.#retire(this.#activations?.link);
    this.#activations = { link, opened };
    return opened.info;
  }

  run(request: RunRequest, listener: RunListener): Job<LayerResults> {
    clearTimeout(this.#idle);
    const before = this.#running;
    before?.cancel();
    const probing = this.#probing;
    const model = request.activations.kind === 'model' ? this.#model : null;
    const activations = request.activations.kind === 'file' ? this.#activations : null;
    const source = model ?? activations;
    const work = async ({ signal, keep }: JobHandle): Promise<LayerResults> => {
      await before?.settled;
      signal.throwIfAborted();
      if (!probing) throw jobFaults['nothing-open']('probing set');
      if (!source)
        throw jobFaults['nothing-open'](request.activations.kind === 'model' ? 'model' : 'file of activations');
      const context: RunContext = {
        probingLink: probing.link,
        runtimeLink: source.link,
        storageLink: this.#storage,
        pool: this.#pool,
        keeper: this.#keeper,
        probing: probing.opened,
        model: model?.opened ?? null,
        activations: activations?.opened ?? null,
      };
      return runLayer(context, request, quietAfter(signal, listener), signal, keep);
    };
    const stop = (fault: Fault): void => {
      this.#pool.end(fault);
      source?.link.end(fault);
      if (probing?.link.busy) probing.link.end(fault);
    };
    const job = startJob(work, stop);
    this.#running = job;
    void job.settled.then(() => {
      if (this.#running !== job) return;
      this.#running = null;
      this.#endRetired();
      this.#idle = setTimeout(() => source?.link.end(jobFaults.cancelled()), RUNTIME_IDLE);
    });
    return job;
  }

  async recent(): ReturnType<Workbench['recent']> {
    return this.#asked(() => this.#storage.call('recent'));
  }

  async results(key: string): Promise<LayerResults | null> {
    return this.#asked(() => loadResults(this.#storage, key));
  }

  evidence(results: LayerResults): ResultsEvidence {
    const context = {
      storage: this.#storage,
      keeper: this.#keeper,
      member: this.#evidenceMember,
      addresses: this.#addresses,
      open: () => this.#probing,
    };
    return new ResultsEvidence(context, results);
  }

  async clearStorage(): Promise<void> {
    this.#keeper.clear();
    this.#addresses.clear();
    await this.#asked(() => this.#storage.call('clear'));
  }

  async storage(): Promise<{ readonly used: number; readonly quota: number }> {
    const { usage = 0, quota = 0 } = await this.#asked(() => navigator.storage.estimate());
    return { used: usage, quota };
  }

  async #open<Service, Info>(link: WorkerLink<Service>, open: () => Promise<Info>): Promise<Reopening<Info>> {
    try {
      return await Reopening.first(link, open);
    } catch (error) {
      const fault = asFault(error);
      link.end(fault);
      throw fault;
    }
  }

  async #asked<Result>(ask: () => Promise<Result>): Promise<Result> {
    try {
      return await ask();
    } catch (error) {
      throw asFault(error);
    }
  }

  /** Ends a worker whose contents were replaced, once no run needs it. */
  #retire(link: Endable | undefined): void {
    if (link) this.#retired.add(link);
    if (!this.#running) this.#endRetired();
  }

  #endRetired(): void {
    for (const link of this.#retired) link.end(jobFaults.cancelled());
    this.#retired.clear();
  }
}

/** A listener that hears nothing once the signal is aborted. */
function quietAfter(signal: AbortSignal, listener: RunListener): RunListener {
  return {
    onProgress(progress) {
      if (!signal.aborted) listener.onProgress(progress);
    },
    onUnits(units) {
      if (!signal.aborted) listener.onUnits(units);
    },
    onResults(results) {
      if (!signal.aborted) listener.onResults?.(results);
    },
  };
}
