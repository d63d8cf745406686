import { CellPartBuilder } from '../engine/cells/cell-part-builder.ts';
import type { CellPart } from '../engine/cells/cell-part.ts';
import type { CellMaps } from '../engine/cells/cell-maps.ts';
import type { CellTable } from '../engine/cells/cell-table.ts';
import { joinCellParts } from '../engine/cells/join-cell-parts.ts';
import type { ProbingSet } from '../probing/probing-set.ts';
import { readAhead } from './read-ahead.ts';

/** Samples between two looks at progress and signal. */
const STEP = 8;

/** Bytes of a part, about, where nothing else says how many samples it has. */
const PART_BYTES = 16 * 2 ** 20;

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

/** Makes a builder for parts of a probing set. */
export function partBuilder({ grid, concepts, sampleCount }: ProbingSet): CellPartBuilder {
  return new CellPartBuilder(grid, concepts.length, sampleCount);
}

/** Reads samples into one part, in the order given. @throws Fault of the probing set's reader */
export async function readCellPart(probing: ProbingSet, samples: readonly number[]): Promise<CellPart> {
  const builder = partBuilder(probing);
  let done = 0;
  for await (const labels of readAhead(samples, (sample) => probing.labels(sample)))
    builder.add(labels, samples[done++]);
  return builder.finish();
}

/**
 * Reads samples into parts of bounded size, in the order given: one or more of them.
 *
 * @throws Fault of the probing set's reader; the signal's reason
 */
export async function readCellParts(
  probing: ProbingSet,
  samples: readonly number[],
  { onProgress, signal }: PipelineOptions = {},
): Promise<readonly CellPart[]> {
  const parts: CellPart[] = [];
  let builder = partBuilder(probing);
  let done = 0;
  signal?.throwIfAborted();
  for await (const labels of readAhead(samples, (sample) => probing.labels(sample))) {
    builder.add(labels, samples[done++]);
    if (builder.bytes >= PART_BYTES) {
      parts.push(builder.finish());
      builder = partBuilder(probing);
    }
    if (done % STEP !== 0 && done !== samples.length) continue;
    onProgress?.(done, samples.length);
    if (done < samples.length) signal?.throwIfAborted();
  }
  return [...parts, builder.finish()];
}

/**
 * Reads a whole probing set into cells.
 *
 * @throws Fault of the probing set's reader; the signal's reason
 */
export async function ingest(probing: ProbingSet, options: PipelineOptions = {}): Promise<Cells> {
  const all = Array.from({ length: probing.sampleCount }, (_, sample) => sample);
  return joinCellParts(await readCellParts(probing, all, options));
}
