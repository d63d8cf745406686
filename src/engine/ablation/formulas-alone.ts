import { explainedUnits } from '../analysis/explained-units.ts';
import type { UnitId } from '../ids.ts';
import type { LayerResults } from '../results/layer-results.ts';
import { spreadOf, type Spread } from '../statistics/spread.ts';
import type { FormulaStandIn, UnitChange } from './outcome.ts';
import { sharesOf, tallyOutcome, type OutcomeShares } from './outcome-tally.ts';
import { tryInLots, type AblationRunner, type TryOptions } from './runner.ts';
import { shareOf, type Share } from './share.ts';
import type { HeldTruth } from './truth.ts';

/** A model whose explained units are replaced by formulas of at most so many concepts. */
export interface FormulasAtLength {
  readonly length: number;
  /** The units that are not explained are off: the model has nothing but the formulas. */
  readonly alone: OutcomeShares;
  /** The units that are not explained stay. Null where all are explained: then it is the same. */
  readonly withOthers: OutcomeShares | null;
  /**
   * Of the accuracy that the whole model has beyond the most frequent label, the share that formulas alone have: 1 all of it, 0 none,
   * below 0 less than none. Null where that cannot be told.
   */
  readonly kept: number | null;
  /** Of the explained units' `told`, those left out whose activation does not vary; null where there are none. */
  readonly told: Spread | null;
  /** A line for each explained unit, in their order. */
  readonly standIns: readonly FormulaStandIn[];
}

/** How far the formulas alone lead to the classes: the paper's third question. */
export interface FormulasAlone {
  /** Units that are explained. */
  readonly explained: number;
  /** Units of the layer. */
  readonly unitCount: number;
  /** Lengths 1 and 3 and the one asked for, as far as there are formulas of so many concepts. */
  readonly lengths: readonly FormulasAtLength[];
  readonly whole: OutcomeShares;
  /** The explained units keep their own activations, the others are off; what formulas lose against this they lose by being formulas. */
  readonly explainedOnly: OutcomeShares;
  /** All units off: the same class for every sample, unless something else than the layer leads to the output. */
  readonly nothing: OutcomeShares;
  /** The most frequent gold label; null where nothing is known of right answers. */
  readonly mostFrequent: { readonly label: string; readonly share: Share } | null;
  /** The class that the whole model predicts most often. */
  readonly mostPredicted: { readonly place: number; readonly share: Share };
}

/** The units that have a formula, and so can be replaced by it. */
export const replaceableUnits = (results: Pick<LayerResults, 'units'>): ReadonlySet<number> =>
  new Set<number>(explainedUnits(results).map(({ unit }) => unit));

/** Lengths that are tried besides the longest. */
const LENGTHS = [1, 3];

/** Lengths at which formulas are tried, ascending. */
export function triedLengths({ settings }: Pick<LayerResults, 'settings'>): readonly number[] {
  return [...LENGTHS.filter((length) => length < settings.length), settings.length];
}

/**
 * Classifies from formulas alone.
 *
 * @returns null where no unit is explained
 */
export async function classifyByFormulas(
  runner: AblationRunner,
  truth: HeldTruth,
  results: Pick<LayerResults, 'units' | 'settings'>,
  { onProgress, signal }: TryOptions = {},
): Promise<FormulasAlone | null> {
  const { ground } = runner;
  const explained = replaceableUnits(results);
  const units = [...explained];
  if (units.length === 0) return null;
  const every = Array.from({ length: ground.unitCount }, (_, unit) => unit);
  const others = every.filter((unit) => !explained.has(unit));
  const lengths = triedLengths(results);
  const total = 3 + lengths.length * 2;
  const take = (outcome: Parameters<typeof tallyOutcome>[1]): OutcomeShares =>
    sharesOf(tallyOutcome(ground, outcome, truth));
  const base: readonly UnitChange[] = [
    { kind: 'off', units: others },
    { kind: 'off', units: every },
  ];
  const [explainedOnly, nothing] = await tryInLots(runner, base, take, signal ? { signal } : {});
  onProgress?.(3, total);
  const whole = sharesOf(tallyOutcome(ground, ground.whole, truth));
  const mostFrequent = frequentLabel(truth);
  const found: FormulasAtLength[] = [];
  for (const length of lengths) {
    signal?.throwIfAborted();
    const standIns = await runner.standIns({ length, ...(signal ? { signal } : {}) });
    onProgress?.(4 + 2 * found.length, total);
    const replaced = (rest: 'stay' | 'off'): UnitChange => ({ kind: 'formulas', units, others: rest, length });
    const changes = others.length > 0 ? [replaced('off'), replaced('stay')] : [replaced('off')];
    const [alone, withOthers = null] = await tryInLots(runner, changes, take, signal ? { signal } : {});
    found.push({
      ...{ length, alone, withOthers, standIns },
      kept: keptOf(alone.right.share, whole.right.share, mostFrequent?.share.share ?? null),
      told: spreadOf(standIns.flatMap(({ told }) => told ?? [])),
    });
    onProgress?.(3 + 2 * found.length, total);
  }
  return {
    ...{ whole, explainedOnly, nothing, mostFrequent },
    explained: units.length,
    unitCount: ground.unitCount,
    lengths: found,
    mostPredicted: frequentClass(ground.whole.predicted, ground.classNames.length),
  };
}

/** See {@link FormulasAtLength.kept}. */
function keptOf(share: number | null, whole: number | null, floor: number | null): number | null {
  if (share === null || whole === null || floor === null || whole <= floor) return null;
  return (share - floor) / (whole - floor);
}

function frequentLabel({ labels, labelAt }: HeldTruth): FormulasAlone['mostFrequent'] {
  const counts = new Uint32Array(labels.length);
  for (const label of labelAt) if (label >= 0) counts[label] += 1;
  const most = largestAt(counts);
  if (most < 0) return null;
  const compared = counts.reduce((sum, count) => sum + count, 0);
  return { label: labels[most].label, share: shareOf(counts[most], compared) };
}

function frequentClass(predicted: Int32Array, classCount: number): FormulasAlone['mostPredicted'] {
  const counts = new Uint32Array(classCount);
  for (const place of predicted) counts[place] += 1;
  const place = Math.max(0, largestAt(counts));
  return { place, share: shareOf(counts[place] ?? 0, predicted.length) };
}

/** Where the largest count is, the first of equals; -1 of none. */
function largestAt(counts: Uint32Array): number {
  let at = -1;
  for (let place = 0; place < counts.length; place += 1) if (at < 0 || counts[place] > counts[at]) at = place;
  return at;
}

/** A unit's line at the longest length. */
export function longestStandIns({ lengths }: FormulasAlone): ReadonlyMap<UnitId, FormulaStandIn> {
  return new Map(lengths.at(-1)?.standIns.map((line) => [line.unit as UnitId, line]) ?? []);
}
