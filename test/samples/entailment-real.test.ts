import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readArguments } from '../../src/cli/arguments.ts';
import { explain } from '../../src/cli/explain-command.ts';
import type { LayerResults } from '../../src/engine/results/layer-results.ts';
import { ENTAILMENT_LABELS } from '../../src/engine/text/sentence-pair.ts';

const real = process.env['FORMULENS_REAL'];

describe.skipIf(real === undefined)('the model of entailment on the SNLI development set', () => {
  const file = join(real ?? '', 'snli/snli_dev.tsv');
  let results: LayerResults;

  beforeAll(async () => {
    const asked = ['--probing', file, '--model', 'public/samples/entailment/model.onnx', '--length', '3'];
    ({ results } = await explain(readArguments(asked), () => undefined));
  }, 180_000);

  it('is fed by the vocabulary in its file, and explained', () => {
    expect(results.probing.sampleCount).toBe(10_000);
    expect(results.units).toHaveLength(256);
    expect(results.units.filter(({ state }) => state === 'explained').length).toBeGreaterThan(128);
  });

  it('labels more than half of the pairs rightly that have a gold label, far fewer than of its own kind', () => {
    const gold = readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => ENTAILMENT_LABELS.indexOf(line.split('\t')[2] as (typeof ENTAILMENT_LABELS)[number]));
    const predicted = results.classes?.predicted ?? [];
    expect(predicted).toHaveLength(gold.length);
    const labelled = gold.flatMap((label, pair) => (label < 0 ? [] : [pair]));
    const right = labelled.filter((pair) => predicted[pair] === gold[pair]).length;
    expect(labelled.length).toBe(9842);
    expect(right / labelled.length).toBeCloseTo(0.553, 2);
  });
});
