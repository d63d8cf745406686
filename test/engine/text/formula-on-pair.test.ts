import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Concept } from '../../../src/engine/concepts.ts';
import type { Formula } from '../../../src/engine/formula/formula.ts';
import type { ConceptId } from '../../../src/engine/ids.ts';
import { formulaOnPair } from '../../../src/engine/text/formula-on-pair.ts';
import type { Sentence, SentencePair } from '../../../src/engine/text/sentence-pair.ts';

const sentence = (tagged: string): Sentence => {
  const words = tagged.split(' ').map((word) => word.split('/'));
  const text = words.map(([word]) => word).join(' ');
  let at = 0;
  const spans = words.flatMap(([word]) => {
    at += word.length + 1;
    return [at - 1 - word.length, at - 1];
  });
  return {
    text,
    spans,
    tags: words.map(([, tag]) => tag),
    lemmas: words.map(([word, , lemma]) => lemma ?? word.toLowerCase()),
  };
};

const pair: SentencePair = {
  premise: sentence('A/DT dog/NN chases/VBZ/chase A/DT cat/NN'),
  hypothesis: sentence('Dogs/NNS/dog run/VBP ,/, a/DT Cat/NN'),
  gold: null,
  given: null,
};

const names: readonly (readonly [name: string, category: string])[] = [
  ['pre:dog', 'pre:tok'],
  ['pre:cat', 'pre:tok'],
  ['pre:horse', 'pre:tok'],
  ['pre:tag:NN', 'pre:tag'],
  ['pre:lemma:chase', 'pre:lemma'],
  ['hyp:cat', 'hyp:tok'],
  ['hyp:dog', 'hyp:tok'],
  ['hyp:lemma:dog', 'hyp:lemma'],
  ['hyp:,', 'hyp:tok'],
  ['overlap-0%', 'overlap'],
  ['overlap-75%', 'overlap'],
];
const concepts = names.map(([name, category], id): Concept => ({ id: id as ConceptId, number: id, name, category }));
const truths = new Set([
  'pre:dog',
  'pre:cat',
  'pre:tag:NN',
  'pre:lemma:chase',
  'hyp:cat',
  'hyp:lemma:dog',
  'hyp:,',
  'overlap-0%',
]);
const isTrue = (id: number): boolean => truths.has(names[id][0]);
const neighbors: readonly (readonly number[])[] = concepts.map(({ id }) =>
  id === 2 ? [0, 1, 2] : id === 6 ? [6] : [id],
);

const leaf = (name: string): Formula => ({
  kind: 'concept',
  concept: names.findIndex(([known]) => known === name) as ConceptId,
});
const near = (id: number): Formula => ({ kind: 'neighbors', of: id as ConceptId });
const not = (of: Formula): Formula => ({ kind: 'not', of });
const and = (left: Formula, right: Formula): Formula => ({ kind: 'and', left, right });
const or = (left: Formula, right: Formula): Formula => ({ kind: 'or', left, right });

const ask = (formula: Formula) => formulaOnPair(formula, pair, concepts, (id) => neighbors[id], isTrue);
const marked = (formula: Formula): string[] =>
  ask(formula).marks.map(({ side, word, concept }) => `${side} ${word} ${names[concept][0]}`);

describe('formulaOnPair', () => {
  it('marks the words of true concepts, in the order of the pair', () => {
    expect(marked(and(leaf('hyp:cat'), leaf('pre:tag:NN')))).toEqual([
      'premise 1 pre:tag:NN',
      'premise 4 pre:tag:NN',
      'hypothesis 4 hyp:cat',
    ]);
    expect(marked(and(leaf('hyp:lemma:dog'), leaf('pre:lemma:chase')))).toEqual([
      'premise 2 pre:lemma:chase',
      'hypothesis 0 hyp:lemma:dog',
    ]);
    expect(marked(leaf('hyp:,'))).toEqual(['hypothesis 2 hyp:,']);
  });

  it('marks of an OR the parts that hold, and nothing under a NOT', () => {
    expect(marked(or(and(leaf('pre:dog'), leaf('pre:horse')), leaf('pre:cat')))).toEqual(['premise 4 pre:cat']);
    expect(ask(not(leaf('pre:horse')))).toEqual({ holds: true, marks: [] });
    expect(ask(and(leaf('pre:dog'), not(leaf('pre:cat'))))).toEqual({ holds: false, marks: [] });
  });

  it('marks of NEIGHBORS the neighbours that are there', () => {
    expect(marked(near(2))).toEqual(['premise 1 pre:dog', 'premise 4 pre:cat']);
    expect(ask(near(6))).toEqual({ holds: false, marks: [] });
  });

  it('marks of overlap the words that both sentences share', () => {
    expect(marked(leaf('overlap-0%'))).toEqual([
      'premise 0 overlap-0%',
      'premise 3 overlap-0%',
      'premise 4 overlap-0%',
      'hypothesis 3 overlap-0%',
      'hypothesis 4 overlap-0%',
    ]);
    expect(ask(leaf('overlap-75%'))).toEqual({ holds: false, marks: [] });
  });

  it('holds as the table of truth values says, and its marks are of true concepts of the formula', () => {
    const { formula } = fc.letrec<{ formula: Formula }>((tie) => ({
      formula: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.nat(names.length - 1).map((id): Formula => ({ kind: 'concept', concept: id as ConceptId })),
        fc.nat(names.length - 1).map(near),
        tie('formula').map(not),
        fc.tuple(tie('formula'), tie('formula')).map(([left, right]) => and(left, right)),
        fc.tuple(tie('formula'), tie('formula')).map(([left, right]) => or(left, right)),
      ),
    }));
    const value = (part: Formula): boolean => {
      if (part.kind === 'concept') return isTrue(part.concept);
      if (part.kind === 'neighbors') return neighbors[part.of].filter(isTrue).length > 0;
      if (part.kind === 'not') return value(part.of) === false;
      const both = Number(value(part.left)) + Number(value(part.right));
      return part.kind === 'and' ? both === 2 : both > 0;
    };
    const positive = (part: Formula): number[] => {
      if (part.kind === 'concept') return [part.concept];
      if (part.kind === 'neighbors') return [...neighbors[part.of]];
      return part.kind === 'not' ? [] : [...positive(part.left), ...positive(part.right)];
    };
    fc.assert(
      fc.property(formula, (made) => {
        const { holds, marks } = ask(made);
        expect(holds).toBe(value(made));
        if (!holds) expect(marks).toEqual([]);
        const allowed = new Set(positive(made).filter(isTrue));
        expect(marks.every(({ concept }) => allowed.has(concept))).toBe(true);
      }),
    );
  });
});
