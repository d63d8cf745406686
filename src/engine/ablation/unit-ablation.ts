import { isExplained } from '../analysis/explained-units.ts';
import type { UnitId } from '../ids.ts';
import type { UnitExplanation } from '../results/explanation.ts';
import { pearson, spearman, type Correlation } from '../statistics/correlation.ts';
import { holm } from '../statistics/holm.ts';
import type { AblationOutcome } from './outcome.ts';
import { effectsOf, outcomeChange } from './outcome-change.ts';
import { tryInLots, type AblationRunner, type TryOptions } from './runner.ts';
import type { HeldTruth } from './truth.ts';

/** What a unit does to the output of a class. */
export interface ClassEffect {
  /** The class, as a place in the model's output. */
  readonly place: number;
  /** Mean output with the unit less that without it: above 0 where the unit pushes the class. */
  readonly effect: number;
}

/** What the model loses where one unit is off. */
export interface UnitLoss {
  readonly unit: UnitId;
  /** Of its best formula; null where it is not explained. */
  readonly iou: number | null;
  /** Share of the held samples whose prediction changes. */
  readonly changed: number;
  readonly becameWrong: number;
  readonly becameRight: number;
  /** Accuracy with all units less accuracy without this one, -1 to 1; null where nothing is known of right answers. */
  readonly loss: number | null;
  /** Exact McNemar test, two-sided; null where no sample becomes right or wrong. */
  readonly p: number | null;
  /** `p` raised for there being as many tests as units (Holm). */
  readonly holm: number | null;
  /** Effects above 0, the largest first, at most 3. */
  readonly pushes: readonly ClassEffect[];
  /** Effects below 0, the smallest first, at most 3. */
  readonly holds: readonly ClassEffect[];
}

/** A unit and how many samples of a label the model is right on without it. */
export interface LabelWithout {
  readonly unit: UnitId;
  readonly right: number;
}

/** The units that matter most to the samples of one gold label. */
export interface LabelUnits {
  readonly label: string;
  /** The class of that name, as a place in the model's output; null where there is none. */
  readonly place: number | null;
  /** Held samples of this label. */
  readonly compared: number;
  /** Those of them on which the whole model is right. */
  readonly right: number;
  /** Units without which it is right on fewer of them, the fewest first, at most 5. */
  readonly needs: readonly LabelWithout[];
}

/** A unit and its effect on a class. */
export interface UnitEffect {
  readonly unit: UnitId;
  readonly effect: number;
}

/** The units that push a class, or hold it back, most: by what changes where they are off. */
export interface ClassUnitEffects {
  readonly place: number;
  /** Effects above 0, the largest first, at most 5. */
  readonly push: readonly UnitEffect[];
  /** Effects below 0, the smallest first, at most 5. */
  readonly hold: readonly UnitEffect[];
}

/** How something goes with IoU, over the explained units. */
export interface WithIou {
  readonly pearson: Correlation | null;
  readonly spearman: Correlation | null;
}

/** What the model loses without each of its units. */
export interface UnitAblation {
  /** The largest loss first; where that is equal or unknown, the most changed predictions; then by unit. */
  readonly units: readonly UnitLoss[];
  /** Units without which the accuracy changes by more than chance: `holm` below 0.05. */
  readonly beyondChance: number;
  /** Loss against IoU; null where nothing is known of right answers. */
  readonly lossByIou: WithIou | null;
  /** Share of predictions that change against IoU. */
  readonly changedByIou: WithIou;
  /** In the order of the model's output. */
  readonly labels: readonly LabelUnits[];
  /** In the order of the model's output. */
  readonly classes: readonly ClassUnitEffects[];
}

const MOST_OF_UNIT = 3;
const MOST_OF_CLASS = 5;
const LEVEL = 0.05;

/** Switches each unit off alone. */
export async function ablateUnits(
  runner: Pick<AblationRunner, 'ground' | 'try'>,
  truth: HeldTruth,
  units: readonly UnitExplanation[],
  options: TryOptions = {},
): Promise<UnitAblation> {
  const { ground } = runner;
  const push = new StrongestUnits(ground.classNames.length, 1);
  const hold = new StrongestUnits(ground.classNames.length, -1);
  const needs = new StrongestUnits(truth.labels.length, 1);
  const whole = outcomeChange(ground, ground.whole, truth);
  const take = (outcome: AblationOutcome, at: number): Omit<UnitLoss, 'holm'> => {
    const explanation = units[at];
    const { unit } = explanation;
    const change = outcomeChange(ground, outcome, truth);
    const effects = effectsOf(ground, outcome);
    effects.forEach((effect, place) => {
      push.take(place, unit, effect);
      hold.take(place, unit, effect);
    });
    change.classes.forEach(({ before, after }, label) => needs.take(label, unit, before - after));
    const { before, after, becameWrong, becameRight, p } = change;
    return {
      unit,
      iou: isExplained(explanation) ? explanation.best.iou : null,
      changed: change.changed.share ?? 0,
      becameWrong,
      becameRight,
      loss: before.share === null || after.share === null ? null : before.share - after.share,
      p,
      pushes: strongest(effects, 1),
      holds: strongest(effects, -1),
    };
  };
  const changes = units.map(({ unit }) => ({ kind: 'off', units: [unit] }) as const);
  const losses = await tryInLots(runner, changes, take, options);
  const raised = holm(losses.map(({ p }) => p));
  const explained = losses.filter(({ iou }) => iou !== null);
  const ious = explained.map(({ iou }) => iou ?? 0);
  const withIou = (values: readonly number[]): WithIou => ({
    pearson: pearson(ious, values),
    spearman: spearman(ious, values),
  });
  return {
    units: losses.map((loss, at) => ({ ...loss, holm: raised[at] })).sort(byLoss),
    beyondChance: raised.filter((p) => p !== null && p < LEVEL).length,
    lossByIou: whole.before.of > 0 ? withIou(explained.map(({ loss }) => loss ?? 0)) : null,
    changedByIou: withIou(explained.map(({ changed }) => changed)),
    labels: whole.classes.map(({ label, place, compared, before }, at) => ({
      ...{ label, place, compared, right: before },
      needs: needs.of(at).map(({ unit, effect }) => ({ unit, right: before - effect })),
    })),
    classes: ground.classNames.map((_, place) => ({ place, push: push.of(place), hold: hold.of(place) })),
  };
}

function byLoss(one: UnitLoss, other: UnitLoss): number {
  return (other.loss ?? 0) - (one.loss ?? 0) || other.changed - one.changed || one.unit - other.unit;
}

/** The strongest effects of one sign. */
function strongest(effects: readonly number[], sign: 1 | -1): readonly ClassEffect[] {
  return effects
    .flatMap((effect, place) => (sign * effect > 0 ? [{ place, effect }] : []))
    .sort((one, other) => sign * (other.effect - one.effect) || one.place - other.place)
    .slice(0, MOST_OF_UNIT);
}

/** For each of some classes the few units with the strongest effects of one sign, so that not all effects of all units are held. */
class StrongestUnits {
  readonly #kept: UnitEffect[][];
  readonly #sign: 1 | -1;

  constructor(count: number, sign: 1 | -1) {
    this.#kept = Array.from({ length: count }, () => []);
    this.#sign = sign;
  }

  take(at: number, unit: UnitId, effect: number): void {
    if (!(this.#sign * effect > 0)) return;
    const kept = this.#kept[at];
    // Behind equal ones: units come in ascending order.
    const weaker = kept.findIndex((one) => this.#sign * (effect - one.effect) > 0);
    kept.splice(weaker < 0 ? kept.length : weaker, 0, { unit, effect });
    if (kept.length > MOST_OF_CLASS) kept.pop();
  }

  of(at: number): readonly UnitEffect[] {
    return this.#kept[at];
  }
}
