import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binaryLeavesOf, leavesOf, placeWords } from '../../../src/probing/pairs/parse-leaves.ts';

const word = fc.string({ minLength: 1, maxLength: 6, unit: fc.constantFrom('a', 'B', 'é', "'", '.', '$', '-', '7') });

describe('placeWords', () => {
  it('finds words again that were put together with and without spaces', () => {
    const parts = fc.array(fc.tuple(word, fc.constantFrom('', ' ', '  ', '\u00a0')), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(parts, (written) => {
        const text = written.map(([part, space]) => part + space).join('');
        const words = written.map(([part]) => part);
        const spans = placeWords(text, words) ?? [];
        expect(words.map((_, at) => text.slice(spans[2 * at], spans[2 * at + 1]))).toEqual(words);
      }),
    );
  });

  it.each([
    ['a word is missing', 'A big dog', ['A', 'dog']],
    ['a word is too many', 'A dog', ['A', 'dog', '.']],
    ['the text goes on', 'A dog runs', ['A', 'dog']],
    ['there are no words', '', []],
  ])('says that words do not fit where %s', (_, text, words) => {
    expect(placeWords(text, words)).toBeUndefined();
  });

  it('knows brackets, quotes, dashes and slashes as the Treebank writes them', () => {
    const text = '[1/2] “no” – {x}…';
    const words = ['-LSB-', '1\\/2', '-RSB-', '``', 'no', "''", '--', '-LCB-', 'x', '-RCB-', '...'];
    const spans = placeWords(text, words) ?? [];
    expect(words.map((_, at) => text.slice(spans[2 * at], spans[2 * at + 1]))).toEqual([
      '[',
      '1/2',
      ']',
      '“',
      'no',
      '”',
      '–',
      '{',
      'x',
      '}',
      '…',
    ]);
  });
});

describe('leaves', () => {
  it('have their tags in a parse, and none in a binary parse', () => {
    expect(leavesOf('(ROOT (S (NP (DT The) (NN cat)) (VP (VBZ sits)) (. .)))')).toEqual({
      words: ['The', 'cat', 'sits', '.'],
      tags: ['DT', 'NN', 'VBZ', '.'],
    });
    expect(binaryLeavesOf('( ( The cat ) ( sits . ) )')).toEqual({ words: ['The', 'cat', 'sits', '.'], tags: [] });
  });
});
