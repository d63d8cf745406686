import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ENTAILMENT_LABELS } from '../../../src/engine/text/sentence-pair.ts';
import { generatorVersion } from '../../../src/probing/entailment/generate.ts';

const folder = new URL('../../../public/samples/entailment/', import.meta.url);
const model = readFileSync(new URL('model.onnx', folder));
const provenance = JSON.parse(readFileSync(new URL('provenance.json', folder), 'utf8'));

describe('the committed model of entailment', () => {
  it('is the file its provenance speaks of', () => {
    expect(createHash('sha256').update(model).digest('hex')).toBe(provenance.model.sha256);
    expect(model.length).toBe(provenance.model.bytes);
    expect(model.length).toBeLessThan(3_000_000);
  });

  it('was trained on pairs of the present generator, and of other series than the probing set', () => {
    expect(provenance.generator_version).toBe(generatorVersion);
    expect(provenance.model.classes).toEqual([...ENTAILMENT_LABELS]);
    expect([provenance.training.pair_seed, provenance.accuracy.pair_seed]).toEqual([21, 22]);
  });

  it('labels most pairs rightly, those of held-out templates less often, and more than the hypothesis alone tells', () => {
    const { same_templates, heldout_templates, hypothesis_words_alone, most_common_label } = provenance.accuracy;
    expect(same_templates).toBeGreaterThan(0.85);
    expect(same_templates).toBeGreaterThan(hypothesis_words_alone + 0.1);
    expect(heldout_templates).toBeGreaterThan(most_common_label);
    expect(hypothesis_words_alone).toBeGreaterThan(most_common_label + 0.1);
  });
});
