import { describe, expect, it } from 'vitest';
import { goldLabel, predictedLabel } from '../../../src/probing/pairs/gold-label.ts';

describe('goldLabel', () => {
  it.each([
    ['entailment', ['entailment', 'ENTAILMENT', ' Entails ', 'entail', 'entailed', 'e', 'E', '0', 0, '0.0']],
    ['neutral', ['neutral', 'Neutral', 'n', '1', 1, '1.0']],
    ['contradiction', ['contradiction', 'contradicts', 'contradict', 'Contradictory', 'c', '2', 2]],
    [null, ['', ' ', '-', '-1', -1, 'UNK', 'unknown', 'None', 'null', 'NaN', 'NA', 'N/A', 'hidden', null, undefined]],
    [null, ['not_entailment', 'not-entailment', 'NON-ENTAILMENT']],
    [undefined, ['3', 0.5, 'maybe', 'en', true, {}, ['neutral'], 'constructor']],
  ])('is %s', (label, writings) => {
    for (const writing of writings) expect([writing, goldLabel(writing)?.label]).toEqual([writing, label]);
  });
});

describe('predictedLabel', () => {
  it.each([
    ['C', 'contradiction'],
    [0, 'entailment'],
    ['-', null],
    [undefined, null],
    [' perhaps ', 'perhaps'],
    ['not_entailment', 'not_entailment'],
    [7, '7'],
  ])('of %s is %s', (value, label) => {
    expect(predictedLabel(value)).toBe(label);
  });
});
