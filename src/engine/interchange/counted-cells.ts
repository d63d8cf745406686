import type { UnitCounts } from '../activation/unit-mask.ts';
import type { CellTable } from '../cells/cell-table.ts';

/** Cells with what the units' masks have in each: everything a search needs, without maps and activations. */
export interface CountedCells {
  readonly table: CellTable;
  readonly unitCount: number;
  /** `[units + 1]` where each unit's entries start in `cells` and `counts`. */
  readonly unitStart: Uint32Array;
  /** Cells the unit's mask meets. */
  readonly cells: Uint32Array;
  /** Mask positions in each of `cells`. */
  readonly counts: Uint32Array;
}

/**
 * One unit's counts, as views.
 *
 * @param firing samples in which the mask has a position; 0 where that is unknown
 */
export function countsOfUnit({ unitStart, cells, counts }: CountedCells, unit: number, firing: number): UnitCounts {
  const [from, to] = [unitStart[unit], unitStart[unit + 1]];
  let area = 0;
  for (let i = from; i < to; i++) area += counts[i];
  return { cells: cells.subarray(from, to), counts: counts.subarray(from, to), area, firing };
}

/** Lays the counts of all units, by unit, end to end over their cells. */
export function countedCells(table: CellTable, units: readonly Pick<UnitCounts, 'cells' | 'counts'>[]): CountedCells {
  const unitStart = new Uint32Array(units.length + 1);
  for (const [unit, { cells }] of units.entries()) unitStart[unit + 1] = unitStart[unit] + cells.length;
  const cells = new Uint32Array(unitStart[units.length]);
  const counts = new Uint32Array(unitStart[units.length]);
  for (const [unit, given] of units.entries()) {
    cells.set(given.cells, unitStart[unit]);
    counts.set(given.counts, unitStart[unit]);
  }
  return { table, unitCount: units.length, unitStart, cells, counts };
}
