import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConceptId } from '../../../src/engine/ids.ts';
import type { WordMark } from '../../../src/engine/text/pair-facts.ts';
import { sentenceRuns, wordOnSide, worthShowing } from '../../../src/engine/text/sentence-runs.ts';
import type { SentencePair } from '../../../src/engine/text/sentence-pair.ts';

/** Words with one space between them; `gap` more in front. */
function sentence(words: readonly string[], gap = ''): { text: string; spans: number[]; tags: string[] } {
  const spans: number[] = [];
  let text = gap;
  for (const [at, word] of words.entries()) {
    if (at > 0) text += ' ';
    spans.push(text.length, text.length + word.length);
    text += word;
  }
  return { text, spans, tags: [] };
}

const mark = (word: number, concept = 0, side: WordMark['side'] = 'premise'): WordMark => ({
  side,
  word,
  concept: concept as ConceptId,
});
const texts = fc.array(fc.stringMatching(/^[a-z<&]{1,9}$/), { minLength: 1, maxLength: 30 });
const cases = texts.chain((words) =>
  fc.record({
    words: fc.constant(words),
    marked: fc.array(fc.tuple(fc.nat(words.length - 1), fc.nat(3)), { maxLength: 8 }),
    peak: fc.integer({ min: -1, max: words.length - 1 }),
    room: fc.integer({ min: 12, max: 200 }),
  }),
);

describe('the runs of a sentence', () => {
  it('are its text, and each word that is told stands for itself with its concepts', () => {
    fc.assert(
      fc.property(cases, ({ words, marked, peak }) => {
        const own = sentence(words, ' ');
        const marks = marked.map(([word, concept]) => mark(word, concept));
        const runs = sentenceRuns(own, { side: 'premise', marks, peak });
        expect(runs.map(({ text }) => text).join('')).toBe(own.text);
        expect(runs.every(({ text }) => text !== '')).toBe(true);
        const told = runs.filter(({ word }) => word >= 0);
        expect(
          told.map(({ word, text, concepts, peak: atPeak }) => [word, text, [...concepts].sort(), atPeak]),
        ).toEqual(
          words.flatMap((text, word) => {
            const concepts = [...new Set(marked.filter(([at]) => at === word).map(([, concept]) => concept))].sort();
            return concepts.length > 0 || word === peak ? [[word, text, concepts, word === peak]] : [];
          }),
        );
      }),
    );
  });

  it('leave out marks of the other sentence', () => {
    const own = sentence(['A', 'dog', 'sleeps']);
    const runs = sentenceRuns(own, { side: 'hypothesis', marks: [mark(1), mark(2, 5, 'hypothesis')], peak: -1 });
    expect(runs.map(({ text, concepts }) => [text, ...concepts])).toEqual([['A dog '], ['sleeps', 5]]);
  });
});

describe('the stretch worth showing', () => {
  it('fits, lies between words, is all of a short sentence, and has a marked word where there is one', () => {
    fc.assert(
      fc.property(cases, ({ words, marked, peak, room }) => {
        const own = sentence(words);
        const told = { side: 'premise' as const, marks: marked.map(([word]) => mark(word)), peak };
        const { from, to } = worthShowing(own, told, room);
        expect(to - from).toBeLessThanOrEqual(room);
        if (own.text.length <= room) expect([from, to]).toEqual([0, own.text.length]);
        expect(from === 0 || own.spans.includes(from)).toBe(true);
        expect(to === own.text.length || own.spans.includes(to)).toBe(true);
        const shown = sentenceRuns(own, told, { from, to });
        expect(shown.map(({ text }) => text).join('')).toBe(own.text.slice(from, to));
        const whole = (word: number): boolean => own.spans[2 * word] >= from && own.spans[2 * word + 1] <= to;
        const wanted = marked.length > 0 || peak < 0 ? marked.map(([word]) => word) : [peak];
        expect(wanted.length === 0 || wanted.some(whole)).toBe(true);
      }),
    );
  });

  it('has a marked word that is nearly as long as the room', () => {
    const own = sentence(['abc', 'abcdefghi', 'abcdef']);
    expect(worthShowing(own, { side: 'premise', marks: [], peak: 1 }, 12)).toEqual({ from: 4, to: 13 });
  });

  it('cuts a word that is longer than the room', () => {
    expect(worthShowing(sentence(['a'.repeat(50)]), { side: 'premise', marks: [], peak: -1 }, 10)).toEqual({
      from: 0,
      to: 10,
    });
    const late = { text: `${'b'.repeat(90)}`, spans: [40, 80] };
    expect(worthShowing(late, { side: 'premise', marks: [mark(0)], peak: -1 }, 30)).toEqual({ from: 40, to: 70 });
  });
});

describe('a word of a pair', () => {
  it('is a word of the premise, or of the hypothesis behind it', () => {
    const pair: SentencePair = {
      premise: sentence(['a', 'b']),
      hypothesis: sentence(['c', 'd', 'e']),
      gold: null,
      given: null,
    };
    const both = [-1, 0, 1, 2, 4, 5].map((word) => [
      wordOnSide(word, 'premise', pair),
      wordOnSide(word, 'hypothesis', pair),
    ]);
    expect(both).toEqual([
      [-1, -1],
      [0, -1],
      [1, -1],
      [-1, 0],
      [-1, 2],
      [-1, -1],
    ]);
  });
});
