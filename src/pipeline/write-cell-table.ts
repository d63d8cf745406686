import type { UnitMasks } from '../engine/activation/unit-masks.ts';
import type { Concept, Grid } from '../engine/concepts.ts';
import type { CellFileInfo } from '../engine/interchange/cell-file.ts';
import { cellsOfRun } from '../engine/interchange/cells-of-run.ts';
import type { CountedCells } from '../engine/interchange/counted-cells.ts';
import type { ThresholdRule } from '../engine/results/explanation.ts';
import type { ActivationProvenance, ProbingProvenance } from '../engine/results/layer-results.ts';
import type { SearchTables } from '../engine/search/tables.ts';

/** Kind of file a cell table is written as. */
export type CellTableFormat = 'parquet' | 'arrow';

/** What a table says of what it was counted from. Plain data. */
export interface CellTableSubject {
  readonly concepts: readonly Concept[];
  readonly threshold: ThresholdRule;
  readonly probing: ProbingProvenance;
  readonly activations: ActivationProvenance;
}

/** What all units of a layer are counted from. */
export interface CountedFrom {
  readonly search: SearchTables;
  readonly masks: UnitMasks;
  readonly grid: Grid;
}

/** Counts all units of a layer and writes the table. @throws RangeError, if the threshold needs maps that were not kept */
export function writeCellsOfRun(format: CellTableFormat, from: CountedFrom, subject: CellTableSubject): Promise<Blob> {
  const { counted, info } = cellsOfRun({ ...from, ...subject });
  return writeCells(format, counted, info);
}

/** Writes cells that are counted already. */
export async function writeCells(format: CellTableFormat, counted: CountedCells, info: CellFileInfo): Promise<Blob> {
  if (format === 'arrow') {
    const { writeArrowCells } = await import('../engine/interchange/arrow.ts');
    return new Blob([await writeArrowCells(counted, info)], { type: 'application/vnd.apache.arrow.file' });
  }
  const { writeParquetCells } = await import('../engine/interchange/write-parquet.ts');
  return new Blob([await writeParquetCells(counted, info)], { type: 'application/vnd.apache.parquet' });
}
