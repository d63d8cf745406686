import type { MeasureName, MeasuresAnalysis, MeasureSummary } from '../../engine/analysis/measures.ts';
import { statisticText } from './analysis-numbers.ts';
import { iouText, plural, shareText } from './numbers.ts';

/** A measure in words. */
export interface MeasureText {
  readonly label: string;
  /** What is counted, over what. */
  readonly definition: string;
  readonly low: string;
  readonly high: string;
  /** What its denominator counts, in the plural. */
  readonly of: string;
}

/** The measures in words. */
export const measureTexts: Readonly<Record<MeasureName, MeasureText>> = {
  iou: {
    label: 'IoU',
    definition: 'Positions where the unit fires and the formula holds, over positions where either of the two is.',
    low: 'unit and formula mostly lie apart',
    high: 'they lie in the same places',
    of: 'positions where the unit fires or the formula holds',
  },
  activationCoverage: {
    label: 'Activation coverage',
    definition: 'Positions where the unit fires and the formula holds, over positions where the unit fires.',
    low: 'the unit also fires for something that the formula does not name',
    high: 'the formula names nearly all that the unit fires for',
    of: 'positions where the unit fires',
  },
  detectionAccuracy: {
    label: 'Detection accuracy',
    definition: 'Positions where the unit fires and the formula holds, over positions where the formula holds.',
    low: 'the unit lets most of what the formula names pass by',
    high: 'where the formula holds, the unit fires',
    of: 'positions where the formula holds',
  },
  explanationCoverage: {
    label: 'Explanation coverage',
    definition: 'Samples in which the unit fires where the formula holds, over samples in which the unit fires.',
    low: 'the unit fires in many samples that the formula says nothing about',
    high: 'nearly every sample the unit fires in has the formula where it fires',
    of: 'samples in which the unit fires',
  },
  samplesCoverage: {
    label: 'Samples coverage',
    definition: 'Samples in which the unit fires where the formula holds, over samples in which the formula holds.',
    low: 'the unit misses most samples that have what the formula names',
    high: 'the unit finds nearly every sample that has it',
    of: 'samples in which the formula holds',
  },
  auroc: {
    label: 'AUROC',
    definition:
      'Of all pairs of a sample in which the formula holds and one in which it does not, those in which the first has the larger highest activation, equal ones counted by half, over all such pairs. It needs no threshold.',
    low: 'near 0.5, the activation says as much as chance; below, samples without the formula have the larger ones',
    high: 'near 1, a threshold on the activation tells the samples apart',
    of: 'pairs of a sample with the formula and one without',
  },
};

/** A measure's value: IoU and AUROC as numbers, shares as per cent. */
export function measureText(measure: MeasureName, value: number | null): string {
  if (value === null) return 'none';
  return measure === 'iou' || measure === 'auroc' ? iouText(value) : shareText(value);
}

/** What the measures say of a layer, in a few sentences. */
export function measuresAnswer({ units, measures }: Pick<MeasuresAnalysis, 'units' | 'measures'>): string {
  const of = (name: MeasureName): MeasureSummary | undefined => measures.find(({ measure }) => measure === name);
  const [coverage, accuracy] = [of('activationCoverage')?.spread, of('detectionAccuracy')?.spread];
  if (units.length === 0 || !coverage || !accuracy) return 'No unit is explained, so there is nothing to measure.';
  const auroc = of('auroc')?.spread;
  const ranked = measures
    .flatMap(({ measure, withIou }) => (withIou ? [{ label: measureTexts[measure].label, r: withIou.r }] : []))
    .toSorted((a, b) => b.r - a.r);
  const most = ranked.at(0);
  // Of pairs two measures are the same as two others: the first of equals is named.
  const least = ranked.find(({ r }) => r === ranked.at(-1)?.r);
  return [
    `Of ${plural(units.length, 'explained unit')}, the formula in the middle covers ${shareText(coverage.median)} of where its unit fires, and its unit fires in ${shareText(accuracy.median)} of where it holds.`,
    ...(auroc ? [`The AUROC in the middle is ${iouText(auroc.median)}.`] : []),
    ...(most && least && most !== least
      ? [
          `Of the measures, ${inSentence(most.label)} goes most with IoU (r = ${statisticText(most.r)}), ${inSentence(least.label)} least (r = ${statisticText(least.r)}).`,
        ]
      : []),
  ].join(' ');
}

/** What the chart of measures shows, for people who do not see it. */
export function measuresDescription({ measures }: Pick<MeasuresAnalysis, 'measures'>): string {
  const medians = measures.flatMap(({ measure, spread }) =>
    spread ? [`${measureTexts[measure].label} ${measureText(measure, spread.median)}`] : [],
  );
  return `Medians: ${medians.join(', ')}.`;
}

const inSentence = (label: string): string => (label === 'IoU' || label === 'AUROC' ? label : label.toLowerCase());
