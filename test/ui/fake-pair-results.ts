import type { Concept } from '../../src/engine/concepts.ts';
import type { Formula } from '../../src/engine/formula/formula.ts';
import type { ConceptId, UnitId } from '../../src/engine/ids.ts';
import { defaultPairSettings } from '../../src/engine/results/default-settings.ts';
import type { ScoredFormula, UnitExplanation } from '../../src/engine/results/explanation.ts';
import type { LayerResults } from '../../src/engine/results/layer-results.ts';
import { ENTAILMENT_LABELS, wordsOf } from '../../src/engine/text/sentence-pair.ts';
import type { Sentence, SentencePair } from '../../src/engine/text/sentence-pair.ts';
import { random } from './fake-data.ts';

const tags: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['man', 'woman', 'dog', 'park', 'street', 'guitar', 'ball'].map((word) => [word, 'NN'])),
  ...Object.fromEntries(['people', 'boys'].map((word) => [word, 'NNS'])),
  ...Object.fromEntries(['playing', 'sleeping', 'running', 'eating'].map((word) => [word, 'VBG'])),
  ...{ a: 'DT', the: 'DT', is: 'VBZ', are: 'VBP', in: 'IN', with: 'IN', nobody: 'NN', outdoors: 'RB', '.': '.' },
};

function sentence(words: readonly string[]): Sentence {
  const text = words.map((word, at) => (at === 0 ? word[0].toUpperCase() + word.slice(1) : word)).join(' ');
  const spans: number[] = [];
  let at = 0;
  for (const word of words) {
    spans.push(at, at + word.length);
    at += word.length + 1;
  }
  return { text, spans, tags: words.map((word) => tags[word] ?? 'FW') };
}

/** How many made-up pairs there are. */
export const pairCount = 240;

function makePair(sample: number): SentencePair {
  const next = random(sample + 3);
  const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(next() * values.length)];
  const subject = pick([
    ['a', 'man'],
    ['a', 'woman'],
    ['the', 'people'],
    ['the', 'boys'],
    ['a', 'dog'],
  ]);
  const verb = pick(['playing', 'sleeping', 'running', 'eating']);
  const place = pick([
    ['in', 'the', 'park'],
    ['in', 'the', 'street'],
    ['with', 'a', 'guitar', 'in', 'the', 'street'],
    [],
  ]);
  const is = /s$|people/.test(subject[1]) ? 'are' : 'is';
  const premise = [...subject, is, verb, ...place, '.'];
  const gold = pick([...ENTAILMENT_LABELS, null]);
  const hypotheses = {
    entailment: [...subject, is, pick([verb, 'outdoors']), '.'],
    neutral: [...subject, is, verb, 'with', 'a', pick(['ball', 'dog']), '.'],
    contradiction: pick([
      ['nobody', 'is', verb, '.'],
      [...subject, is, 'sleeping', '.'],
    ]),
  };
  // One pair is far longer than a tile.
  const long = sample === 7 ? Array.from({ length: 60 }, () => ['the', 'people', 'are', 'running']).flat() : [];
  return {
    premise: sentence([...long, ...premise]),
    hypothesis: sentence(hypotheses[(gold ?? 'neutral') as keyof typeof hypotheses]),
    gold,
    given: sample % 5 === 0 ? 'neutral' : null,
  };
}

/** Made-up sentence pairs. */
export const pairs: readonly SentencePair[] = Array.from({ length: pairCount }, (_, sample) => makePair(sample));

const names: readonly (readonly [category: string, name: string])[] = [
  ...(['pre', 'hyp'] as const).flatMap((side) => {
    const own = pairs.map((pair) => (side === 'pre' ? pair.premise : pair.hypothesis));
    const words = [...new Set(own.flatMap(wordsOf))].sort();
    const used = [...new Set(own.flatMap((one) => one.tags))].sort();
    return [
      ...words.map((word) => [`${side}:tok`, `${side}:${word}`] as const),
      ...used.map((tag) => [`${side}:tag`, `${side}:tag:${tag}`] as const),
    ];
  }),
  ...[0, 25, 50, 75].map((share) => ['overlap', `overlap-${share}%`] as const),
];

/** Concepts of the made-up pairs. */
export const pairConcepts: readonly Concept[] = names.map(([category, name], index) => ({
  id: index as ConceptId,
  number: index + 1,
  name,
  category,
}));

/** A concept by its name, as a formula. */
export function called(name: string): Extract<Formula, { kind: 'concept' }> {
  const found = pairConcepts.find((concept) => concept.name === name);
  if (!found) throw new Error(`no concept ${name}`);
  return { kind: 'concept', concept: found.id };
}

/** Share of unique words that both sentences have. */
function overlap({ premise, hypothesis }: SentencePair): number {
  const [one, other] = [new Set(wordsOf(premise)), new Set(wordsOf(hypothesis))];
  return [...one].filter((word) => other.has(word)).length / new Set([...one, ...other]).size;
}

/** The words of a pair at which a concept is true; for overlap those that both sentences share; null: it is not true. */
export function wordsTrue(
  concept: ConceptId,
  pair: SentencePair,
): readonly (readonly ['premise' | 'hypothesis', number])[] | null {
  const { name, category } = pairConcepts[concept];
  const at = (side: 'premise' | 'hypothesis', fits: (word: number) => boolean): (readonly [typeof side, number])[] =>
    pair[side].tags.flatMap((_, word) => (fits(word) ? [[side, word] as const] : []));
  if (category === 'overlap') {
    if (overlap(pair) <= Number(/\d+/.exec(name)?.[0]) / 100) return null;
    const [premise, hypothesis] = [wordsOf(pair.premise), wordsOf(pair.hypothesis)];
    return [
      ...at('premise', (word) => hypothesis.includes(premise[word])),
      ...at('hypothesis', (word) => premise.includes(hypothesis[word])),
    ];
  }
  const side = category.startsWith('pre') ? 'premise' : 'hypothesis';
  const value = name.slice(category.endsWith('tag') ? 8 : 4);
  const words = wordsOf(pair[side]);
  const found = at(side, (word) => (category.endsWith('tag') ? pair[side].tags[word] : words[word]) === value);
  return found.length > 0 ? found : null;
}

/** The concepts that NEIGHBORS of a concept takes in. */
export function nearTo(concept: ConceptId): readonly ConceptId[] {
  const { name } = pairConcepts[concept];
  const near = { 'pre:man': ['pre:woman', 'pre:boys'], 'hyp:sleeping': ['hyp:eating'] }[name] ?? [];
  return [concept, ...near.map((other) => called(other).concept)];
}

/** Whether a formula holds on a pair. */
export function holdsOn(formula: Formula, pair: SentencePair): boolean {
  switch (formula.kind) {
    case 'concept':
      return wordsTrue(formula.concept, pair) !== null;
    case 'neighbors':
      return nearTo(formula.of).some((id) => wordsTrue(id, pair) !== null);
    case 'not':
      return !holdsOn(formula.of, pair);
    case 'and':
      return holdsOn(formula.left, pair) && holdsOn(formula.right, pair);
    case 'or':
      return holdsOn(formula.left, pair) || holdsOn(formula.right, pair);
  }
}

const or = (left: Formula, right: Formula): Formula => ({ kind: 'or', left, right });
const butNot = (left: Formula, of: Formula): Formula => ({ kind: 'and', left, right: { kind: 'not', of } });

/** Formulas of the made-up units, over and over. */
const formulas: readonly Formula[] = [
  or(called('hyp:nobody'), called('hyp:sleeping')),
  or(or(called('hyp:sleeping'), called('hyp:nobody')), called('hyp:tag:NNS')),
  butNot(called('overlap-50%'), called('pre:tag:NNS')),
  { kind: 'and', left: called('pre:man'), right: called('hyp:man') },
  butNot({ kind: 'neighbors', of: called('pre:man').concept }, called('hyp:nobody')),
  called('pre:park'),
];

/** A unit's made-up activation on a pair: about as its formula says, never below 0. */
export function activationOn(unit: number, sample: number): number {
  const noise = random(unit * 997 + sample + 5)();
  const right = noise > 0.12;
  return holdsOn(formulas[unit % formulas.length], pairs[sample]) === right ? 0.2 + 2.5 * noise : 0;
}

/** The made-up explanation of a unit. */
export function fakePairUnit(unit: number): UnitExplanation {
  const firing = pairs.map((_, sample) => sample).filter((sample) => activationOn(unit, sample) > 0);
  const scored = (formula: Formula): ScoredFormula => {
    const held = pairs.map((_, sample) => sample).filter((sample) => holdsOn(formula, pairs[sample]));
    const intersection = held.filter((sample) => firing.includes(sample)).length;
    const iou = intersection / (held.length + firing.length - intersection);
    return { formula, iou, score: iou, size: held.length, intersection };
  };
  const base = { unit: unit as UnitId, threshold: 0, area: firing.length, firing: firing.length };
  if (unit % 11 === 9) {
    const nothing = { best: null, byLength: [], beam: [], top: [] };
    return { ...base, ...nothing, area: 3, firing: 3, state: 'too-few' };
  }
  const best = scored(formulas[unit % formulas.length]);
  const grown: ScoredFormula[] = [];
  for (let part = best.formula; ; part = part.left) {
    grown.unshift(part === best.formula ? best : scored(part));
    if (part.kind !== 'and' && part.kind !== 'or') break;
  }
  const top = firing
    .map((sample) => {
      const words = (pairs[sample].premise.spans.length + pairs[sample].hypothesis.spans.length) / 2;
      return { sample, peak: activationOn(unit, sample), word: unit % 2 === 0 ? words - 2 : 1 };
    })
    .sort((one, other) => other.peak - one.peak)
    .slice(0, 18);
  const beam = [best, ...formulas.filter((formula) => formula !== best.formula).map(scored)];
  return { ...base, state: 'explained', best, byLength: grown, beam, top };
}

const unitCount = 32;
const classNames = [...ENTAILMENT_LABELS];

/** Made-up results of an entailment model. */
export const fakePairResults: LayerResults = {
  key: 'pairs',
  madeAt: '2026-11-23T12:10:00Z',
  tookMs: 4200,
  samplesRead: pairCount,
  probing: {
    format: 'entailment',
    title: 'Generated sentence pairs',
    contentHash: 'e27a11'.repeat(10),
    sampleCount: pairCount,
    grid: { height: 1, width: 1 },
    notes: [],
    synthetic: true,
  },
  activations: {
    kind: 'model',
    name: 'entailment.onnx',
    hash: 'fed1cab7'.repeat(8),
    layer: 'mlp/relu',
    operator: 'Relu',
    feed: {
      kind: 'pairs',
      encoding: { roles: {}, order: 'batch-first', tokenizer: null, maxTokens: 64, classes: classNames },
    },
    provider: 'wasm',
    providerNote: 'WebAssembly runs on 2 threads.',
    runtimeVersion: '1.30.0',
  },
  settings: defaultPairSettings(pairCount),
  unitRange: [0, unitCount - 1],
  unitCount,
  categories: [...new Set(pairConcepts.map(({ category }) => category))],
  concepts: pairConcepts,
  units: Array.from({ length: unitCount }, (_, unit) => fakePairUnit(unit)),
  classes: {
    names: classNames,
    weights: Array.from({ length: unitCount }, (_, unit) => {
      const next = random(unit + 400);
      return [-1.2 + 1.6 * next(), -0.6 + next(), unit % 2 === 0 ? 0.4 + next() : -1 + next()];
    }),
    predicted: pairs.map(({ gold }, sample) => {
      const place = classNames.findIndex((name) => name === gold);
      return place < 0 || sample % 4 === 1 ? (sample * 7) % 3 : place;
    }),
  },
};
