import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadTagger, PENN_TAGS } from '../../../src/probing/pairs/tags.ts';

const tag = await loadTagger();

describe('loadTagger', () => {
  // Penn Treebank's guidelines (Santorini 1990) on each of these words.
  it.each([
    ['the man is playing his guitar .', 'DT NN VBZ VBG PRP$ NN .'],
    ["it 's raining , is n’t it ?", 'PRP VBZ VBG , VBZ RB PRP .'],
    ['two kids with $ 100 & more !', 'CD NNS IN $ CD CC JJR .'],
    ['-LRB- a t - shirt -RRB- : ( " x " )', `-LRB- DT NNP HYPH NN -RRB- : -LRB- '' NNP '' -RRB-`],
    ['~ — -- … @ ^', ': : : : SYM SYM'],
  ])('tags %s', (words, tags) => {
    expect(tag(words.split(' ')).tags.join(' ')).toBe(tags);
  });

  it('knows lemmas of nouns, verbs, adjectives and contractions; other words are their own', () => {
    const { lemmas } = tag(['Women', 'were', 'older', 'and', 'did', "n't", 'Swim']);
    expect(lemmas).toEqual(['women', 'be', 'old', 'and', 'do', 'not', 'swim']);
  });

  it('gives every word one tag of its list, whatever the word', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('__proto__', 'constructor', 'toString'))),
        (words) => {
          const { tags, lemmas } = tag(words);
          expect(tags.length).toBe(words.length);
          expect(lemmas.length).toBe(words.length);
          expect(tags.filter((found) => !PENN_TAGS.includes(found))).toEqual([]);
        },
      ),
    );
  });
});
