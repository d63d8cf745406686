import type { ChangedSample } from '../../engine/ablation/outcome-change.ts';
import type { FormulasAlone } from '../../engine/ablation/formulas-alone.ts';
import type { Pruning } from '../../engine/ablation/pruning.ts';
import type { Share } from '../../engine/ablation/share.ts';
import type { UnitAblation, WithIou } from '../../engine/ablation/unit-ablation.ts';
import type { TrialKind, TrialOutcome } from '../../state/ablation-trial.svelte.ts';
import { pText, statisticText } from './analysis-numbers.ts';
import { countText, plural, shareText } from './numbers.ts';

/** Chance below which the page speaks of a difference or a relation. */
const significant = 0.05;

/** A share as a percentage with its counts: `99.5 % (955 of 960)`. */
export function countedShare({ share, hits, of }: Share): string {
  return share === null ? 'none to compare' : `${preciseShare(share)} (${countText(hits)} of ${countText(of)})`;
}

/** A share as a percentage with a digit after the point: `99.5 %`. */
export function preciseShare(share: number): string {
  const text = (100 * share).toFixed(1);
  return `${text.replace(/\.0$/, '')} %`;
}

/** A difference of shares in percentage points, with its sign: `−15.4 points`, `+0.2 points`, `0 points`. */
export function pointsText(difference: number): string {
  const size = Math.abs(100 * difference);
  const text = size >= 10 ? size.toFixed(1) : String(Number(size.toFixed(2)));
  if (Number(text) === 0) return '0 points';
  return `${difference < 0 ? '−' : '+'}${text} ${text === '1' ? 'point' : 'points'}`;
}

/** What is done to chosen units, as the start of a sentence. */
function doneTo(kind: TrialKind, count: number): string {
  return kind === 'off' ? `Without ${plural(count, 'unit')}` : `With formulas in place of ${plural(count, 'unit')}`;
}

/** What the choice does to the model, in a sentence or two. */
export function trialAnswer({ units, kind, change }: TrialOutcome): string {
  const { before, after, changed, becameWrong, becameRight, p } = change;
  const compared = before.share !== null && after.share !== null;
  if (units.length === 0) {
    return compared
      ? `With all units the model is right on ${countedShare(before)} of the samples.`
      : `No unit is chosen. Gold labels are not known, so what is counted is how many of ${countText(changed.of)} predictions change.`;
  }
  const moved = `${countText(changed.hits)} of ${countText(changed.of)} predictions change (${preciseShare(changed.share ?? 0)})`;
  if (!compared) return `${doneTo(kind, units.length)} ${moved}.`;
  const test =
    p === null
      ? 'None of them makes a right answer wrong or a wrong one right.'
      : `${countText(becameWrong)} right answers become wrong, ${countText(becameRight)} wrong ones right (McNemar ${pText(p)}).`;
  return `${doneTo(kind, units.length)} the model is right on ${preciseShare(after.share ?? 0)} of the samples instead of ${preciseShare(before.share ?? 0)}. ${changed.hits === 0 ? 'No prediction changes.' : `${moved.charAt(0).toUpperCase()}${moved.slice(1)}. ${test}`}`;
}

/** What a changed prediction means. */
export const turnNames: Readonly<Record<ChangedSample['turn'], string>> = {
  lost: 'became wrong',
  won: 'became right',
  other: 'changed',
};

/** Whether what is lost goes with IoU, in a sentence. */
function relationText({ spearman, pearson }: WithIou, what: string): string {
  if (!spearman || !pearson)
    return `Too few units differ in ${what.charAt(0).toLowerCase()}${what.slice(1)} to tell whether it goes with IoU.`;
  const numbers = `Spearman r = ${statisticText(spearman.r)}, ${pText(spearman.p)}; Pearson r = ${statisticText(pearson.r)}, ${pText(pearson.p)}; ${plural(spearman.n, 'unit')}`;
  if (spearman.p >= significant) return `${what} does not clearly rise or fall with IoU (${numbers}).`;
  return `The better a unit is explained, the ${spearman.r > 0 ? 'more' : 'less'} is lost without it (${numbers}).`;
}

/** Which units matter, and whether they are those that are explained, in a few sentences. */
export function singleAnswer({ units, beyondChance, lossByIou, changedByIou }: UnitAblation): string {
  const [first] = units;
  if (!first) return 'There is no unit.';
  if (!lossByIou) {
    return `Most predictions, ${preciseShare(first.changed)}, change without unit ${first.unit}. ${relationText(changedByIou, 'The share of changed predictions')}`;
  }
  const most =
    first.loss !== null && first.loss > 0
      ? `Most is lost without unit ${first.unit}: accuracy changes by ${pointsText(-first.loss)}.`
      : 'No single unit is needed: without any one of them accuracy stays or grows.';
  const chance =
    beyondChance === 0
      ? 'No unit alone changes it by more than chance.'
      : `${countText(beyondChance)} of ${plural(units.length, 'unit')} alone ${beyondChance === 1 ? 'changes' : 'change'} it by more than chance.`;
  return `${most} ${chance} ${relationText(lossByIou, 'Loss')}`;
}

/** What pruning shows, in a few sentences. */
export function pruningAnswer({ curves, random, measure }: Pruning): string {
  const [least, most] = curves;
  const what = measure === 'right' ? 'the model is right on' : 'the prediction stays on';
  const areas = `On the way from none to all of these units off, ${what} ${preciseShare(least.area)} of the samples on average where the least interpretable go first, and on ${preciseShare(most.area)} where the most interpretable do`;
  if (random.areas.length === 0) return `${areas}.`;
  const mean = random.areas.reduce((sum, area) => sum + area, 0) / random.areas.length;
  const range = `${preciseShare(random.areas[0])} to ${preciseShare(random.areas[random.areas.length - 1])}`;
  return `${areas}; in random orders on ${preciseShare(mean)} (${range}). ${pruningVerdict(curves, mean)}`;
}

function pruningVerdict([least, most]: Pruning['curves'], mean: number): string {
  const clear = [least, most].map(({ p }) => p !== null && p < significant);
  const ps = `${pText(least.p ?? 1)} and ${pText(most.p ?? 1)}`;
  if (!clear[0] && !clear[1]) return `Neither order stands out from random ones (${ps}).`;
  const [leastCosts, mostCosts] = [least.area < mean, most.area < mean];
  if (clear[0] && clear[1] && leastCosts === mostCosts) {
    return `Both orders cost ${mostCosts ? 'more' : 'less'} than random ones (${ps}), so IoU alone does not tell which units matter.`;
  }
  const more = clear[1] ? mostCosts : !leastCosts;
  return `So the more interpretable units matter ${more ? 'more' : 'less'} than units drawn at random (${ps}).`;
}

/** What pruning shows where some units are not explained: how they are ordered. Empty where all are. */
export function unexplainedText({ unexplained, pool }: Pruning): string {
  if (pool === 'explained') return 'Only explained units are switched off; the others stay on.';
  return unexplained === 0
    ? ''
    : `${plural(unexplained, 'unit')} without a formula ${unexplained === 1 ? 'counts' : 'count'} as the least interpretable.`;
}

/** How far formulas alone lead, in a sentence or two. */
export function formulasAnswer({ lengths, whole, mostFrequent, explained, unitCount }: FormulasAlone): string {
  const last = lengths.at(-1);
  if (!last) return 'There are no formulas.';
  const from = `From formulas of at most ${plural(last.length, 'concept')} alone`;
  const same = `${preciseShare(last.alone.same.share ?? 0)} of the predictions stay as they are`;
  const units =
    explained < unitCount
      ? ` ${countText(unitCount - explained)} of ${plural(unitCount, 'unit')} have no formula and are off.`
      : '';
  if (last.alone.right.share === null || whole.right.share === null) return `${from} ${same}.${units}`;
  const floor = mostFrequent
    ? `, always saying ${mostFrequent.label} on ${preciseShare(mostFrequent.share.share ?? 0)}`
    : '';
  const kept =
    last.kept === null || last.kept < 0
      ? ''
      : ` The formulas keep ${shareText(last.kept)} of what the model knows beyond that.`;
  return `${from} the model is right on ${preciseShare(last.alone.right.share)} of the samples; from its activations on ${preciseShare(whole.right.share)}${floor}.${kept} ${same}.${units}`;
}
