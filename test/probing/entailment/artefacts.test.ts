import { describe, expect, it } from 'vitest';
import { ENTAILMENT_LABELS, wordsOf } from '../../../src/engine/text/sentence-pair.ts';
import { artefacts } from '../../../src/probing/entailment/artefacts.ts';
import { generatePairs } from '../../../src/probing/entailment/generate.ts';
import { tokenize } from '../../../src/probing/pairs/tokenize.ts';

const pairs = generatePairs(1, 10_000, 'probing').map(({ premise, hypothesis, gold }) => {
  const [before, after] = [premise, hypothesis].map((text) => new Set(wordsOf({ text, spans: tokenize(text) })));
  const shared = [...after].filter((word) => before.has(word)).length;
  return { words: after, overlap: shared / (before.size + after.size - shared), gold };
});

describe('the planted artefacts', () => {
  it.each(artefacts)('$sign leans to $leansTo', ({ sign, leansTo, strength: [atLeast, atMost] }) => {
    const withSign = pairs.filter(({ words, overlap }) => (sign === 'overlap' ? overlap > 0.75 : words.has(sign)));
    expect(withSign.length).toBeGreaterThan(100);
    const share = withSign.filter(({ gold }) => gold === leansTo).length / withSign.length;
    expect(share).toBeGreaterThanOrEqual(atLeast);
    expect(share).toBeLessThanOrEqual(atMost);
  });

  it('lean against labels of equal number', () => {
    const counts = ENTAILMENT_LABELS.map((label) => pairs.filter(({ gold }) => gold === label).length);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
  });
});
