import { explainedUnits, formulaAt, type ExplainedUnit } from '../analysis/explained-units.ts';
import type { ScoredFormula } from '../results/explanation.ts';
import type { LayerResults } from '../results/layer-results.ts';
import type { ConceptId, UnitId } from '../ids.ts';
import type { Formula } from '../formula/formula.ts';
import { formulaLength } from '../formula/length.ts';
import { wilsonInterval, type Interval } from '../statistics/wilson.ts';
import { formulaShape, ownParts } from './formula-shape.ts';
import type { KindGround } from './kind-ground.ts';
import { kinds, type Kind, type KindSuggestion } from './kind.ts';
import { suggestKind, type SimilarityOf } from './suggest.ts';

/** Most concepts in a formula that is judged, as in the paper's figure. */
export const judgedLength = 3;

/** A shorter formula is judged where its IoU is at least this share of the longer one's: what adds less says nothing of a unit's kind. */
const ENOUGH = 0.95;

/** A unit and the formula its kind is told from. */
export interface JudgedUnit {
  readonly unit: UnitId;
  readonly threshold: number;
  readonly formula: Formula;
  readonly iou: number;
  /** IoU of the best formula of one concept less; 0 where there is none. */
  readonly shorter: number;
}

/** A unit with the kind suggested for it. */
export interface UnitKind extends JudgedUnit, KindSuggestion {}

/** How many units are of a kind. */
export interface KindShare {
  readonly kind: Kind;
  readonly units: number;
  /** Over all that were counted, 0 to 1; null where there are none. */
  readonly share: number | null;
  /** The 95 % confidence interval of `share` (Wilson); null where that is. */
  readonly interval: Interval | null;
}

/** What kinds of units a layer has, as far as formulas tell (paper, section 4.1 and Figure 5). */
export interface KindAnalysis {
  /** Most concepts in the formulas judged. */
  readonly length: number;
  /** The explained units, in the order of the results. */
  readonly units: readonly UnitKind[];
  /** All five, over the explained units. */
  readonly shares: readonly KindShare[];
  /** Whether masks were looked at; where not, `perceptual` is suggested by a formula's form only. */
  readonly grounded: boolean;
}

/** The formula each explained unit is judged by: of the best ones of at most `length` concepts the shortest that is about as good as the longest. */
export function judgedUnits(results: Pick<LayerResults, 'units'>, length = judgedLength): readonly JudgedUnit[] {
  return explainedUnits(results).map((unit) => {
    const { formula, iou } = judgedFormula(unit, length);
    const size = formulaLength(formula);
    const shorter = size > 1 ? formulaAt(unit, size - 1).iou : 0;
    return { unit: unit.unit, threshold: unit.threshold ?? Infinity, formula, iou, shorter };
  });
}

function judgedFormula(unit: ExplainedUnit, length: number): ScoredFormula {
  const longest = formulaAt(unit, length);
  const shorter = unit.byLength.slice(0, Math.max(1, length));
  return shorter.find(({ iou }) => iou >= ENOUGH * longest.iou) ?? longest;
}

/** The concepts that must be compared to judge some units, every pair once, the smaller number first. */
export function pairsToCompare(
  units: readonly Pick<JudgedUnit, 'formula'>[],
): readonly (readonly [ConceptId, ConceptId])[] {
  const pairs = new Map<string, readonly [ConceptId, ConceptId]>();
  for (const { formula } of units) {
    const shape = formulaShape(formula);
    const sides = shape.branches.map((branch) => ownParts(branch, shape));
    for (const [at, side] of sides.entries())
      for (const other of sides.slice(at + 1).flat())
        for (const part of side) {
          const [a, b] = [conceptOf(part), conceptOf(other)];
          if (a === null || b === null) continue;
          const pair = [Math.min(a, b) as ConceptId, Math.max(a, b) as ConceptId] as const;
          pairs.set(pairKey(a, b), pair);
        }
  }
  return [...pairs.values()];
}

/** A text that stands for two concepts, whichever comes first. */
export const pairKey = (a: ConceptId, b: ConceptId): string => `${Math.min(a, b)} ${Math.max(a, b)}`;

const conceptOf = (part: Formula): ConceptId | null =>
  part.kind === 'concept' ? part.concept : part.kind === 'neighbors' ? part.of : null;

/**
 * The kinds of a layer's units, suggested from their formulas.
 *
 * @param similarityOf of any two concepts that {@link pairsToCompare} names
 * @param grounds of each judged unit, in their order (kindGround); null where masks are not known
 */
export function kindAnalysis(
  results: Pick<LayerResults, 'units' | 'concepts'>,
  similarityOf: SimilarityOf,
  grounds: readonly (KindGround | null)[] | null,
  length = judgedLength,
): KindAnalysis {
  const units = judgedUnits(results, length).map((unit, at): UnitKind => ({
    ...unit,
    ...suggestKind({ ...unit, ground: grounds?.[at] ?? null }, results.concepts, similarityOf),
  }));
  return { length, units, shares: kindShares(units.map(({ kind }) => kind)), grounded: grounds !== null };
}

/** How many are of each kind. */
export function kindShares(given: readonly Kind[]): readonly KindShare[] {
  return kinds.map((kind) => {
    const units = given.filter((one) => one === kind).length;
    const share = given.length > 0 ? units / given.length : null;
    return { kind, units, share, interval: wilsonInterval(units, given.length) };
  });
}
