import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { csvParse } from 'd3-dsv';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { twoSentenceModel } from '../onnx/support/pair-models.ts';
import { runExplain as explain } from './support/run-explain.ts';

const folder = mkdtempSync(join(tmpdir(), 'formulens-pairs-'));
const words = ['UNK', 'PAD', 'a', 'man', 'woman', 'dog', 'sleeps', 'runs', 'eats', 'outside'];
const pairs = join(folder, 'pairs.tsv');
const model = join(folder, 'model.onnx');
const vocabulary = join(folder, 'vocab.txt');

beforeAll(() => {
  const subjects = ['man', 'woman', 'dog'];
  const verbs = ['sleeps', 'runs', 'eats'];
  const rows = Array.from({ length: 60 }, (_, i) => {
    const [one, other] = [subjects[i % 3], subjects[(i >> 1) % 3]];
    const [does, did] = [verbs[(i >> 2) % 3], verbs[(i >> 3) % 3]];
    const gold = one !== other || does !== did ? 'contradiction' : 'entailment';
    return `a ${one} ${does} outside\ta ${other} ${did}\t${i === 5 ? '-' : gold}`;
  });
  writeFileSync(pairs, `premise\thypothesis\tgold_label\n${rows.join('\n')}\n`);
  writeFileSync(model, twoSentenceModel({ rows: words.length }));
  writeFileSync(vocabulary, `${words.join('\n')}\n`);
});

afterAll(() => rmSync(folder, { recursive: true }));

it('explains units of a model on a file of sentence pairs', () => {
  const out = join(folder, 'out');
  const { status, stderr } = explain(
    ...['--probing', pairs, '--model', model, '--tokenizer', vocabulary],
    ...['--length', '2', '--overlap', 'reference', '--quiet', '--out', out],
  );
  expect(status).toBe(0);
  expect(stderr).toContain(join(out, 'result.csv'));
  const json = JSON.parse(readFileSync(join(out, 'explanations.json'), 'utf8')) as {
    settings: Record<string, unknown>;
    activations: { feed: { kind: string; encoding: { tokenizer: { name: string } } } };
    categories: string[];
    classes: { names: string[]; weights: number[][]; predicted: number[] };
    units: { state: string; area: number; firing: number }[];
  };
  expect(json.settings).toMatchObject({ threshold: { kind: 'fixed', above: 0 }, minActive: 3, length: 2 });
  expect(json.activations.feed).toMatchObject({ kind: 'pairs', encoding: { tokenizer: { name: 'vocab.txt' } } });
  expect(json.categories).toEqual(expect.arrayContaining(['pre:tok', 'hyp:tok', 'pre:tag', 'hyp:tag', 'overlap']));
  expect(json.classes.names).toEqual(['entailment', 'neutral', 'contradiction']);
  expect(json.classes.predicted).toHaveLength(60);
  expect(json.classes.weights).toHaveLength(json.units.length);
  expect(json.units.some(({ state }) => state === 'explained')).toBe(true);
  const rows = csvParse(readFileSync(join(out, 'result.csv'), 'utf8'));
  expect(rows).toHaveLength(json.units.length);
  expect(Number(rows[0]['w_entail'])).toBeCloseTo(json.classes.weights[0][0], 6);
});

it('says what is missing where no tokenizer is given', () => {
  const { status, stderr } = explain('--probing', pairs, '--model', model, '--quiet');
  expect(status).toBe(1);
  expect(stderr).toMatch(/^pipeline\/encoding: model\.onnx cannot be fed\. /);
});

it('refuses options that make no sense', () => {
  const { status, stderr } = explain('--probing', pairs, '--model', model, '--overlap', 'half');
  expect(status).toBe(2);
  expect(stderr).toContain('--overlap takes paper or reference, not half.');
});
