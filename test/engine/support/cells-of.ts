import { CellPartBuilder } from '../../../src/engine/cells/cell-part-builder.ts';
import type { CellPart } from '../../../src/engine/cells/cell-part.ts';
import { joinCellParts } from '../../../src/engine/cells/join-cell-parts.ts';
import type { Grid, SampleLabels } from '../../../src/engine/concepts.ts';

/** Some samples of a probing set, by number, as one part. */
export function partOf(
  grid: Grid,
  conceptCount: number,
  samples: readonly SampleLabels[],
  numbers: readonly number[] = [...samples.keys()],
): CellPart {
  const builder = new CellPartBuilder(grid, conceptCount, samples.length);
  for (const sample of numbers) builder.add(samples[sample], sample);
  return builder.finish();
}

/** The cells of all samples. */
export function cellsOf(grid: Grid, conceptCount: number, samples: readonly SampleLabels[]) {
  return joinCellParts([partOf(grid, conceptCount, samples)]);
}
