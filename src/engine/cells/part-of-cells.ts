import { makeCellMaps, sampleCells, type CellMaps, type SampleCells } from './cell-maps.ts';
import { makeCellTable, type CellTable } from './cell-table.ts';

const NOT_READ: SampleCells = { palette: new Uint32Array(0), index: new Uint8Array(0) };

/**
 * The cells of some samples out of those of more: the same, byte for byte, as if only these had been read.
 *
 * @param samples each of them in the maps
 */
export function partOfCells(
  table: CellTable,
  maps: CellMaps,
  samples: readonly number[],
): { readonly table: CellTable; readonly maps: CellMaps } {
  const numbers = new Int32Array(table.cellCount).fill(-1);
  const n: number[] = [];
  const kept: number[] = [];
  const cells: SampleCells[] = Array.from({ length: maps.sampleCount }, () => NOT_READ);
  for (const sample of samples.toSorted((a, b) => a - b)) {
    const { palette, index } = sampleCells(maps, sample);
    const counts = new Uint32Array(palette.length);
    for (let at = 0; at < index.length; at++) counts[index[at]]++;
    const renumbered = new Uint32Array(palette.length);
    for (const [i, cell] of palette.entries()) {
      if (numbers[cell] < 0) {
        numbers[cell] = n.push(0) - 1;
        kept.push(cell);
      }
      renumbered[i] = numbers[cell];
      n[numbers[cell]] += counts[i];
    }
    cells[sample] = { palette: renumbered, index };
  }
  const signatureStart = new Uint32Array(kept.length + 1);
  const lengthOf = (cell: number): number => table.signatureStart[cell + 1] - table.signatureStart[cell];
  for (const [i, cell] of kept.entries()) signatureStart[i + 1] = signatureStart[i] + lengthOf(cell);
  const signatures = new Uint16Array(signatureStart[kept.length]);
  for (const [i, cell] of kept.entries()) {
    const from = table.signatureStart[cell];
    signatures.set(table.signatures.subarray(from, from + lengthOf(cell)), signatureStart[i]);
  }
  const parts = { conceptCount: table.conceptCount, n: Uint32Array.from(n), signatureStart, signatures };
  return { table: makeCellTable(parts), maps: makeCellMaps(maps.grid, cells) };
}
