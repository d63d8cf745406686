import { readFileSync } from 'node:fs';
import type { Concept, WordVectors } from '../../../src/engine/concepts.ts';
import type { Formula } from '../../../src/engine/formula/formula.ts';
import { referenceText } from '../../../src/engine/formula/print.ts';
import type { ConceptId } from '../../../src/engine/ids.ts';
import type { SearchSettings } from '../../../src/engine/results/explanation.ts';

const folder = new URL('../../golden/nli/', import.meta.url);
const read = (name: string): Buffer => readFileSync(new URL(name, folder));

interface Header {
  readonly features: { readonly shape: readonly [number, number] };
  readonly acts: { readonly shape: readonly [number, number] };
  readonly names_neighbors: readonly string[];
  readonly names_tok: readonly string[];
}

/** One unit of a recorded run of the reference program. */
export interface GoldenPairUnit {
  readonly unit: number;
  readonly acts: number;
  /** With the two sides of an operator in the order of their names. */
  readonly formula: string;
  readonly formula_unsorted: string;
  /** As built, with the features' numbers. */
  readonly formula_numbers: string;
  /** NOT and NEIGHBORS count too. */
  readonly length: number;
  readonly iou: number;
  readonly noncomp: string;
  readonly noncomp_numbers: string;
  readonly noncomp_iou: number;
}

/** A recorded run. */
export interface GoldenPairRun {
  readonly settings: {
    readonly names: 'neighbors' | 'tok';
    readonly MAX_FORMULA_LENGTH: number;
    readonly BEAM_SIZE: number;
    readonly COMPLEXITY_PENALTY: number;
    readonly MIN_ACTS: number;
  };
  readonly neighbor_sets: Readonly<Record<string, readonly number[]>> | null;
  readonly units: readonly GoldenPairUnit[];
}

const header = JSON.parse(read('header.json').toString()) as Header;

export const runs = JSON.parse(read('expected.json').toString()) as readonly GoldenPairRun[];
export const [sampleCount, featureCount] = header.features.shape;
export const unitCount = header.acts.shape[1];
export const features = read('features.u8.bin');
export const activations = read('acts.u8.bin');

/** The features under one of the two recorded namings. */
export const conceptsNamed = (naming: 'neighbors' | 'tok'): readonly Concept[] =>
  (naming === 'neighbors' ? header.names_neighbors : header.names_tok).map((name, id) => ({
    id: id as ConceptId,
    number: id,
    name,
    category: name.slice(0, name.lastIndexOf(':')),
  }));

export const vectors: WordVectors = (() => {
  const rows = read('words.vec').toString().trim().split('\n');
  const split = rows.map((row) => row.split(' '));
  return {
    words: split.map(([word]) => word),
    values: Float32Array.from(split.flatMap(([, ...values]) => values.map(Number))),
    dimensions: split[0].length - 1,
  };
})();

/** A recorded run's settings as ours. */
export const settingsOf = (run: GoldenPairRun): SearchSettings => ({
  length: run.settings.MAX_FORMULA_LENGTH,
  beam: run.settings.BEAM_SIZE,
  penalty: run.settings.COMPLEXITY_PENALTY,
  candidates: null,
  mode: 'reference',
  minActive: run.settings.MIN_ACTS,
  minConcept: 0,
  operators: ['or', 'and', 'and-not', 'neighbors'],
  without: [],
});

/** A formula in the reference's notation, the two sides of every operator in the order of their text. */
export function sortedText(formula: Formula, name: (id: ConceptId) => string): string {
  if (formula.kind !== 'and' && formula.kind !== 'or') return referenceText(formula, name);
  const sides = [sortedText(formula.left, name), sortedText(formula.right, name)];
  return `(${sides.sort().join(` ${formula.kind.toUpperCase()} `)})`;
}
