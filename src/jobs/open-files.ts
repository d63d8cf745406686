import type { Fault } from '../engine/fault.ts';
import type { SourceRequest } from '../pipeline/open-source.ts';
import type { ModelSource } from '../pipeline/runtime-service.ts';
import type { ProbingWorker } from '../../workers/probing.worker.ts';
import type { RuntimeWorker } from '../../workers/runtime.worker.ts';
import type {
  OpenedActivations,
  OpenedModel,
  OpenedProbing,
  ProbingSource,
  RunRequest,
  SampleName,
  TokenizerInfo,
} from './api.ts';
import { asFault, jobFaults } from './errors.ts';
import { ProbingReaders } from './probing-readers.ts';
import { readingSeconds } from './reading-seconds.ts';
import { Reopening } from './reopening.ts';
import { spawnProbing, spawnRuntime } from './spawn.ts';
import { WorkerLink } from './worker-link.ts';

/** Something open, with the worker that holds it: each has its own, so that one that cannot be opened leaves the other alone. */
export interface Open<Service, Info> {
  readonly link: WorkerLink<Service>;
  readonly opened: Reopening<Info>;
}

/** An open probing set, and further workers that read it. */
export interface OpenSet extends Open<ProbingWorker, OpenedProbing> {
  readonly readers: ProbingReaders;
}

/** An open model, and where it came from, to be opened a second time. */
export interface OpenModelFile extends Open<RuntimeWorker, OpenedModel> {
  readonly request: ModelSource;
}

/** What is open of what a request needs. */
export interface OpenFor {
  readonly probing: OpenSet | null;
  readonly model: Open<RuntimeWorker, OpenedModel> | null;
  readonly activations: Open<RuntimeWorker, OpenedActivations> | null;
  readonly tokenizer: OpenTokenizer | null;
  /** Model or activations, whichever it is. */
  readonly source: Pick<Open<RuntimeWorker, unknown>, 'link'> | null;
  /** Name of the source, for messages. */
  readonly what: string;
}

/** A tokenizer or vocabulary that was dropped. It needs no worker: the model's reads it when it runs. */
export interface OpenTokenizer {
  readonly file: File;
  readonly info: TokenizerInfo;
}

type Endable = Pick<WorkerLink<unknown>, 'end'>;

/** The probing set, the model and the file of activations that were opened last. */
export class OpenFiles {
  /** Absolute address of the page, from which workers load samples. */
  readonly #base: string;
  readonly #inUse: () => boolean;
  readonly #retired = new Set<Endable>();
  #probing: OpenSet | null = null;
  #model: OpenModelFile | null = null;
  #activations: Open<RuntimeWorker, OpenedActivations> | null = null;
  #tokenizer: OpenTokenizer | null = null;

  /** @param inUse whether a run may still need what was replaced */
  constructor(base: string, inUse: () => boolean) {
    this.#base = base;
    this.#inUse = inUse;
  }

  get probing(): OpenSet | null {
    return this.#probing;
  }

  /** What was opened last. */
  openNow(): {
    readonly probing: OpenSet | null;
    readonly model: OpenModelFile | null;
    readonly tokenizer: OpenTokenizer | null;
  } {
    return { probing: this.#probing, model: this.#model, tokenizer: this.#tokenizer };
  }

  get model(): Open<RuntimeWorker, OpenedModel> | null {
    return this.#model;
  }

  /** See {@link Workbench.openProbing}. */
  async openProbing(source: ProbingSource): Promise<OpenedProbing> {
    const spawn = () => new WorkerLink<ProbingWorker>(spawnProbing, 'reading the probing set');
    const request: SourceRequest = { ...source, base: this.#base };
    const link = spawn();
    const started = performance.now();
    const opened = await openIn(link, () => link.call('open', request));
    const seconds = (performance.now() - started) / 1000;
    const cores = navigator.hardwareConcurrency || 1;
    const readers = new ProbingReaders(spawn, (further) => further.call('open', request), cores, seconds);
    this.#retire(this.#probing?.link);
    this.#probing = { link, opened, readers };
    return opened.info;
  }

  /** See {@link Workbench.openModel}. */
  async openModel(source: File | SampleName): Promise<OpenedModel> {
    const link = new WorkerLink<RuntimeWorker>(spawnRuntime, 'running the model');
    const request: ModelSource = source instanceof File ? source : { sample: source, base: this.#base };
    const opened = await openIn(link, () => link.call('openModel', request));
    this.#retire(this.#model?.link);
    this.#model = { link, opened, request };
    return opened.info;
  }

  /** See {@link Workbench.openTokenizer}. */
  async openTokenizer(file: File): Promise<TokenizerInfo> {
    const stuck = (seconds: number): Fault => jobFaults['file-stalled'](file.name, seconds);
    const link = new WorkerLink<RuntimeWorker>(spawnRuntime, 'reading the tokenizer', stuck);
    try {
      const info = await link.callWithin(readingSeconds([file]), 'describeTokenizer', file);
      this.#tokenizer = { file, info };
      return info;
    } catch (error) {
      throw asFault(error);
    } finally {
      link.end(jobFaults.cancelled());
    }
  }

  /** See {@link Workbench.openActivations}. */
  async openActivations(file: File): Promise<OpenedActivations> {
    const stuck = (seconds: number): Fault => jobFaults['file-stalled'](file.name, seconds);
    const link = new WorkerLink<RuntimeWorker>(spawnRuntime, 'reading the activations', stuck);
    const opened = await openIn(link, () => link.callWithin(readingSeconds([file]), 'openActivations', file));
    this.#retire(this.#activations?.link);
    this.#activations = { link, opened };
    return opened.info;
  }

  /** What a request would use now. */
  openFor({ activations: { kind } }: RunRequest): OpenFor {
    const model = kind === 'model' ? this.#model : null;
    const activations = kind === 'file' ? this.#activations : null;
    const what = kind === 'model' ? 'model' : 'file of activations';
    const tokenizer = this.#tokenizer;
    return { probing: this.#probing, model, activations, tokenizer, source: model ?? activations, what };
  }

  /** Ends the workers whose contents were replaced, now that no run needs them. */
  endRetired(): void {
    for (const link of this.#retired) link.end(jobFaults.cancelled());
    this.#retired.clear();
  }

  #retire(link: Endable | undefined): void {
    if (link) this.#retired.add(link);
    if (!this.#inUse()) this.endRetired();
  }
}

async function openIn<Service, Info>(link: WorkerLink<Service>, open: () => Promise<Info>): Promise<Reopening<Info>> {
  try {
    return await Reopening.first(link, open);
  } catch (error) {
    const fault = asFault(error);
    link.end(fault);
    throw fault;
  }
}
