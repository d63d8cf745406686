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

/** Reads a probing set's labels into cells, a few samples at a time, in any order. */
export class CellsIngest {
  readonly #probing: ProbingSet;
  readonly #builder: CellsBuilder;
  #last: Promise<void> = Promise.resolve();

  constructor(probing: ProbingSet) {
    this.#probing = probing;
    this.#builder = new CellsBuilder(probing.grid, probing.concepts.length);
  }

  /**
   * Reads those samples that were not read yet, one after the other. Calls wait for each other.
   *
   * @throws Fault of the probing set's reader
   */
  read(samples: readonly number[]): Promise<void> {
    const reading = this.#last.then(async () => {
      for (const sample of samples) {
        if (!this.#builder.has(sample)) this.#builder.add(await this.#probing.labels(sample), sample);
      }
    });
    this.#last = reading.catch(() => undefined);
    return reading;
  }

  /** The cells of some samples, each of them read. More may be read afterwards. @throws RangeError, if one was not read */
  finish(samples: readonly number[]): Cells {
    return this.#builder.finish({ samples, sampleCount: this.#probing.sampleCount });
  }
}

/**
 * Reads a whole probing set into cells.
 *
 * @throws Fault of the probing set's reader; the signal's reason
 */
export async function ingest(probing: ProbingSet, { onProgress, signal }: PipelineOptions = {}): Promise<Cells> {
  const cells = new CellsIngest(probing);
  const all = Array.from({ length: probing.sampleCount }, (_, sample) => sample);
  for (let done = 0; done < all.length;) {
    signal?.throwIfAborted();
    const samples = all.slice(done, done + STEP);
    await cells.read(samples);
    done += samples.length;
    onProgress?.(done, all.length);
  }
  return cells.finish(all);
}
