import type { UnitExplanation } from '../../../engine/results/explanation.ts';
import { plural, valueText } from '../../../figures/text/numbers.ts';

/** Why a unit has no formula, in the few words a row has room for, after the state's name. */
export function stateText({ state, threshold, area }: UnitExplanation): string {
  switch (state) {
    case 'explained':
      return 'it has a formula';
    case 'unrelated':
      return 'it fires, but no concept overlaps its mask';
    case 'constant':
      return threshold === null ? 'always the same value' : `always ${threshold === 0 ? '0.00' : valueText(threshold)}`;
    case 'silent':
      return threshold === null ? 'never above its threshold' : `never above its threshold of ${valueText(threshold)}`;
    case 'too-few':
      return `its mask has only ${plural(area, 'position')}`;
    case 'not-finite':
      return 'its activations are not all finite numbers';
  }
}
