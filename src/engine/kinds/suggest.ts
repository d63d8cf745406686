import type { Concept } from '../concepts.ts';
import { bareName } from '../formula/bare-name.ts';
import { formulaText } from '../formula/print.ts';
import type { Formula } from '../formula/formula.ts';
import type { ConceptId } from '../ids.ts';
import { conceptTerms } from './concept-words.ts';
import { formulaShape, ownParts, type FormulaShape } from './formula-shape.ts';
import type { KindGround } from './kind-ground.ts';
import type { KindEvidence, KindSuggestion } from './kind.ts';
import type { NameSimilarity } from './name-similarity.ts';

/** Similarities of names from which on two concepts count as similar; either is enough. Why these: docs/kinds.md. */
export const similarFrom = { tree: 0.75, cosine: 0.35 } as const;

/** Gain of the IoU by what is left out from which on a specialization is certain. */
const SURE_GAIN = 0.25;

/** How similar the names of two concepts are. */
export type SimilarityOf = (one: ConceptId, other: ConceptId) => NameSimilarity;

/** What a suggestion is made of. */
export interface KindQuestion {
  readonly formula: Formula;
  readonly iou: number;
  /** IoU of the best formula of one concept less; 0 where there is none. */
  readonly shorter: number;
  /** Null where nothing is known of the unit's mask. */
  readonly ground: KindGround | null;
}

/** Whether names of such a similarity count as similar; null where nothing is known of them. */
export function isSimilar({ tree, cosine }: NameSimilarity): boolean | null {
  if (tree === null && cosine === null) return null;
  return (tree ?? 0) >= similarFrom.tree || (cosine ?? 0) >= similarFrom.cosine;
}

/** The kind of unit that a formula speaks for (docs/kinds.md has the rules). */
export function suggestKind(
  { formula, iou, shorter, ground }: KindQuestion,
  concepts: readonly Concept[],
  similarityOf: SimilarityOf,
): KindSuggestion {
  const shape = formulaShape(formula);
  const name = (part: Formula): string => formulaText(part, (id) => bareName(concepts[id]));
  const gain: KindEvidence = {
    what: 'gain',
    text: 'What the last concept adds to the IoU, as a share of it',
    value: iou > 0 ? (iou - shorter) / iou : 0,
  };
  if (shape.without.length > 0) return specialization(shape, { iou, shorter, ground, name });
  if (isOneConcept(shape, concepts)) return one(shape, name);
  if (shape.branches.length === 1) {
    const narrowed = shape.branches[0].positives.map(name).join(' and ');
    const said = `Narrowed down by AND (${narrowed}); the paper's specializations have AND NOT`;
    return { kind: 'specialization', confidence: 0.5, evidence: [shapeSays(said), gain] };
  }
  const pairs = branchPairs(shape, concepts, similarityOf);
  const evidence = [...pairs.flatMap(({ evidence: found }) => found), gain];
  if (pairs.every(({ similar }) => similar === true)) {
    const least = Math.min(...pairs.map(({ margin }) => margin));
    return { kind: 'lexical', confidence: 0.5 + 0.5 * least, evidence };
  }
  return unlike(shape, { ground, concepts, name, evidence, known: pairs.some(({ similar }) => similar === false) });
}

type NameOfPart = (part: Formula) => string;

function specialization(
  { without, branches }: FormulaShape,
  { iou, shorter, ground, name }: Omit<KindQuestion, 'formula'> & { readonly name: NameOfPart },
): KindSuggestion {
  const left = without.map(name).join(', ');
  const rest = ground?.withoutNot ?? null;
  const gained = iou > 0 ? Math.max(0, iou - (rest ?? shorter)) / iou : 0;
  const several = branches.length > 1 ? ` Its positive side is an OR of ${branches.length}.` : '';
  return {
    kind: 'specialization',
    confidence: 0.5 + 0.5 * Math.min(1, gained / SURE_GAIN),
    evidence: [
      shapeSays(`The formula leaves out ${left}: L AND NOT C.${several}`),
      { what: 'rest', text: `IoU without AND NOT ${left}`, value: rest },
      { what: 'gain', text: 'What leaving out adds to the IoU, as a share of it, at least', value: gained },
    ],
  };
}

/** A formula of one concept, or one word in several categories or on both sides of a pair. */
function one({ branches }: FormulaShape, name: NameOfPart): KindSuggestion {
  const part = branches[0].positives.at(0);
  if (part?.kind === 'neighbors')
    return {
      kind: 'lexical',
      confidence: 0.6,
      evidence: [shapeSays(`${name(part)} is an OR of words that are near by their vectors`)],
    };
  const said = part ? `The formula names one concept: ${name(part)}` : 'The formula names nothing that must hold';
  return { kind: 'none', confidence: 1, evidence: [shapeSays(said)] };
}

function isOneConcept({ branches }: FormulaShape, concepts: readonly Concept[]): boolean {
  const positives = branches.flatMap((branch) => branch.positives);
  const words = positives.map((part) => {
    if (part.kind !== 'concept') return JSON.stringify(part);
    const concept = concepts[part.concept];
    return conceptTerms(concept).at(0) ?? `${concept.category}/${concept.name}`;
  });
  return new Set(words).size <= 1;
}

interface ComparedPair {
  readonly similar: boolean | null;
  /** How far the better measure lies above its limit, 0 to 1; 0 below. */
  readonly margin: number;
  readonly evidence: readonly KindEvidence[];
}

/** Every two sides of the OR, by the two of their concepts that are most similar. */
function branchPairs(
  shape: FormulaShape,
  concepts: readonly Concept[],
  similarityOf: SimilarityOf,
): readonly ComparedPair[] {
  const sides = shape.branches.map((branch) => ownParts(branch, shape).flatMap(conceptOf));
  return sides.flatMap((side, at) =>
    sides.slice(at + 1).map((other): ComparedPair => {
      const found = side.flatMap((a) => other.map((b) => compared(concepts[a], concepts[b], similarityOf(a, b))));
      return found.reduce((best, next) => (rank(next) > rank(best) ? next : best), found.at(0) ?? unknown);
    }),
  );
}

/** Similar ones before others, those before unknown ones; then by how far they lie above the limit. */
const rank = ({ similar, margin }: ComparedPair): number => (similar === null ? 0 : similar ? 2 + margin : 1);

const unknown: ComparedPair = { similar: null, margin: 0, evidence: [] };

const conceptOf = (part: Formula): readonly ConceptId[] =>
  part.kind === 'concept' ? [part.concept] : part.kind === 'neighbors' ? [part.of] : [];

function compared(one: Concept, other: Concept, similarity: NameSimilarity): ComparedPair {
  const names = `${bareName(one)} and ${bareName(other)}`;
  const above = (value: number | null, from: number): number =>
    value === null ? 0 : Math.min(1, Math.max(0, (value - from) / (1 - from)));
  return {
    similar: isSimilar(similarity),
    margin: Math.max(above(similarity.tree, similarFrom.tree), above(similarity.cosine, similarFrom.cosine)),
    evidence: [
      { what: 'tree', text: `Similarity in WordNet's tree: ${names}`, value: similarity.tree },
      { what: 'cosine', text: `Cosine of the word vectors: ${names}`, value: similarity.cosine },
    ],
  };
}

interface Unlike {
  readonly ground: KindGround | null;
  readonly concepts: readonly Concept[];
  readonly name: NameOfPart;
  readonly evidence: readonly KindEvidence[];
  /** Whether the names of some sides are known not to be similar. */
  readonly known: boolean;
}

/** Sides without a word for all: perceptual-only where they share something that the probing set knows, else polysemantic. */
function unlike(
  { common, branches }: FormulaShape,
  { ground, concepts, name, evidence, known }: Unlike,
): KindSuggestion {
  const counted = ground !== null && !ground.hits.includes(0);
  const shared = (ground?.shared ?? []).flatMap(({ concept, shares, base }): readonly KindEvidence[] => {
    const called = bareName(concepts[concept]);
    return [
      { what: 'share', text: `${called}, where the unit fires on each side, at least`, value: Math.min(...shares) },
      { what: 'base', text: `${called}, everywhere`, value: base },
    ];
  });
  if (common.length > 0) {
    const said = `All sides are ${common.map(name).join(' and ')} by the formula`;
    return { kind: 'perceptual', confidence: known ? 0.6 : 0.4, evidence: [...evidence, shapeSays(said), ...shared] };
  }
  if (shared.length > 0) {
    const least = shared[0].value ?? 0;
    return { kind: 'perceptual', confidence: (known ? 0.3 : 0.2) + 0.3 * least, evidence: [...evidence, ...shared] };
  }
  const said = counted
    ? 'Where the unit fires, the sides share nothing that the probing set knows'
    : 'What the sides may share where the unit fires is not known';
  const confidence = (known ? 0.3 : 0.1) + (counted ? 0.3 : 0);
  return {
    kind: 'polysemantic',
    confidence: Math.max(0.1, confidence - 0.05 * Math.max(0, branches.length - 3)),
    evidence: [...evidence, shapeSays(said)],
  };
}

const shapeSays = (text: string): KindEvidence => ({ what: 'shape', text, value: null });
