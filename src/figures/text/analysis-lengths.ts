import type { LengthAnalysis } from '../../engine/analysis/lengths.ts';
import { pText, statisticText } from './analysis-numbers.ts';
import { countText, iouText, plural } from './numbers.ts';

/** How much longer formulas explain, in a sentence or two. */
export function lengthsAnswer({ units, lengths, flatFrom, tests }: LengthAnalysis): string {
  const [first, last] = [lengths.at(0), lengths.at(-1)];
  if (!first?.spread || !last?.spread) return 'No unit is explained, so there is nothing to compare.';
  if (tests === null) {
    return `The formulas have one concept each; their mean IoU is ${iouText(first.spread.mean)}, over ${plural(units.length, 'unit')}. Explain the units with a larger length to see what further concepts bring.`;
  }
  const grown =
    last.increase === null ? '' : `, ${increaseText(last.increase)} the ${iouText(first.spread.mean)} of one`;
  const flat =
    flatFrom === null
      ? `The ${ordinal(last.length)} still adds 1 % or more, so longer formulas may bring more.`
      : flatFrom === 1
        ? 'No further concept adds as much as 1 %.'
        : `From ${plural(flatFrom, 'concept')} on, each further one adds less than 1 %.`;
  return `With up to ${plural(last.length, 'concept')}, the mean IoU is ${iouText(last.spread.mean)}${grown}. ${flat}`;
}

/** The paired tests, in a sentence; empty where there is none. */
export function testsText({ units, tests }: Pick<LengthAnalysis, 'units' | 'tests'>): string {
  if (tests === null) return '';
  const { length, wilcoxon, pairedT } = tests;
  if (wilcoxon === null) return `No unit's IoU at length ${length} differs from that at length 1.`;
  const { statistic, p, pairs, zeros } = wilcoxon;
  const rank = `Wilcoxon signed-rank test of length ${length} against length 1: W = ${countOrHalf(statistic)}, ${pText(p)}, n = ${countText(pairs)}${zeros > 0 ? `, of which ${countText(zeros)} without a difference are left out` : ''}`;
  if (pairedT === null) return `${rank}.`;
  return `${rank}. Paired t-test: t = ${statisticText(pairedT.t, 2)}, ${countText(pairedT.df)} degrees of freedom, ${pText(pairedT.p)}, n = ${countText(units.length)}.`;
}

/** What the chart of length shows, for people who do not see it. */
export function lengthsDescription({ lengths }: Pick<LengthAnalysis, 'lengths'>): string {
  const means = lengths.flatMap(({ length, spread }) =>
    spread ? [`${iouText(spread.mean)} at length ${length}`] : [],
  );
  return `Mean IoU ${means.join(', ')}.`;
}

function increaseText(percent: number): string {
  const size = Math.abs(percent);
  if (size < 0.05) return 'the same as';
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} % ${percent > 0 ? 'above' : 'below'}`;
}

// Ties give ranks of a half.
function countOrHalf(value: number): string {
  return Number.isInteger(value) ? countText(value) : `${countText(Math.floor(value))}.5`;
}

function ordinal(count: number): string {
  const ending = { 1: 'st', 2: 'nd', 3: 'rd' }[count % 10];
  return `${count}${ending !== undefined && Math.floor((count % 100) / 10) !== 1 ? ending : 'th'}`;
}
