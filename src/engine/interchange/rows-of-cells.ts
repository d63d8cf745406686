import type { CellRows } from './cell-rows.ts';
import type { CountedCells } from './counted-cells.ts';

/** Rows handed over at a time: what a row group of a file holds. */
const ROWS_AT_A_TIME = 16_384;

/** Counted cells as rows of a file, in order of cell, some at a time; concepts are ids. */
export function* rowsOfCells({ table, unitCount, unitStart, cells, counts }: CountedCells): Generator<CellRows> {
  const { cellCount, n, signatureStart, signatures } = table;
  const start = new Uint32Array(cellCount + 1);
  for (const cell of cells) start[cell + 1]++;
  for (let cell = 0; cell < cellCount; cell++) start[cell + 1] += start[cell];
  const next = start.slice();
  const units = new Uint32Array(cells.length);
  const fires = new Float64Array(cells.length);
  for (let unit = 0; unit < unitCount; unit++) {
    for (let i = unitStart[unit]; i < unitStart[unit + 1]; i++) {
      const at = next[cells[i]]++;
      units[at] = unit;
      fires[at] = counts[i];
    }
  }
  for (let first = 0; first < cellCount; first += ROWS_AT_A_TIME) {
    const end = Math.min(cellCount, first + ROWS_AT_A_TIME);
    const shifted = (offsets: Uint32Array): Uint32Array =>
      offsets.slice(first, end + 1).map((offset) => offset - offsets[first]);
    yield {
      count: end - first,
      conceptStart: shifted(signatureStart),
      concepts: signatures.subarray(signatureStart[first], signatureStart[end]),
      n: Float64Array.from(n.subarray(first, end)),
      unitStart: shifted(start),
      units: units.subarray(start[first], start[end]),
      fires: fires.subarray(start[first], start[end]),
    };
  }
}
