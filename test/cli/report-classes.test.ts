import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { csvParse } from 'd3-dsv';
import { afterAll, describe, expect, it } from 'vitest';
import type { Analysis } from '../../src/engine/analysis/analysis.ts';
import { goldenFolder } from '../engine/support/golden-pictures.ts';
import { network, node, weights } from '../onnx/support/networks.ts';
import type { TensorSpec } from '../onnx/support/onnx-writer.ts';
import { runExplain } from './support/run-explain.ts';

const folder = mkdtempSync(join(tmpdir(), 'formulens-classes-'));
const path = (name: string): string => join(folder, name);
const [unitCount, names] = [6, ['river', 'street', 'farm']];

afterAll(() => rmSync(folder, { recursive: true }));

/** Class 1 is made by unit 4, class 2 held back by unit 3; all other weights are small. */
function planted(): TensorSpec {
  const head = weights('head', [names.length, unitCount], 9);
  const values = Array.from(head.values as readonly number[], (value) => 0.02 * value);
  values[unitCount + 4] = 3;
  values[2 * unitCount + 3] = -3;
  return { ...head, values };
}

/** Six units of a 1x1 convolution, pooled in some way, and a linear layer of three classes. */
function model(pool: 'GlobalAveragePool' | 'GlobalMaxPool'): Uint8Array<ArrayBuffer> {
  return network(
    [
      node('Conv', ['picture', 'mix', 'lift'], 'mixed', { kernel_shape: [1, 1] }),
      node('Relu', 'mixed', 'units'),
      node(pool, 'units', 'pooled'),
      node('Flatten', 'pooled', 'flat'),
      node('Gemm', ['flat', 'head'], 'scores', { transB: 1 }),
    ],
    [
      weights('mix', [unitCount, 3, 1, 1], 3),
      { name: 'lift', dims: [unitCount], values: Array.from({ length: unitCount }, () => 0.8) },
      planted(),
    ],
    [{ name: 'scores', dims: ['batch', names.length] }],
    { metadata: { classes: JSON.stringify(names) } },
  );
}

function report(pool: Parameters<typeof model>[0]) {
  writeFileSync(path(`${pool}.onnx`), model(pool));
  const { status, stderr } = runExplain(
    ...['--probing', goldenFolder('tiny'), '--model', path(`${pool}.onnx`), '--layer', 'units', '--quantile', '0.2'],
    ...['--length', '1', '--quiet', '--report', path(pool)],
  );
  expect(status, stderr).toBe(0);
  const { classes } = JSON.parse(readFileSync(path(`${pool}/analysis.json`), 'utf8')) as Analysis;
  const rows = csvParse(readFileSync(path(`${pool}/classes.csv`), 'utf8'));
  return { classes: classes ?? expect.fail('no classes'), rows, stderr };
}

describe('a class that one unit decides', () => {
  it('has it first by weight, through pooling by means', () => {
    const { classes, rows, stderr } = report('GlobalAveragePool');
    expect(classes).toMatchObject({ by: 'weight', samples: null, names });
    expect(classes.classes[1].push[0]).toMatchObject({ unit: 4, place: 1, value: 3 });
    expect(classes.classes[2].hold[0]).toMatchObject({ unit: 3, place: 2, value: -3 });
    expect(classes.units[4].push[0]).toMatchObject({ unit: 4, place: 1, value: 3 });
    expect(rows[0]).toMatchObject({ class: 'river', by: 'weight', way: 'push', rank: '1' });
    expect(rows.find((row) => row['class'] === 'street')).toMatchObject({ unit: '4', value: '3' });
    expect(stderr).toMatch(/^Classes, by the largest weight: .*street pushed by unit 4 \(\+3\.00\)/m);
  });

  it('has it first by correlation, where no linear layer reads the units', () => {
    const { classes, rows, stderr } = report('GlobalMaxPool');
    expect(classes).toMatchObject({ by: 'correlation', names });
    expect(classes.samples).toBeGreaterThan(20);
    const [first] = classes.classes[1].push;
    expect(first).toMatchObject({ unit: 4, place: 1 });
    // The class is three times the unit's largest value, but for small weights of the others.
    expect(first.value).toBeGreaterThan(0.99);
    expect(classes.classes[2].hold[0].unit).toBe(3);
    expect(new Set(rows.map((row) => row['by']))).toEqual(new Set(['correlation']));
    expect(stderr).toMatch(
      new RegExp(`^Classes, by correlation \\(r\\) over ${classes.samples} samples, which is no cause: .*street `, 'm'),
    );
  });
});
