import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitAtSpaces, tokenize } from '../../../src/probing/pairs/tokenize.ts';

const wordsIn = (text: string, spans: readonly number[]): string[] =>
  Array.from({ length: spans.length / 2 }, (_, word) => text.slice(spans[2 * word], spans[2 * word + 1]));

const cut = (text: string): string => wordsIn(text, tokenize(text)).join(' ');

describe('tokenize', () => {
  // What spaCy makes of them, from its documentation and its own tests of English.
  it.each([
    ["Let's go to N.Y.!", "Let 's go to N.Y. !"],
    [
      'Apple is looking at buying U.K. startup for $1 billion',
      'Apple is looking at buying U.K. startup for $ 1 billion',
    ],
    ["don't", "do n't"],
    ["(can't?)", "( ca n't ? )"],
    ["Can't won't ain't wasn't", "Ca n't wo n't ai n't was n't"],
    ['cannot gonna gotta', 'can not gon na got ta'],
    ["I'm you've they'd she'll we're", "I 'm you 've they 'd she 'll we 're"],
    ['He’s here, isn’t he?', 'He ’s here , is n’t he ?'],
    ["John's dog, the boys' ball", "John 's dog , the boys ' ball"],
    ['dont cant im', 'do nt ca nt i m'],
    ['well its ill', 'well its ill'],
    ['U.S. us. (U.S.?)', 'U.S. us . ( U.S. ? )'],
    ['best-known t-shirt mother-in-law', 'best - known t - shirt mother - in - law'],
    ['a 20-year-old man', 'a 20-year - old man'],
    ['0.1-13.5 103.27-300', '0.1 - 13.5 103.27 - 300'],
    ['best.Known Hello.World', 'best . Known Hello . World'],
    ['Hello,world', 'Hello , world'],
    ['1,000 people at 4:30', '1,000 people at 4:30'],
    ['best...Known word... ...word', 'best ... Known word ... ... word'],
    ['No decent--let alone well-bred--people.', 'No decent -- let alone well - bred -- people .'],
    ['Today is Tuesday.Mr.', 'Today is Tuesday . Mr.'],
    ['_MATH_.', '_ MATH _ .'],
    ['Mr. and Mrs. Smith, Ph.D., e.g. Dr. No', 'Mr. and Mrs. Smith , Ph.D. , e.g. Dr. No'],
    ['at 8am or 10 p.m.', 'at 8 am or 10 p.m.'],
    ['10km 5kg 100% $100 100€', '10 km 5 kg 100 % $ 100 100 €'],
    ['and/or man/woman w/o', 'and/or man / woman w/o'],
    ['(http://www.example.com/a?b=c).', '( http://www.example.com/a?b=c ) .'],
    ['google.com, hello@example.org', 'google.com , hello@example.org'],
    ['Hello :) :-( <3', 'Hello :) :-( <3'],
    ['"Quoted," she said.', '" Quoted , " she said .'],
    ['rock & roll #1', 'rock & roll # 1'],
    ['😀word', '😀 word'],
  ])('cuts %s as spaCy does', (text, wanted) => {
    expect(cut(text)).toBe(wanted);
  });

  it('covers every character that is no white space by words that ascend', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom("can't", 'U.S.', ' ', '...', '(', 'a-b', "'s", '10km', '\t', 'http://a.bc'),
    );
    fc.assert(
      fc.property(
        fc.array(piece).map((pieces) => pieces.join('')),
        (text) => {
          const spans = tokenize(text);
          let before = 0;
          for (const [at, place] of spans.entries()) {
            if (at % 2 === 0) expect(text.slice(before, place).trim()).toBe('');
            else expect(text.slice(before, place)).toMatch(/^\S+$/);
            before = place;
          }
          expect(text.slice(before).trim()).toBe('');
          expect(before).toBeLessThanOrEqual(text.length);
        },
      ),
    );
  });

  it('reads long runs without a space', () => {
    for (const unit of ['(', 'a', 'a-', '.', "'s", 'a.b/', '1+', '@']) {
      const text = unit.repeat(200_000 / unit.length);
      expect(wordsIn(text, tokenize(text)).join('')).toBe(text);
    }
  });
});

describe('splitAtSpaces', () => {
  it('gives what stands between spaces, and nothing else', () => {
    const text = " A man  ca n't \u00a0x ,\tor . ";
    expect(wordsIn(text, splitAtSpaces(text))).toEqual(['A', 'man', 'ca', "n't", '\u00a0x', ',', 'or', '.']);
    expect(splitAtSpaces('')).toEqual([]);
  });
});
