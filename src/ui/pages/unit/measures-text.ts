import type { ScoredFormula, UnitExplanation } from '../../../engine/results/explanation.ts';
import type { FormulaMeasures } from '../../../engine/results/measures.ts';
import { countText, iouText, shareText, valueText } from '../../../figures/text/numbers.ts';

/** A number with its name and what it means. */
export interface Measure {
  readonly name: string;
  readonly value: string;
  /** The definition, in a sentence. */
  readonly title: string;
  /** 0 to 1, drawn as a bar; absent where the number is no share. */
  readonly share?: number;
}

/**
 * The numbers of a formula held against a unit's mask (docs/method.md, Measures).
 *
 * @param positions of the probing set, as many as were read
 */
export function formulaMeasures(measures: FormulaMeasures, positions: number): readonly Measure[] {
  const { activationCoverage, detectionAccuracy, explanationCoverage, samplesCoverage, auroc } = measures;
  const [iou, ...areas] = counts(measures, positions);
  return [
    iou,
    coverage(activationCoverage),
    accuracy(detectionAccuracy),
    share(
      'Explanation coverage',
      explanationCoverage,
      'Of the samples in which the unit fires, the share in which it fires where the formula holds.',
    ),
    share(
      'Samples coverage',
      samplesCoverage,
      'Of the samples in which the formula holds somewhere, the share in which the unit fires there.',
    ),
    {
      name: 'AUROC',
      value: auroc === null ? 'none' : iouText(auroc),
      title:
        'How well the largest activation tells samples with the formula from the others: 0.5 is chance, 1 is without an error.',
      ...(auroc === null ? {} : { share: auroc }),
    },
    ...areas,
  ];
}

/**
 * The numbers that an explanation itself has of its formula, where it cannot be held against the mask again.
 *
 * @param area of the unit's mask
 * @param positions of the probing set, as many as were read
 */
export function scoredMeasures(
  scored: Pick<ScoredFormula, 'iou' | 'size' | 'intersection'>,
  area: number,
  positions: number,
): readonly Measure[] {
  const { size, intersection } = scored;
  const [iou, ...areas] = counts(scored, positions);
  return [
    iou,
    coverage(area === 0 ? null : intersection / area),
    accuracy(size === 0 ? null : intersection / size),
    ...areas,
  ];
}

/**
 * The numbers of a unit's mask.
 *
 * @param positions of the probing set, as many as were read
 * @param samples read; null: not known, or not in how many of them the unit fires, or each has one position
 */
export function unitMeasures(
  explanation: UnitExplanation,
  positions: number,
  samples: number | null,
): readonly Measure[] {
  const { threshold, area, firing } = explanation;
  return [
    {
      name: 'Threshold T',
      value: threshold === null ? 'none' : valueText(threshold),
      title: 'The unit fires where its activation, enlarged to the masks, lies strictly above this.',
    },
    {
      name: 'Mask area',
      value: `${countText(area)}, ${shareText(area / positions)}`,
      title: 'Positions where the unit fires, and their share of all positions of the probing set.',
    },
    ...(samples === null
      ? []
      : [
          {
            name: 'Fires in',
            value: `${countText(firing)} of ${countText(samples)} samples`,
            title: 'Samples in which the mask has at least one position.',
            share: samples === 0 ? 0 : firing / samples,
          },
        ]),
  ];
}

function share(name: string, value: number | null, title: string): Measure {
  return value === null ? { name, value: 'none', title } : { name, value: shareText(value), title, share: value };
}

function counts(
  { iou, size, intersection }: Pick<ScoredFormula, 'iou' | 'size' | 'intersection'>,
  positions: number,
): readonly [Measure, Measure, Measure] {
  return [
    {
      name: 'IoU',
      value: iouText(iou),
      title: 'Positions in both mask and formula, divided by positions in either, over the whole probing set.',
      share: iou,
    },
    {
      name: 'In both',
      value: countText(intersection),
      title: 'Positions where the unit fires and the formula holds.',
    },
    {
      name: 'Formula area',
      value: `${countText(size)}, ${shareText(size / positions)}`,
      title: 'Positions where the formula holds, and their share of all positions.',
    },
  ];
}

function coverage(value: number | null): Measure {
  return share(
    'Activation coverage',
    value,
    'Of the positions where the unit fires, the share where the formula holds.',
  );
}

function accuracy(value: number | null): Measure {
  return share(
    'Detection accuracy',
    value,
    'Of the positions where the formula holds, the share where the unit fires.',
  );
}
