import type { AccuracyAnalysis, LeftOutReason } from '../../engine/analysis/accuracy.ts';
import type { Correlation } from '../../engine/statistics/correlation.ts';
import { pText, statisticText } from './analysis-numbers.ts';
import { countText, plural, shareText } from './numbers.ts';

/** Chance of a correlation at least as strong where there is none, below which the page speaks of one. */
const significant = 0.05;

/** Whether the units that are explained are those that work, in a sentence or two. */
export function accuracyAnswer({ points, lengths }: Pick<AccuracyAnalysis, 'points' | 'lengths'>): string {
  const last = lengths.at(-1);
  if (points.length === 0) return 'There is no unit for which this can be told.';
  if (!last?.pearson || !last.spearman) {
    return `${points.length < 3 ? `Only ${plural(points.length, 'unit')} can be compared` : 'All units have the same IoU or the same accuracy'}, so no correlation can be told.`;
  }
  const { pearson, spearman } = last;
  const told =
    pearson.p >= significant
      ? 'Accuracy where a unit fires does not clearly rise or fall with its IoU'
      : `The better a unit is explained, the ${pearson.r > 0 ? 'more' : 'less'} often the model is right where it fires`;
  return `${told}: Pearson ${correlationText(pearson)}, Spearman ${correlationText(spearman)}, over ${plural(pearson.n, 'unit')}.`;
}

/** A correlation with its p: `r = 0.312, p = 2.3e−12`. */
function correlationText({ r, p }: Correlation): string {
  return `r = ${statisticText(r)}, ${pText(p)}`;
}

/** How often the model is right altogether, in a sentence; empty where nothing can be compared. */
export function overallText({ overall, accuracy, withoutGold }: Omit<AccuracyAnalysis, 'points' | 'lengths'>): string {
  if (accuracy === null) return '';
  const left = withoutGold > 0 ? `; ${plural(withoutGold, 'sample')} without a gold label left out` : '';
  return `On all samples the model is right ${shareText(accuracy)} of the time (${countText(overall.right)} of ${countText(overall.compared)}${left}).`;
}

/** Which units are left out and why, in a sentence; empty where none is. */
export function leftOutText({ leftOut, least }: Pick<AccuracyAnalysis, 'leftOut' | 'least'>): string {
  if (leftOut.length === 0) return '';
  const reasons: Readonly<Record<LeftOutReason, string>> = {
    'not-explained': 'without a formula',
    'fires-nowhere': 'firing on no sample',
    few: `firing on fewer than ${least} samples with a gold label and a prediction`,
  };
  const parts = (['not-explained', 'fires-nowhere', 'few'] as const).flatMap((why) => {
    const count = leftOut.filter((unit) => unit.why === why).length;
    return count > 0 ? [`${countText(count)} ${reasons[why]}`] : [];
  });
  return `${plural(leftOut.length, 'unit')} ${leftOut.length === 1 ? 'is' : 'are'} left out: ${parts.join(', ')}.`;
}
