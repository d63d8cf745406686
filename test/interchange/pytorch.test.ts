import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { checkedRows } from '../../src/engine/interchange/cell-rows.ts';
import { rowsOfCells } from '../../src/engine/interchange/rows-of-cells.ts';
import { madeLayer } from '../engine/interchange/support/made-layer.ts';
import { block } from './from-document.ts';

const python = ['python3', '/usr/bin/python3'].find(
  (name) => spawnSync(name, ['-c', 'import torch'], { encoding: 'utf8' }).status === 0,
);

/** Reads label maps and activations, counts in two batches, prints the columns. */
const driver = `
import json, sys
given = json.load(sys.stdin)
labels = torch.tensor(given["labels"]).view(given["samples"], -1, 8, 8)
activations = torch.tensor(given["activations"], dtype=torch.float32).view(given["samples"], -1, 4, 4)
threshold = thresholds(activations, 0.2)
cells = {}
for batch in (slice(0, 5), slice(5, None)):
    add_batch(cells, labels[batch], activations[batch], threshold)
json.dump({"thresholds": threshold.tolist(), "columns": columns(cells)}, sys.stdout)
`;

describe.skipIf(python === undefined)('the PyTorch of docs/interchange.md', () => {
  it('counts the same cells', () => {
    const layer = madeLayer();
    const finite = layer.values.map((value) => (Number.isNaN(value) ? 0 : value));
    const maps = layer.labels.flatMap(({ planes, everywhere }) => [
      ...planes.map((plane) => [...plane]),
      new Array<number>(64).fill(everywhere.length === 0 ? 0 : everywhere[0] + 1),
    ]);
    const { stdout, stderr, status } = spawnSync(python ?? '', ['-c', block('python counting') + driver], {
      encoding: 'utf8',
      input: JSON.stringify({ samples: layer.sampleCount, labels: maps, activations: [...finite] }),
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const found = JSON.parse(stdout) as {
      thresholds: number[];
      columns: Parameters<typeof checkedRows>[0];
    };
    // Unit 6 has a NaN, which JSON cannot carry.
    expect(found.thresholds.slice(0, 6).map(Math.fround)).toEqual(
      layer.expected.slice(0, 6).map(({ threshold }) => threshold),
    );
    const printed = (rows: ReturnType<typeof checkedRows>): string[] =>
      Array.from({ length: rows.count }, (_, i) => {
        const pairs: string[] = [];
        for (let at = rows.unitStart[i]; at < rows.unitStart[i + 1]; at++) {
          if (rows.units[at] !== 6) pairs.push(`${rows.units[at]}: ${rows.fires[at]}`);
        }
        const concepts = Array.from(rows.concepts).slice(rows.conceptStart[i], rows.conceptStart[i + 1]);
        return `${concepts.join(' ')} | ${rows.n[i]} | ${pairs.join(', ')}`;
      }).sort();
    const [expected] = rowsOfCells(layer.counted);
    expect(printed(checkedRows(found.columns, 'stdout', 0))).toEqual(printed(expected));
  });
});
