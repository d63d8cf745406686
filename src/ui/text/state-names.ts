import type { UnitState } from '../../engine/results/explanation.ts';

/** States of a unit in a word or two. */
export const stateNames: Readonly<Record<UnitState, string>> = {
  explained: 'explained',
  unrelated: 'unrelated',
  constant: 'constant',
  silent: 'silent',
  'too-few': 'too few positions',
  'not-finite': 'not finite',
};
