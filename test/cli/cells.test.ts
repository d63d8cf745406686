import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readArguments } from '../../src/cli/arguments.ts';
import { expectFault } from '../bad-files/bad-file.ts';
import { goldenFolder } from '../engine/support/golden-pictures.ts';
import { npyBytes } from '../probing/support/npy.ts';
import { runExplain as explain } from './support/run-explain.ts';

const folder = mkdtempSync(join(tmpdir(), 'formulens-cli-cells-'));
const path = (name: string): string => join(folder, name);
const search = ['--length', '4', '--beam', '5', '--penalty', '0.9'];

interface Results {
  readonly settings: unknown;
  readonly probing: unknown;
  readonly activations: unknown;
  readonly samplesRead: number;
  readonly unitCount: number;
  readonly concepts: unknown;
  readonly units: readonly { readonly top: unknown }[];
}

const resultsIn = (name: string): Results =>
  JSON.parse(readFileSync(join(folder, name, 'explanations.json'), 'utf8')) as Results;
const asKept = ({ settings, probing, activations, samplesRead, unitCount, concepts, units }: Results) => ({
  ...{ settings, probing, activations, samplesRead, unitCount, concepts },
  units: units.map((unit) => ({ ...unit, top: [] })),
});

beforeAll(() => {
  const golden = goldenFolder('tiny');
  const { shape } = JSON.parse(readFileSync(`${golden}features.json`, 'utf8')) as { shape: number[] };
  writeFileSync(path('features.npy'), npyBytes({ descr: '<f4', shape, data: readFileSync(`${golden}features.bin`) }));
  const { status, stderr } = explain(
    ...['--probing', golden, '--activations', path('features.npy'), '--quantile', '0.05', ...search],
    ...['--out', path('from-pictures'), '--write-cells', path('cells/all.parquet')],
  );
  expect(stderr).toContain(`Wrote ${path('cells/all.parquet')}`);
  expect(status).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('npm run explain with --cells', () => {
  it('gives the same results as pictures and activations, but for top samples', () => {
    const { status } = explain('--cells', path('cells/all.parquet'), ...search, '--out', path('from-cells'));
    expect(status).toBe(0);
    expect(asKept(resultsIn('from-cells'))).toEqual(asKept(resultsIn('from-pictures')));
    const tally = (name: string): string => readFileSync(join(folder, name, 'tally.csv'), 'utf8');
    expect(tally('from-cells')).toBe(tally('from-pictures'));
  });

  it('adds files up, and writes the sum as Arrow', () => {
    const all = path('cells/all.parquet');
    const merging = explain('--cells', all, all, '--units', '0', '--write-cells', path('twice.arrow'));
    expect(merging.status).toBe(0);
    expect(merging.stdout.trim().split('\n')).toHaveLength(2);
    const { status } = explain('--cells', path('twice.arrow'), ...search, '--out', path('twice'));
    expect(status).toBe(0);
    const [once, twice] = [resultsIn('from-pictures'), resultsIn('twice')];
    expect(twice.samplesRead).toBe(2 * once.samplesRead);
    const formulas = ({ units }: Results) =>
      units.map((unit) => (unit as { best?: { text: string; iou: number } }).best);
    expect(formulas(twice).map((best) => [best?.text, best?.iou])).toEqual(
      formulas(once).map((best) => [best?.text, best?.iou]),
    );
  });

  it.each([
    [['--cells', 'a', '--probing', 'b'], '--cells are counted already, so --probing has no place beside them.'],
    [['--cells', 'a', 'b', '--above', '1'], '--cells are counted already, so --above has no place beside them.'],
    [['--concepts', 'c.csv', '--sample', 'scenes'], '--concepts says what the numbers in --cells mean and needs it.'],
    [['--cells', 'a', '--out', 'b', 'c'], "Unexpected argument 'c'."],
    [['--sample', 'scenes', 'x'], "Unexpected argument 'x'."],
    [
      ['--sample', 'scenes', '--write-cells', 'cells.csv'],
      '--write-cells takes a name that ends in .parquet or .arrow, not cells.csv.',
    ],
  ])('refuses %j', async (words, sentence) => {
    await expectFault(() => readArguments(words), 'cli/usage', `${sentence} See npm run -s explain -- --help.`);
  });

  it('takes as many files as stand behind it, and passes splits and colors on', () => {
    expect(readArguments(['--cells', 'a', 'b', '--cells', 'c', 'd', '--units', '1']).cells).toEqual([
      'a',
      'c',
      'b',
      'd',
    ]);
    const chosen = ['--probing', 'x', '--activations', 'a.npy', '--splits', 'train,val', '--no-colors'];
    expect(readArguments(chosen)).toMatchObject({ splits: ['train', 'val'], colors: false, cells: undefined });
    expect(readArguments(chosen.slice(0, 4))).toMatchObject({ splits: undefined, colors: true });
  });

  it('says what is wrong with a file', () => {
    const { status, stderr } = explain('--cells', path('features.npy'));
    expect(stderr.trim()).toMatch(/^\S+: features\.npy is neither Parquet nor an Arrow file: it begins with "\.NUMPY/);
    expect(status).toBe(1);
  });
});
