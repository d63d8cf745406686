import type { ClassMeasure, ClassUnits } from '../../engine/analysis/class-units.ts';
import type { ShownClasses } from '../../state/analysis.svelte.ts';
import { countText, iouText, plural, signedText } from './numbers.ts';

/** What numbers between units and classes are called, and what they say. */
export interface MeasureWords {
  /** The number, at a row's value. */
  readonly name: string;
  /** What the number is, in a sentence or two. */
  readonly title: string;
  /** What units do to a class whose number is above 0, and below 0. */
  readonly push: string;
  readonly hold: string;
  /** The same of one unit: `unit 3 pushes it most`. */
  readonly pushes: string;
  readonly holds: string;
  /** Headings of a unit's classes above 0, and below 0. */
  readonly pushed: string;
  readonly held: string;
  /** Title of the chart, label of its axis, and name of its files. */
  readonly chart: string;
  readonly axis: string;
  readonly file: string;
}

/** The words for each way to know what a unit does to a class. */
export const measureWords: Readonly<Record<ClassMeasure, MeasureWords>> = {
  weight: {
    name: 'Weight',
    title:
      'Weight of the linear layer that reads the units: how much the class’s output grows where the unit’s value grows by 1.',
    ...{ push: 'Push it', hold: 'Hold it back', pushes: 'pushes it most', holds: 'holds it back most' },
    ...{ pushed: 'Pushes most', held: 'Holds back most' },
    ...{ chart: 'Class weights that stand out', axis: 'Weight: holds back, pushes', file: 'class-weights' },
  },
  correlation: {
    name: 'r',
    title:
      'Pearson’s r, −1 to 1, of the unit’s highest activation on a sample and the class’s output for it, over the samples read. It is no cause.',
    ...{ push: 'Go with it', hold: 'Go against it', pushes: 'goes with it most', holds: 'goes against it most' },
    ...{ pushed: 'Goes with most', held: 'Goes against most' },
    ...{ chart: 'Correlations that stand out', axis: 'r: goes against, goes with', file: 'class-correlations' },
  },
};

/** Which units make the classes, in a sentence or two: by what it is known, how many stand out, and how many of them are explained. */
export function classesAnswer({
  by,
  samples,
  names,
  standing: { units, explained, meanIou },
}: Pick<ShownClasses, 'by' | 'samples' | 'names' | 'standing'>): string {
  const known =
    meanIou === null
      ? 'none of them is explained'
      : `${countText(explained)} of them are explained, with a mean IoU of ${iouText(meanIou)}`;
  const have = `${plural(units, 'unit')} ${units === 1 ? 'has' : 'have'}`;
  const one = `one of the ${plural(names.length, 'class', 'classes')}`;
  if (by === 'weight') {
    if (units === 0) return 'All weights are 0: no unit moves any class.';
    return `${have} a weight that stands out for ${one}; ${known}.`;
  }
  const how = `No linear layer reads these units, so this is by correlation, over ${plural(samples ?? 0, 'sample')}.`;
  if (units === 0) return `${how} No unit varies with any class.`;
  return `${how} ${have} an r that stands out for ${one}; ${known}.`;
}

/** What moves a class most, in a sentence: `Unit 12 pushes it most (+1.204), unit 7 holds it back most (−0.911).` */
export function classText({ push, hold }: Pick<ClassUnits, 'push' | 'hold'>, by: ClassMeasure): string {
  const [most, least] = [push.at(0), hold.at(0)];
  const { pushes, holds } = measureWords[by];
  const parts = [
    ...(most ? [`unit ${most.unit} ${pushes} (${signedText(most.value)})`] : []),
    ...(least ? [`unit ${least.unit} ${holds} (${signedText(least.value)})`] : []),
  ];
  const text = parts.join(', ');
  if (text === '') return by === 'weight' ? 'No unit has a weight for it.' : 'No unit varies with it.';
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}
