import type { Concept } from '../concepts.ts';
import type { Formula } from '../formula/formula.ts';
import type { ConceptId } from '../ids.ts';
import type { FormulaOnPair, WordMark } from './pair-facts.ts';
import { wordsOf, type Sentence, type SentencePair, type Side } from './sentence-pair.ts';

const sideOf: Readonly<Record<string, Side>> = { pre: 'premise', hyp: 'hypothesis' };

/**
 * Whether a formula holds on a pair, and which words make it true: those of its true concepts, where they stand under no NOT. A word is marked
 * once for each concept that it makes true.
 *
 * @param neighborsOf the concepts whose union NEIGHBORS of a concept is, itself among them
 * @param holdsConcept whether a concept is true of the pair
 */
export function formulaOnPair(
  formula: Formula,
  pair: SentencePair,
  concepts: readonly Concept[],
  neighborsOf: (concept: ConceptId) => readonly number[],
  holdsConcept: (concept: number) => boolean,
): FormulaOnPair {
  const holds = (part: Formula): boolean => {
    switch (part.kind) {
      case 'concept':
        return holdsConcept(part.concept);
      case 'neighbors':
        return neighborsOf(part.of).some(holdsConcept);
      case 'not':
        return !holds(part.of);
      case 'and':
        return holds(part.left) && holds(part.right);
      case 'or':
        return holds(part.left) || holds(part.right);
    }
  };
  const reasons = new Set<number>();
  const collect = (part: Formula): void => {
    if (part.kind === 'not' || !holds(part)) return;
    if (part.kind === 'concept') reasons.add(part.concept);
    else if (part.kind === 'neighbors') for (const near of neighborsOf(part.of).filter(holdsConcept)) reasons.add(near);
    else {
      collect(part.left);
      collect(part.right);
    }
  };
  collect(formula);
  const marks = Array.from(reasons).flatMap((concept) => marksOf(concepts[concept], pair));
  const place = ({ side, word }: WordMark): number => (side === 'premise' ? 0 : pair.premise.spans.length) + word;
  return { holds: holds(formula), marks: marks.sort((a, b) => place(a) - place(b)) };
}

/** The words of a pair that make a concept true; none for one that has to do with no words. */
function marksOf({ id, name, category }: Concept, pair: SentencePair): WordMark[] {
  if (category === 'overlap') return sharedWords(pair, id);
  const [prefix, kind] = category.split(':');
  if (!Object.hasOwn(sideOf, prefix)) return [];
  const side = sideOf[prefix];
  const { names, start } = namesOf(pair[side], kind);
  const wanted = name.slice(`${prefix}:${start}`.length);
  return marksWhere(names, side, id, (found) => found === wanted);
}

/** What concepts of a kind say of each word of a sentence, and what stands before it in their names, behind the side. */
function namesOf(sentence: Sentence, kind: string): { names: readonly string[]; start: string } {
  if (kind === 'tag') return { names: sentence.tags, start: 'tag:' };
  if (kind === 'lemma') return { names: sentence.lemmas ?? [], start: 'lemma:' };
  return { names: wordsOf(sentence), start: '' };
}

function sharedWords({ premise, hypothesis }: SentencePair, concept: ConceptId): WordMark[] {
  const words = { premise: wordsOf(premise), hypothesis: wordsOf(hypothesis) };
  const inPremise = new Set(words.premise);
  const inHypothesis = new Set(words.hypothesis);
  return [
    ...marksWhere(words.premise, 'premise', concept, (word) => inHypothesis.has(word)),
    ...marksWhere(words.hypothesis, 'hypothesis', concept, (word) => inPremise.has(word)),
  ];
}

function marksWhere(
  names: readonly string[],
  side: Side,
  concept: ConceptId,
  isMeant: (name: string) => boolean,
): WordMark[] {
  return Array.from(names.keys())
    .filter((word) => isMeant(names[word]))
    .map((word) => ({ side, word, concept }));
}
