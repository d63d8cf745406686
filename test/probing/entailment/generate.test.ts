import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../../src/engine/text/sentence-pair.ts';
import { generatePairs } from '../../../src/probing/entailment/generate.ts';
import type { TemplatePool } from '../../../src/probing/entailment/generate.ts';
import { readWordTable } from '../../../src/probing/pairs/word-table.ts';
import { tokenize } from '../../../src/probing/pairs/tokenize.ts';
import { labelOf } from './judge.ts';

const pools: readonly TemplatePool[] = ['train', 'heldout', 'probing'];
const series = new Map(pools.map((pool) => [pool, generatePairs(1, 6000, pool)]));
const pairsOf = (pool: TemplatePool) => series.get(pool) ?? [];

describe('generated pairs', () => {
  it('are the same on every machine', () => {
    const text = pairsOf('probing')
      .slice(0, 1000)
      .map(({ premise, hypothesis, gold }) => `${premise}\t${hypothesis}\t${gold}\n`)
      .join('');
    expect(createHash('sha256').update(text).digest('hex')).toBe(
      '3f3ab3e0b3ad889c0ad5354935528eab014db52115ecaec5ff41c8223834d15c',
    );
  });

  it('begin a longer series', () => {
    expect(generatePairs(1, 100, 'train')).toEqual(pairsOf('train').slice(0, 100));
    expect(generatePairs(2, 100, 'train')).not.toEqual(pairsOf('train').slice(0, 100));
    expect(generatePairs(1, 0, 'train')).toEqual([]);
  });

  it.each(pools)('have the label that follows from what they say: %s', (pool) => {
    const wrong = pairsOf(pool).filter(({ scene, claims, gold }) => labelOf(scene, claims) !== gold);
    expect(wrong.map(({ premise, hypothesis, gold }) => `${gold}: ${premise} ${hypothesis}`)).toEqual([]);
  });

  it.each(pools)('have each label for every premise: %s', (pool) => {
    const pairs = pairsOf(pool);
    for (let first = 0; first < pairs.length; first += 3) {
      const three = pairs.slice(first, first + 3);
      expect(new Set(three.map(({ premise }) => premise)).size).toBe(1);
      expect(three.map(({ gold }) => gold).toSorted()).toEqual(['contradiction', 'entailment', 'neutral']);
    }
  });

  it('read as sentences: filled in, one space between words, a capital first and a full stop last', () => {
    const sentences = pools.flatMap((pool) =>
      pairsOf(pool).flatMap(({ premise, hypothesis }) => [premise, hypothesis]),
    );
    const wellMade = /^[A-Z][a-z]*(?:,? [a-z]+)*\.$/;
    const illMade = /\bundefined\b|\bnull\b|\ba [aeio]|\ban [^aeiou]|\b(\w+) \1\b/;
    expect(sentences.filter((text) => !wellMade.test(text) || illMade.test(text))).toEqual([]);
  });

  it('differ: most premises are told once only', () => {
    const premises = pairsOf('probing').map(({ premise }) => premise);
    expect(new Set(premises).size).toBeGreaterThan(0.9 * (premises.length / 3));
  });

  it('have several hundred words, all but the article with an embedded vector', () => {
    const bytes = readFileSync(new URL('../../../public/words/vectors.bin', import.meta.url));
    const known = new Set(readWordTable(new Uint8Array(bytes)).words);
    const used = new Set<string>();
    for (const pool of pools) {
      for (const { premise, hypothesis } of pairsOf(pool)) {
        for (const text of [premise, hypothesis])
          for (const word of wordsOf({ text, spans: tokenize(text) })) used.add(word);
      }
    }
    expect([...used].filter((word) => !known.has(word))).toEqual(['a']);
    expect(used.size).toBeGreaterThan(500);
  });
});
