import { describe, expect, it } from 'vitest';
import { writeArrowCells } from '../../../src/engine/interchange/arrow.ts';
import { NO_INFO, type CellFileInfo } from '../../../src/engine/interchange/cell-file.ts';
import type { CountedCells } from '../../../src/engine/interchange/counted-cells.ts';
import { CellsExplainer } from '../../../src/engine/interchange/explain-cells.ts';
import { readCells, type ReadCells } from '../../../src/engine/interchange/read-cells.ts';
import { writeParquetCells } from '../../../src/engine/interchange/write-parquet.ts';
import { concepts, fromCells, madeLayer, settings } from './support/made-layer.ts';

const layer = madeLayer();
const kinds = [
  ['Parquet', writeParquetCells],
  ['Arrow', writeArrowCells],
] as const;

const named = (bytes: Uint8Array<ArrayBuffer>, name = 'cells') => ({ name, blob: new Blob([bytes]) });
const explainAll = (cells: ReadCells) => {
  const explainer = new CellsExplainer(cells);
  return Array.from({ length: cells.counted.unitCount }, (_, unit) => explainer.explain(unit, settings));
};
/** Counts of units over cells, by concept names, in no order. */
function rowsOf({ table, unitStart, cells, counts, unitCount }: CountedCells) {
  const rows = Array.from({ length: table.cellCount }, (_, cell) => ({
    concepts: [...table.signatures.subarray(table.signatureStart[cell], table.signatureStart[cell + 1])].join(),
    n: table.n[cell],
    fires: {} as Record<number, number>,
  }));
  for (let unit = 0; unit < unitCount; unit++) {
    for (let i = unitStart[unit]; i < unitStart[unit + 1]; i++) rows[cells[i]].fires[unit] = counts[i];
  }
  return rows.sort((a, b) => (a.concepts < b.concepts ? -1 : 1));
}

describe.each(kinds)('cells as %s', (_, write) => {
  it('come back as they were, with everything that was said of them', async () => {
    const read = await readCells([named(await write(layer.counted, layer.info))]);
    expect(read.info).toEqual(layer.info);
    expect(read.concepts).toEqual(concepts);
    expect(new Uint8Array(read.counted.table.buffer)).toEqual(new Uint8Array(layer.counted.table.buffer));
    expect(rowsOf(read.counted)).toEqual(rowsOf(layer.counted));
  });

  it('give the same explanations as maps and activations', async () => {
    const read = await readCells([named(await write(layer.counted, layer.info))]);
    expect(explainAll(read)).toEqual(layer.expected.map(fromCells));
    expect(layer.expected.map(({ state }) => state)).toEqual([
      ...Array.from({ length: 5 }, () => 'explained'),
      'constant',
      'not-finite',
    ]);
  });

  it('add up: the same file twice has everything twice', async () => {
    const file = named(await write(layer.counted, layer.info));
    const { counted, info } = await readCells([file, file]);
    const doubled = rowsOf(layer.counted).map((row) => ({
      ...row,
      n: 2 * row.n,
      fires: Object.fromEntries(Object.entries(row.fires).map(([unit, fires]) => [unit, 2 * fires])),
    }));
    expect(rowsOf(counted)).toEqual(doubled);
    expect(info.samples).toBe(2 * layer.sampleCount);
    expect(info.units?.map(({ firing }) => firing)).toEqual(layer.info.units?.map(({ firing }) => 2 * firing));
  });

  it('need a list of concepts where they say nothing of themselves', async () => {
    const bare: CellFileInfo = NO_INFO;
    const asNumbers = { ...layer.counted };
    const list = concepts.map(({ id, name, category }) => ({ number: id, name, category }));
    const { counted, info } = await readCells([named(await write(asNumbers, bare))], { concepts: list });
    expect(rowsOf(counted)).toEqual(rowsOf({ ...layer.counted, unitCount: counted.unitCount }));
    expect(info).toEqual(NO_INFO);
  });
});

it('reads many row groups and record batches', async () => {
  const conceptCount = 16;
  const cellCount = 40_000;
  const { makeCellTable } = await import('../../../src/engine/cells/cell-table.ts');
  const signatures: number[] = [];
  const signatureStart = new Uint32Array(cellCount + 1);
  for (let cell = 0; cell < cellCount; cell++) {
    for (let bit = 0; bit < conceptCount; bit++) if ((cell >> bit) & 1) signatures.push(bit);
    signatureStart[cell + 1] = signatures.length;
  }
  const n = Uint32Array.from({ length: cellCount }, (_, cell) => 4_000_000_000 - cell);
  const table = makeCellTable({ conceptCount, n, signatureStart, signatures: Uint16Array.from(signatures) });
  const cells = Uint32Array.from({ length: cellCount }, (_, cell) => cell);
  const counts = n.map((value, cell) => value - cell - 1);
  const counted = { table, unitCount: 2, unitStart: Uint32Array.of(0, 0, cellCount), cells, counts };
  const list = Array.from({ length: conceptCount }, (_, number) => ({
    number,
    name: `c${number}`,
    category: 'object',
  }));
  for (const [, write] of kinds) {
    const seen: number[] = [];
    const read = await readCells([named(await write(counted, { ...NO_INFO, concepts: list }))], {
      onProgress: (done) => seen.push(done),
    });
    expect(Buffer.from(read.counted.table.buffer).equals(Buffer.from(table.buffer))).toBe(true);
    expect(read.counted.unitStart).toEqual(counted.unitStart);
    expect(Buffer.from(read.counted.counts.buffer).equals(Buffer.from(counts.buffer))).toBe(true);
    expect(seen).toHaveLength(3);
    expect(seen.at(-1)).toBe(1);
  }
});
