import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { csvParse } from 'd3-dsv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goldenFolder, goldenRuns, type GoldenRun } from '../engine/support/golden-pictures.ts';
import * as pairs from '../engine/support/golden-pairs.ts';
import { npyBytes } from '../probing/support/npy.ts';
import { runExplain as explain } from './support/run-explain.ts';

const folder = mkdtempSync(join(tmpdir(), 'formulens-cli-'));
const activations = join(folder, 'features.npy');
const thresholds = join(folder, 'thresholds.npy');
const file = 'expected-n3-b5-p1-lnone.json';
const recorded = new Map(goldenRuns('tiny')).get(file) as GoldenRun;

beforeAll(() => {
  const golden = goldenFolder('tiny');
  const { shape } = JSON.parse(readFileSync(`${golden}features.json`, 'utf8')) as { shape: number[] };
  writeFileSync(activations, npyBytes({ descr: '<f4', shape, data: readFileSync(`${golden}features.bin`) }));
  const values = Float64Array.from(recorded.units, (unit) => unit.threshold);
  writeFileSync(thresholds, npyBytes({ descr: '<f8', shape: [values.length], data: new Uint8Array(values.buffer) }));
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('npm run explain', () => {
  it("writes the reference program's table for its recorded thresholds", () => {
    const out = join(folder, 'out');
    const { status, stdout } = explain(
      ...['--probing', goldenFolder('tiny'), '--activations', activations, '--thresholds', thresholds],
      ...['--mode', 'reference', '--length', '3', '--beam', '5', '--out', out],
    );
    expect(status).toBe(0);
    expect(stdout.trim().split('\n')).toHaveLength(1 + recorded.units.length);
    const rows = csvParse(readFileSync(join(out, 'tally.csv'), 'utf8'));
    expect(rows.columns).toEqual([
      ...['unit', 'category', 'label', 'score', 'length'],
      ...['category_noncomp', 'label_noncomp', 'score_noncomp'],
    ]);
    expect(rows.map(({ unit, label, length, label_noncomp }) => [unit, label, length, label_noncomp])).toEqual(
      recorded.units.map(({ unit, formula, length, noncomp }) => [String(unit), formula, String(length), noncomp]),
    );
    for (const [i, { iou }] of recorded.units.entries())
      expect(Math.abs(Number(rows[i].score) - iou)).toBeLessThan(1e-9);
    const json = JSON.parse(readFileSync(join(out, 'explanations.json'), 'utf8')) as {
      schema: string;
      settings: { length: number };
      activations: { kind: string; hash: string };
      units: { unit: number; best: { label: string } | null; byLength: unknown[] }[];
    };
    expect(json.schema).toBe('formulens/explanations/2');
    expect(json.settings.length).toBe(3);
    expect(json.activations).toMatchObject({ kind: 'file', name: 'features.npy' });
    expect(json.activations.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(json.units.map(({ best }) => best?.label ?? 'NONE')).toEqual(recorded.units.map(({ formula }) => formula));
    expect(json.units[0].byLength).toHaveLength(3);
  });

  it('does so for sentence pairs with word vectors', () => {
    const table = join(folder, 'pairs');
    mkdirSync(table);
    const shape = [pairs.sampleCount, pairs.featureCount];
    writeFileSync(join(table, 'concepts.npy'), npyBytes({ descr: '|u1', shape, data: pairs.features }));
    const rows = pairs.conceptsNamed('neighbors').map(({ number, name, category }) => `${number},${name},${category}`);
    writeFileSync(join(table, 'concepts.csv'), ['number,name,category', ...rows].join('\n'));
    copyFileSync(join(goldenFolder('nli'), 'words.vec'), join(table, 'vectors.txt'));
    const units = join(folder, 'units.npy');
    const data = new Uint8Array(Float32Array.from(pairs.activations).buffer);
    writeFileSync(units, npyBytes({ descr: '<f4', shape: [pairs.sampleCount, pairs.unitCount], data }));
    const run = pairs.runs.find(({ settings }) => settings.names === 'neighbors' && settings.MAX_FORMULA_LENGTH === 3);
    const out = join(folder, 'pairs-out');
    const { status } = explain(
      ...['--probing', table, '--activations', units, '--above', '0', '--min-active', '100'],
      ...['--mode', 'reference', '--length', '3', '--beam', '10', '--out', out],
    );
    expect(status).toBe(0);
    const tally = csvParse(readFileSync(join(out, 'tally.csv'), 'utf8'));
    expect(tally.map(({ label }) => label)).toEqual(run?.units.map((unit) => unit.formula_unsorted));
  });

  it('explains a range of units by quantile, from the same files', () => {
    const { status, stdout } = explain(
      ...['--probing', goldenFolder('tiny'), '--activations', activations, '--units', '3-5'],
    );
    expect(status).toBe(0);
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => line.trim().split(/\s+/)[0]),
    ).toEqual(['unit', '3', '4', '5']);
  });

  it('uses the operators asked for, and no concept of a category left out', () => {
    const out = join(folder, 'restricted');
    const { status } = explain(
      ...['--probing', goldenFolder('tiny'), '--activations', activations, '--quantile', '0.2', '--length', '4'],
      ...['--operators', 'and-not,or', '--without', 'color, scene', '--out', out],
    );
    expect(status).toBe(0);
    const json = JSON.parse(readFileSync(join(out, 'explanations.json'), 'utf8')) as {
      samplesRead: number;
      probing: { sampleCount: number };
      settings: { operators: string[]; without: string[] };
    };
    expect(json.samplesRead).toBe(json.probing.sampleCount);
    expect(json.settings).toMatchObject({ operators: ['or', 'and-not'], without: ['color', 'scene'] });
    const rows = csvParse(readFileSync(join(out, 'tally.csv'), 'utf8'));
    const found = rows.map(({ category }) => category).join(' ');
    expect(found).not.toMatch(/color|scene|AND (?!\(NOT)/);
    expect(found).toMatch(/OR|AND \(NOT/);
  });

  it('refuses to leave out a category that does not exist', () => {
    const { status, stderr } = explain(
      ...['--probing', goldenFolder('tiny'), '--activations', activations, '--without', 'colour'],
    );
    expect(stderr.trim()).toMatch(
      /^cli\/no-such-category: \S+ has no category colour, so --without cannot leave it out\. It has (\w+, )+\w+\.$/,
    );
    expect(status).toBe(1);
  });

  it.each([
    [[], 'Give --sample, or --probing with --model or --activations. See npm run -s explain -- --help.'],
    [['--probing', 'x'], 'Give --model or --activations with --probing. See npm run -s explain -- --help.'],
    [
      ['--sample', 'cats'],
      '--sample takes one of scenes, coco-mobilenet, entailment, not cats. See npm run -s explain -- --help.',
    ],
    [
      ['--sample', 'scenes', '--quantile', '2'],
      '--quantile must be between 0 and 1, not 2. See npm run -s explain -- --help.',
    ],
    [
      ['--sample', 'scenes', '--operators', 'or,nand'],
      '--operators takes some of or, and, and-not, neighbors, not nand. See npm run -s explain -- --help.',
    ],
    [['--wrong'], "Unknown option '--wrong'. See npm run -s explain -- --help."],
    [
      ['--sample', 'scenes', '--units', '5-2'],
      '--units takes a range such as 0-63, not 5-2. See npm run -s explain -- --help.',
    ],
    [
      ['--sample', 'scenes', '--above', '1', '--quantile', '0.1'],
      'Give one of --quantile, --above and --thresholds. See npm run -s explain -- --help.',
    ],
    [
      ['--sample', 'scenes', '--threads', '0'],
      '--threads must be a whole number from 1 to 256, not 0. See npm run -s explain -- --help.',
    ],
  ])('says how it is used wrongly in one line and exits with 2: %j', (words, sentence) => {
    const { status, stdout, stderr } = explain(...words);
    expect(stderr.trim()).toBe(`cli/usage: ${sentence}`);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });

  it.each([
    [['--layers', '--model', 'nowhere.onnx'], /^cli\/no-such-path: nowhere\.onnx does not exist\. Check the path\.$/],
    [['--layers', '--model', 'package.json'], /^onnx\/[\w-]+: package\.json is .+$/],
  ])('says what is wrong with files in one line and exits with 1: %j', (words, line) => {
    const { status, stdout, stderr } = explain(...words);
    expect(stderr.trim()).toMatch(line);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  });
});
