import type { RunHeader, RunRecord } from '../storage/schema.ts';
import type { Step } from '../storage/steps-store.ts';
import type { StorageWorker } from '../../workers/storage.worker.ts';
import type { CellParts } from './cell-parts.ts';
import { sentenceOf } from './keeper.ts';
import type { Locked } from './run-lock.ts';
import type { WorkerLink } from './worker-link.ts';

/** Seconds from one step to the next, at most. */
const STEP_SECONDS = 3.5;

/** Seconds of reading that may be lost: from one step to the next, and the time it takes to keep that. */
const MOST_LOST = 4.75;

/** Seconds of reading all samples below which steps cost more than they save. */
const LEAST_SECONDS = 8;

/** Seconds of reading below which a run that was cancelled is not worth being listed. */
const LEAST_TO_LIST = 5;

/** Bytes of a step, before compression, beyond which no more steps of a run are kept: packing it would take longer than reading it again. */
export const MOST_STEP_BYTES = 256 * 2 ** 20;

const ELSEWHERE =
  'The same run is under way in another tab, so this one keeps nothing on the way: a reload begins anew.';
const IN_MEMORY = 'The run goes on in memory.';
const TOO_LARGE = 'What this run collects is too large to be kept on the way: a reload loses what is read from now on.';

/** What keeping steps needs. */
export interface StepsOptions {
  readonly storage: Pick<WorkerLink<StorageWorker>, 'call'>;
  /** What is known of the run before it starts. */
  readonly header: Omit<RunHeader, 'how'>;
  /** Held for as long as the run goes on; null where another tab holds it: nothing is kept then. */
  readonly lock: Locked | null;
  /** Makes one part of cells of several. */
  merge(parts: readonly ArrayBufferLike[]): Promise<ArrayBufferLike>;
  /** Tells the person something. */
  say(sentence: string): void;
  /** Milliseconds of some clock. */
  readonly now?: () => number;
}

/** What a run has read so far, for a step. */
export interface StepSource {
  /** See {@link RunHeader}. */
  readonly how: string;
  /** Null where the run does not read labels. */
  readonly cells: CellParts | null;
  /** Takes what was collected since the last time. */
  layers(): Promise<readonly (ArrayBufferLike | null)[]>;
}

/** What becomes of a step that is brought back. */
export interface StepTarget {
  readonly how: string;
  readonly cells: CellParts | null;
  /** Adds what one step has of every layer. */
  addLayers(layers: readonly (ArrayBufferLike | null)[]): Promise<void>;
}

/**
 * Keeps what a run reads on this machine while it reads, step by step, and brings it back when the same run starts again. Nothing that goes
 * wrong with it harms the run: it goes on in memory, and says so once.
 */
export class RunSteps {
  readonly #options: StepsOptions;
  readonly #now: () => number;
  /** Samples that the last broken-off run has kept; its cells are of use whatever made its activations. */
  readonly #before: RunRecord | null;
  #wanted: boolean;
  #kept = 0;
  #from = 0;
  #started: number | null = null;
  #last = 0;
  /** Seconds from one step to the next: fewer where steps are slow to keep. */
  #interval = STEP_SECONDS;
  #busy: Promise<void> | null = null;

  private constructor(options: StepsOptions, before: RunRecord | null) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#before = before;
    this.#wanted = options.lock !== null;
  }

  /** Looks for what was kept of a run. */
  static async open(options: StepsOptions): Promise<RunSteps> {
    if (!options.lock) options.say(ELSEWHERE);
    const before = options.lock && (await options.storage.call('keptRun', options.header.id).catch(() => null));
    return new RunSteps(options, before?.total === options.header.total ? before : null);
  }

  /** How the activations that can be brought back were made; null where there are none. */
  get how(): string | null {
    return this.resumable ? (this.#before?.how ?? null) : null;
  }

  /** Is anything to be brought back? */
  get resumable(): boolean {
    return this.#before !== null && this.#wanted;
  }

  /**
   * Brings back what was kept. Parts of cells always; activations only if they were made in the same way.
   *
   * @returns samples, the first ones in reading order, whose activations are back; of the cells, the parts know
   * @throws Unusable, if the steps do not fit: they are forgotten, and what they were added to must be begun anew
   */
  async restore({ how, cells, addLayers }: StepTarget): Promise<number> {
    const { storage, header, say } = this.#options;
    if (!this.#before || !this.#wanted) return 0;
    const fits = this.#before.how === how;
    let at = 0;
    try {
      while (at < this.#before.done) {
        const step: Step | null = await storage.call('step', header.id, at);
        if (!step) break;
        if (cells && step.cells) cells.add(step.first, step.count, await this.#options.merge([step.cells]));
        // Without its labels a step is read again, unless nobody asks for them.
        else if (cells) break;
        if (fits) await addLayers(step.layers);
        at += step.count;
      }
    } catch (error) {
      await this.#forget();
      throw new Unusable(error);
    }
    if (at < this.#before.done) await storage.call('forgetSteps', header.id, at).catch(() => undefined);
    if (!fits) {
      say(
        `The model is run anew: what was kept of the run that was broken off was made in another way (${this.#before.how}).`,
      );
      return 0;
    }
    this.#kept = at;
    if (at > 0) say(`It goes on where a run was broken off: ${at} of ${header.total} samples were kept.`);
    return at;
  }

  /** What was kept of activations is of no use any more: the next step begins with the first sample. */
  startOver(): void {
    this.#kept = 0;
  }

  /** Reading begins, perhaps again. @param from samples that are there already */
  begin(from: number): void {
    this.#from = from;
    this.#started = this.#now();
    this.#last = this.#started;
  }

  /** Should a step be kept, now that so many samples are read? */
  due(done: number): boolean {
    if (!this.#wanted || this.#busy || done <= this.#kept) return false;
    return this.#now() - this.#last >= this.#interval * 1000 && this.#isLong(done);
  }

  /**
   * Keeps a step of all that was read since the last. Settles once reading may go on.
   *
   * @param done samples read
   */
  async take(done: number, { how, cells, layers }: StepSource): Promise<void> {
    const first = this.#kept;
    const taking = this.#now();
    const covered = taking - this.#last;
    this.#last = taking;
    try {
      const taken = await layers();
      this.#kept = done;
      const keeping = this.#keep({ first, count: done - first, layers: taken }, how, cells).then(() => {
        // What a step takes grows with what it covers.
        const share = covered > 0 ? (this.#now() - taking) / covered : 0;
        this.#interval = Math.max(1, Math.min(STEP_SECONDS, MOST_LOST / (1 + share)));
      });
      this.#busy = keeping.finally(() => (this.#busy = null));
    } catch (error) {
      this.#giveUp(`${sentenceOf(error)} ${IN_MEMORY}`);
    }
  }

  /** Keeps the last step, so that what follows reading begins there after a reload; nothing of a short run. */
  async finish(done: number, source: StepSource): Promise<void> {
    await this.#busy;
    if (this.#wanted && done > this.#kept && (this.#kept > 0 || this.#isLong(done))) await this.take(done, source);
  }

  /** The run is complete: its steps are of no use any more. */
  async completed(): Promise<void> {
    this.#wanted = false;
    await this.#busy;
    if (this.#kept > 0 || this.#before) await this.#forget();
    await this.#options.lock?.release();
  }

  /** The run was broken off; what is kept stays, unless a person did so right after the start. */
  async brokenOff(cancelled: boolean): Promise<void> {
    this.#wanted = false;
    await this.#busy;
    const seconds = this.#started === null ? 0 : (this.#now() - this.#started) / 1000;
    if (cancelled && !this.#before && this.#kept > 0 && seconds < LEAST_TO_LIST) await this.#forget();
    await this.#options.lock?.release();
  }

  async #keep(step: Omit<Step, 'cells'>, how: string, cells: CellParts | null): Promise<void> {
    const { storage, header, merge } = this.#options;
    const { first, count } = step;
    try {
      const parts = cells?.between(first, first + count) ?? [];
      const merged = parts.length > 0 ? await merge(parts) : null;
      if (merged && parts.length > 1) cells?.replace(first, first + count, merged);
      const bytes = [merged, ...step.layers].reduce((sum, part) => sum + (part?.byteLength ?? 0), 0);
      if (bytes > MOST_STEP_BYTES) this.#giveUp(TOO_LARGE);
      else await storage.call('keepStep', { ...header, how }, { ...step, cells: merged });
    } catch (error) {
      // A run that is over says nothing more.
      if (this.#wanted) this.#giveUp(`${sentenceOf(error)} ${IN_MEMORY}`);
    }
  }

  #giveUp(sentence: string): void {
    this.#wanted = false;
    this.#options.say(sentence);
  }

  #isLong(done: number): boolean {
    if (this.#started === null || done <= this.#from) return false;
    const passed = (this.#now() - this.#started) / 1000;
    return (passed / (done - this.#from)) * this.#options.header.total >= LEAST_SECONDS;
  }

  async #forget(): Promise<void> {
    this.#kept = 0;
    await this.#options.storage.call('forgetSteps', this.#options.header.id).catch(() => undefined);
  }
}

/** Steps that were kept do not fit what they are added to. */
export class Unusable extends Error {
  constructor(cause: unknown) {
    super('What was kept of this run cannot be used.', { cause });
  }
}
