import type { CellMaps } from '../engine/cells/cell-maps.ts';
import type { CellTable } from '../engine/cells/cell-table.ts';
import { CellsBuilder } from '../engine/cells/cells-builder.ts';
import type { ProbingSet } from '../probing/probing-set.ts';

/** Samples between two looks at progress and signal. */
const STEP = 8;

/** How long work can be followed and stopped. */
export interface PipelineOptions {
  /** Called after every batch with the samples done. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** Stops the work at the next batch; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Cells of a probing set and the way back to its samples. */
export interface Cells {
  readonly table: CellTable;
  readonly maps: CellMaps;
}

/** Reads a probing set's labels into cells, a few samples at a time. */
export class CellsIngest {
  readonly #probing: ProbingSet;
  readonly #builder: CellsBuilder;
  #last: Promise<void> = Promise.resolve();

  constructor(probing: ProbingSet) {
    this.#probing = probing;
    this.#builder = new CellsBuilder(probing.grid, probing.concepts.length);
  }

  /** The next sample to be read. */
  get next(): number {
    return this.#builder.sampleCount;
  }

  /**
   * Reads every sample before `end` that was not read yet. Calls wait for each other.
   *
   * @throws Fault of the probing set's reader
   */
  readTo(end: number): Promise<void> {
    const reading = this.#last.then(() => this.#readNow(end));
    this.#last = reading.catch(() => undefined);
    return reading;
  }

  /** The cells of everything read. */
  finish(): Cells {
    return this.#builder.finish();
  }

  async #readNow(end: number): Promise<void> {
    while (this.next < Math.min(end, this.#probing.sampleCount))
      this.#builder.add(await this.#probing.labels(this.next));
  }
}

/**
 * Reads a whole probing set into cells.
 *
 * @throws Fault of the probing set's reader; the signal's reason
 */
export async function ingest(probing: ProbingSet, { onProgress, signal }: PipelineOptions = {}): Promise<Cells> {
  const cells = new CellsIngest(probing);
  while (cells.next < probing.sampleCount) {
    signal?.throwIfAborted();
    await cells.readTo(cells.next + STEP);
    onProgress?.(cells.next, probing.sampleCount);
  }
  return cells.finish();
}
