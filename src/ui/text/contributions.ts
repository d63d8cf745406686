import type {
  Contribution,
  ContributionMeasure,
  Contributions,
  WeightFacts,
} from '../../engine/contributions/contributions.ts';
import { countText, iouText, plural, signedText } from '../../figures/text/numbers.ts';

/** What the numbers between units of two layers are called, and what they say. */
export interface ContributionWords {
  /** In a list of the ways. */
  readonly name: string;
  /** What the number is, in a sentence or two. */
  readonly title: string;
  /** Headings of the lists. */
  readonly contributors: string;
  readonly inhibitors: string;
}

/** The words for each way to tell what units are made of. */
export const contributionWords: Readonly<Record<ContributionMeasure, ContributionWords>> = {
  correlation: {
    name: 'Correlation',
    title:
      'Pearson’s r, −1 to 1, of the two units’ highest activations on a sample, over the samples read. It is no cause.',
    contributors: 'Rise with it',
    inhibitors: 'Fall where it rises',
  },
  weight: {
    name: 'Weight',
    title:
      'The weight in the model between the two units, of a convolution the sum over its kernel. How large activations are it does not tell.',
    contributors: 'Push it',
    inhibitors: 'Hold it back',
  },
  iou: {
    name: 'IoU of masks',
    title:
      'Positions in both units’ masks, divided by those in either, over all samples; both masks enlarged to the probing set’s grid.',
    contributors: 'Overlap it most',
    inhibitors: '',
  },
};

/** The ways in the order in which they are offered. */
export const contributionMeasures = Object.keys(contributionWords) as readonly ContributionMeasure[];

/** A number between two units: `+0.812`, of masks `0.412`. */
export function contributionText(value: number, by: ContributionMeasure): string {
  return by === 'iou' ? iouText(value) : signedText(value);
}

/** The same with its name: `r +0.812`, `IoU 0.412`. */
export function namedContribution(value: number, by: ContributionMeasure): string {
  const name = { correlation: 'r', weight: 'weight', iou: 'IoU' }[by];
  return `${name} ${contributionText(value, by)}`;
}

/** What a unit is made of, in a sentence or two. */
export function contributionsAnswer(
  { contributors, inhibitors }: Pick<Contributions, 'contributors' | 'inhibitors'>,
  by: ContributionMeasure,
  unit: number,
  lower: string,
): string {
  const [most, least] = [contributors.at(0), inhibitors.at(0)];
  if (!most && !least) {
    return by === 'iou'
      ? `The mask of unit ${unit} overlaps no mask of ${lower}.`
      : `No unit of ${lower} has to do with unit ${unit}.`;
  }
  const told = ({ unit: number, value }: Contribution): string => `unit ${number} (${namedContribution(value, by)})`;
  if (by === 'iou') {
    const overlaps = most ? `overlaps most with that of ${told(most)}` : 'overlaps none';
    return `Of the masks of ${lower}, that of unit ${unit} ${overlaps}. A mask takes nothing away, so there are no inhibitors.`;
  }
  const words =
    by === 'weight' ? ['is pushed most by', 'is held back most by'] : ['rises most with', 'goes most against'];
  const parts = [...(most ? [`${words[0]} ${told(most)}`] : []), ...(least ? [`${words[1]} ${told(least)}`] : [])];
  return `Of the units of ${lower}, unit ${unit} ${parts.join(' and ')}.`;
}

/** How many units have no number, in a sentence; empty where all have one. */
export function unknownText({ unknown }: Pick<Contributions, 'unknown'>, by: ContributionMeasure): string {
  if (unknown === 0) return '';
  const why = {
    correlation: 'a unit with the same value everywhere goes with nothing',
    weight: 'their weights are no finite numbers',
    iou: 'they were not explained, or neither mask has a position',
  }[by];
  return `${plural(unknown, 'unit')} ${unknown === 1 ? 'has' : 'have'} no number: ${why}.`;
}

/** Where weights come from, in a sentence or two. */
export function weightFactsText({ operator, positions, addedBeside }: WeightFacts): string {
  const summed = positions > 1 ? `, added up over ${countText(positions)} positions` : '';
  const beside = addedBeside
    ? ' Something else is added before the units, as a shortcut around this layer is; its part is in no weight.'
    : '';
  return `Weights of the ${operator} between the layers${summed}.${beside}`;
}
