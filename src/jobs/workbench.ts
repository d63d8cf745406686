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
import { runLayer, type RunContext } from './run-layer.ts';
import { SearchMember } from './search-member.ts';
import { SearchPool } from './search-pool.ts';
import { spawnProbing, spawnRuntime, spawnStorage } from './spawn.ts';
import { ThumbnailAddresses } from './thumbnail-addresses.ts';
import { WorkerLink } from './worker-link.ts';

/** Something open, with the worker that holds it: each has its own, so that one that cannot be opened leaves the other alone. */
interface Open<Service, Info> {
  readonly link: WorkerLink<Service>;
  readonly opened: Reopening<Info>;
}

type Endable = Pick<WorkerLink<unknown>, 'end'>;

interface RunningJob {
  readonly settled: Promise<unknown>;
  cancel(): void;
}

/** Makes the page's way to everything that takes time. Call it once. */
export function createWorkbench(): Workbench {
  return new PageWorkbench(document.baseURI);
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
  #running: RunningJob | null = null;
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
    const before = this.#running;
    before?.cancel();
    const stop = new AbortController();
    const { signal } = stop;
    const probing = this.#probing;
    const source = request.activations.kind === 'model' ? this.#model : this.#activations;
    const work = async (): Promise<LayerResults> => {
      await before?.settled;
      signal.throwIfAborted();
      if (!probing) throw jobFaults['nothing-open']('probing set');
      if (!source) throw jobFaults['nothing-open'](request.activations.kind === 'model' ? 'model' : 'file of activations');
      const context: RunContext = {
        probingLink: probing.link,
        runtimeLink: source.link,
        storageLink: this.#storage,
        pool: this.#pool,
        keeper: this.#keeper,
        probing: probing.opened,
        model: request.activations.kind === 'model' ? (this.#model?.opened ?? null) : null,
        activations: request.activations.kind === 'file' ? (this.#activations?.opened ?? null) : null,
      };
      return runLayer(context, request, quietAfter(signal, listener), signal);
    };
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
    const working = work();
    const finished = Promise.race([working, aborted]).catch((error: unknown) => {
      throw asFault(error);
    });
    finished.catch(() => undefined);
    let over = false;
    const cancel = (): void => {
      if (over || signal.aborted) return;
      const fault = jobFaults.cancelled();
      stop.abort(fault);
      this.#pool.end(fault);
      source?.link.end(fault);
      if (probing?.link.busy) probing.link.end(fault);
    };
    const settled = working
      .catch((error: unknown) => {
        // What else the run had under way is of no use any more.
        const fault = asFault(error);
        if (!signal.aborted) stop.abort(fault);
        this.#pool.end(fault);
      })
      .finally(() => {
        over = true;
        if (this.#running === job) this.#running = null;
        this.#endRetired();
      });
    const job: RunningJob = { settled, cancel };
    this.#running = job;
    return { finished, cancel };
  }

  async recent(): ReturnType<Workbench['recent']> {
    return this.#asked(() => this.#storage.call('recent'));
  }

  async results(key: string): Promise<LayerResults | null> {
    return this.#asked(() => this.#storage.call('results', key));
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
  };
}
