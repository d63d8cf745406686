import { isExplained } from '../analysis/explained-units.ts';
import type { UnitId } from '../ids.ts';
import type { UnitExplanation } from '../results/explanation.ts';
import { quantile } from '../statistics/quantile.ts';
import { mean } from '../statistics/spread.ts';
import type { UnitChange } from './outcome.ts';
import { sharesOf, tallyOutcome, type OutcomeShares } from './outcome-tally.ts';
import { pruningOrders, pruningSteps } from './pruning-orders.ts';
import { tryInLots, type AblationRunner, type TryOptions } from './runner.ts';
import type { HeldTruth } from './truth.ts';

/** Which units are pruned: all that were asked for, or the explained ones only, while the others stay. */
export type PruningPool = 'all' | 'explained';

/** A model with its first units in an order off. */
export interface PruningPoint extends OutcomeShares {
  /** Units that are off. */
  readonly pruned: number;
}

/** Units switched off one after the other, by IoU. */
export interface PruningCurve {
  readonly order: 'least' | 'most';
  readonly points: readonly PruningPoint[];
  /** Mean of the measure on the way from none to all off: the area under the curve by trapezoids, 0 to 1. */
  readonly area: number;
  /**
   * How likely an area as far out is, were the order as good as a random one: two-sided, (1 + random orders at least as far out on the
   * nearer side) * 2 / (1 + random orders), at most 1. Null without random orders.
   */
  readonly p: number | null;
}

/** The random orders with so many units off. */
export interface RandomPoint {
  readonly pruned: number;
  readonly mean: number;
  /** Quantiles 0.025 and 0.975 of the orders' values (linear interpolation): where 95 % of random orders lie. */
  readonly low: number;
  readonly high: number;
}

/** Pruning by IoU against pruning at random. */
export interface Pruning {
  readonly pool: PruningPool;
  /** Units in the pool. */
  readonly unitCount: number;
  /** Those of them that are not explained: they count as the least interpretable. */
  readonly unexplained: number;
  /** What the curves show: the share of right predictions, or, where nothing is known of these, of predictions that stay. */
  readonly measure: 'right' | 'same';
  readonly curves: readonly PruningCurve[];
  readonly random: {
    readonly orders: number;
    readonly seed: number;
    readonly points: readonly RandomPoint[];
    /** Area under each order's curve, ascending. */
    readonly areas: readonly number[];
  };
}

/** Random orders, and where they start. */
export interface PruningOptions extends TryOptions {
  /** 0 or more; 40 unless told: fewer than 40 cannot give a two-sided p below 0.05. */
  readonly randomOrders?: number;
  /** 1 unless told. */
  readonly seed?: number;
}

/** Random orders unless told. */
export const RANDOM_ORDERS = 40;

/** The units of a pool, ascending. */
export const pooled = (units: readonly UnitExplanation[], pool: PruningPool): readonly UnitExplanation[] =>
  pool === 'all' ? units : units.filter(isExplained);

/**
 * Switches units off one after the other: the least interpretable first, the most interpretable first, and in random orders.
 *
 * @param units those that were asked for; others of the layer stay on
 * @returns null where the pool is empty
 */
export async function pruneUnits(
  runner: Pick<AblationRunner, 'ground' | 'try'>,
  truth: HeldTruth,
  units: readonly UnitExplanation[],
  pool: PruningPool,
  { randomOrders = RANDOM_ORDERS, seed = 1, ...options }: PruningOptions = {},
): Promise<Pruning | null> {
  const chosen = pooled(units, pool);
  if (chosen.length === 0) return null;
  const steps = pruningSteps(chosen.length);
  const { least, most, random } = pruningOrders(chosen, randomOrders, seed);
  const between = steps.slice(1, -1);
  const off = (list: readonly UnitId[]): UnitChange => ({ kind: 'off', units: list });
  // Nothing off and everything off are the same in every order.
  const changes = [
    off([]),
    off(least),
    ...[least, most, ...random].flatMap((order) => between.map((k) => off(order.slice(0, k)))),
  ];
  const take = (outcome: Parameters<typeof tallyOutcome>[1]): OutcomeShares =>
    sharesOf(tallyOutcome(runner.ground, outcome, truth));
  const [none, all, ...rest] = await tryInLots(runner, changes, take, options);
  const pointsOf = (order: number): readonly PruningPoint[] => {
    const own = rest.slice(order * between.length, (order + 1) * between.length);
    return [none, ...own, all].map((shares, at) => ({ pruned: steps[at], ...shares }));
  };
  const measure = none.right.of > 0 ? 'right' : 'same';
  const valuesOf = (points: readonly PruningPoint[]): readonly number[] =>
    points.map((point) => point[measure].share ?? 0);
  const randomValues = random.map((_, at) => valuesOf(pointsOf(at + 2)));
  const areas = randomValues.map((values) => areaUnder(steps, values)).sort((one, other) => one - other);
  const curves = (['least', 'most'] as const).map((order, at): PruningCurve => {
    const points = pointsOf(at);
    const area = areaUnder(steps, valuesOf(points));
    return { order, points, area, p: rankP(area, areas) };
  });
  return {
    ...{ pool, measure, curves },
    unitCount: chosen.length,
    unexplained: chosen.filter((unit) => !isExplained(unit)).length,
    random: { orders: randomOrders, seed, areas, points: randomValues.length > 0 ? bandOf(steps, randomValues) : [] },
  };
}

function bandOf(steps: readonly number[], values: readonly (readonly number[])[]): readonly RandomPoint[] {
  return steps.map((pruned, at) => {
    const here = values.map((one) => one[at]).sort((one, other) => one - other);
    return { pruned, mean: mean(here), low: quantile(here, 0.025), high: quantile(here, 0.975) };
  });
}

/** Area under a line through points, as a share of the way across. */
function areaUnder(steps: readonly number[], values: readonly number[]): number {
  const across = steps[steps.length - 1] - steps[0];
  if (across === 0) return values[0];
  const strips = values.slice(1).map((value, at) => ((value + values[at]) / 2) * (steps[at + 1] - steps[at]));
  return strips.reduce((sum, strip) => sum + strip, 0) / across;
}

/** See {@link PruningCurve.p}. Areas a rounding apart are equal. */
function rankP(area: number, areas: readonly number[]): number | null {
  if (areas.length === 0) return null;
  const slack = 1e-12;
  const above = areas.filter((one) => one >= area - slack).length;
  const below = areas.filter((one) => one <= area + slack).length;
  return Math.min(1, (2 * (1 + Math.min(above, below))) / (1 + areas.length));
}
