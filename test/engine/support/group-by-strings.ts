import { makeCellMaps, type CellMaps } from '../../../src/engine/cells/cell-maps.ts';
import { makeCellTable, type CellTable } from '../../../src/engine/cells/cell-table.ts';
import type { Grid, SampleLabels } from '../../../src/engine/concepts.ts';

/**
 * Cells the plain way: positions of the samples in ascending order, one after the other, grouped by their signature written out as text. A
 * palette has an entry for each combination of labels, in the order of the maps.
 */
export function groupByStrings(
  { height, width }: Grid,
  conceptCount: number,
  samples: readonly SampleLabels[],
  read: readonly number[] = [...samples.keys()],
): { readonly table: CellTable; readonly maps: CellMaps } {
  const cells = new Map<string, number>();
  const n: number[] = [];
  const signatures: number[][] = [];
  const maps = samples.map(({ planes, everywhere }, sample) => {
    if (!read.includes(sample)) return { palette: new Uint32Array(0), index: new Uint8Array(0) };
    const entries = new Map<string, number>();
    const palette: number[] = [];
    const index: number[] = [];
    for (let at = 0; at < height * width; at++) {
      const labels = planes.map((plane) => plane[at]);
      const concepts = new Set<number>([
        ...everywhere,
        ...labels.filter((label) => label > 0).map((label) => label - 1),
      ]);
      const signature = [...concepts].sort((a, b) => a - b);
      const cell = cells.get(signature.join()) ?? signatures.push(signature) - 1;
      cells.set(signature.join(), cell);
      n[cell] = (n[cell] ?? 0) + 1;
      const entry = entries.get(labels.join()) ?? palette.push(cell) - 1;
      entries.set(labels.join(), entry);
      index.push(entry);
    }
    return { palette: Uint32Array.from(palette), index: new (palette.length > 256 ? Uint16Array : Uint8Array)(index) };
  });
  const ends = signatures.map((_, cell) => signatures.slice(0, cell + 1).flat().length);
  const table = makeCellTable({
    ...{ conceptCount, n: Uint32Array.from(n), signatureStart: Uint32Array.from([0, ...ends]) },
    signatures: Uint16Array.from(signatures.flat()),
  });
  return { table, maps: makeCellMaps({ height, width }, maps) };
}
