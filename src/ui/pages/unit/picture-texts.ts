import type { SampleListKind } from '../../../engine/results/measures.ts';

/** A list of samples in words. */
interface ListText {
  readonly title: string;
  /** What the list shows, in a sentence. */
  readonly shows: string;
  /** What it means that the list has nothing. */
  readonly empty: string;
}

/** The lists of a unit's samples in words. */
export const listTexts: Readonly<Record<SampleListKind, ListText>> = {
  firing: {
    title: 'Fires most',
    shows: 'Samples in which the unit fires, strongest first.',
    empty: 'No sample lies above the unit’s threshold.',
  },
  'formula-only': {
    title: 'Formula holds, unit silent',
    shows: 'The formula holds here and the unit does not fire: the formula says too much. Largest first.',
    empty: 'The formula holds nowhere without the unit firing in the same sample.',
  },
  'unit-only': {
    title: 'Unit fires, formula does not hold',
    shows:
      'The unit fires here and the formula holds nowhere in its mask: the formula leaves something out. Strongest first.',
    empty: 'The unit fires in no sample without the formula holding somewhere in its mask.',
  },
};

/** The lists of a unit's sentence pairs in words. */
export const pairListTexts: Readonly<Record<SampleListKind, ListText>> = {
  firing: {
    title: 'Fires most',
    shows: 'Pairs on which the unit fires, strongest first. Colored words make the formula true.',
    empty: 'No pair lies above the unit’s threshold.',
  },
  'formula-only': {
    title: 'Formula holds, unit silent',
    shows: 'The formula holds here and the unit does not fire: the formula says too much.',
    empty: 'The formula holds on no pair without the unit firing.',
  },
  'unit-only': {
    title: 'Unit fires, formula does not hold',
    shows: 'The unit fires here and the formula does not hold: the formula leaves something out. Strongest first.',
    empty: 'The unit fires on no pair without the formula holding.',
  },
};
