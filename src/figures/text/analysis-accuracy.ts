import type { AccuracyAnalysis, LeftOutReason } from '../../engine/analysis/accuracy.ts';
import type { LabelMatch, MatchedBy } from '../../engine/analysis/class-match.ts';
import type { GoldSource } from '../../engine/analysis/gold-labels.ts';
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
export function overallText({
  overall,
  accuracy,
  interval,
  withoutGold,
  withoutClass,
}: Omit<AccuracyAnalysis, 'points' | 'lengths'>): string {
  if (accuracy === null) return '';
  const left = [
    ...(withoutGold > 0 ? [`${plural(withoutGold, 'sample')} without a gold label left out`] : []),
    ...(withoutClass > 0 ? [`${plural(withoutClass, 'sample')} whose gold label stands for no class left out`] : []),
  ];
  const between = interval
    ? `; 95 % interval ${(100 * interval.low).toFixed(1)} to ${(100 * interval.high).toFixed(1)} %`
    : '';
  return `On all samples the model is right ${shareText(accuracy)} of the time (${[`${countText(overall.right)} of ${countText(overall.compared)}${between}`, ...left].join('; ')}).`;
}

/** Which units are left out and why, in a sentence; empty where none is. */
export function leftOutText({ leftOut, least }: Pick<AccuracyAnalysis, 'leftOut' | 'least'>): string {
  if (leftOut.length === 0) return '';
  const reasons: Readonly<Record<LeftOutReason, string>> = {
    'not-explained': 'without a formula',
    'fires-nowhere': 'firing on no sample',
    few: `firing on fewer than ${least} samples that can be compared`,
  };
  const parts = (['not-explained', 'fires-nowhere', 'few'] as const).flatMap((why) => {
    const count = leftOut.filter((unit) => unit.why === why).length;
    return count > 0 ? [`${countText(count)} ${reasons[why]}`] : [];
  });
  return `${plural(leftOut.length, 'unit')} ${leftOut.length === 1 ? 'is' : 'are'} left out: ${parts.join(', ')}.`;
}

const sourceTexts: Readonly<Record<GoldSource, string>> = {
  scene: 'The scene of each picture: the one concept of category scene that covers all of it.',
  class: 'The class of the folder that each picture lies in.',
  pairs: 'The labels of the sentence pairs, as their file has them.',
  file: 'The labels of a file.',
};

/** Where gold labels come from, in a sentence. @param source null: no sample has one */
export function goldText(source: GoldSource | null): string {
  return source === null
    ? 'None: the probing set has neither scenes nor classes that cover whole samples. Take a file of labels.'
    : sourceTexts[source];
}

/** What a file of labels has told, in a sentence or two. */
export function labelFileText(
  { file, labelled, unknown }: { readonly file: string; readonly labelled: number; readonly unknown: UnknownRows },
  samples: number,
): string {
  const passed = unknown
    ? ` ${plural(unknown.rows, 'row')} ${unknown.rows === 1 ? 'names' : 'name'} no sample here (the first: ${unknown.first}) and ${unknown.rows === 1 ? 'is' : 'are'} passed over.`
    : '';
  return `${file}: labels of ${countText(labelled)} of ${plural(samples, 'sample')}.${passed}`;
}

type UnknownRows = { readonly rows: number; readonly first: string } | null;

/** How many labels stand for a class, in a sentence. */
export function matchText(matches: readonly Pick<LabelMatch, 'samples' | 'places'>[]): string {
  if (matches.length === 0) return 'There are no gold labels.';
  const matched = matches.filter(({ places }) => places.length > 0);
  const [some, all] = [matched, matches].map((list) => list.reduce((sum, { samples }) => sum + samples, 0));
  return `${countText(matched.length)} of ${plural(matches.length, 'gold label')} ${matched.length === 1 ? 'stands' : 'stand'} for a class: those of ${countText(some)} of ${plural(all, 'labelled sample')}.`;
}

/** What tells which class a label stands for, in a few words. */
export const matchedByText: Readonly<Record<MatchedBy, string>> = {
  person: 'chosen by you',
  name: 'the same name',
  synonym: 'one of several names',
  number: 'the class’s number',
  nothing: 'no class of this name',
};
