import type { ActivationRange, UnitRanges } from '../../engine/ranges/ranges.ts';
import { countText, plural, shareText, valueText } from '../../figures/text/numbers.ts';

/** What was split, in a sentence or two. */
export function splitText({ ranges, from, values, total, step, k }: UnitRanges): string {
  if (ranges.length === 0) return 'The unit has no activation above 0, so there is nothing to split.';
  const what =
    from > 0
      ? `Split are the highest ${shareText(values / total)} of its activations, those above ${valueText(from)}; lower ones were not kept for every sample.`
      : `Split are its ${countText(values)} activations above 0, ${shareText(values / total)} of all.`;
  const fewer =
    ranges.length < k ? ` They take only ${plural(ranges.length, 'value')}, so there are no ${k} ranges.` : '';
  const steps = step > 0 ? ` They are so many that they were split in steps of ${valueText(step)}.` : '';
  return what + fewer + steps;
}

/** Where a range lies: `above 0.81, up to 1.9`. */
export function rangeText({ low, high }: Pick<ActivationRange, 'low' | 'high'>): string {
  return `above ${valueText(low)}, up to ${valueText(high)}`;
}

/** How much of the probing set a range has. */
export function rangeSizeText({ area, firing }: ActivationRange, positions: number, ofPairs: boolean): string {
  const share = shareText(area / Math.max(1, positions));
  return ofPairs ? `${plural(area, 'pair')}, ${share}` : `${share} of positions, in ${plural(firing, 'sample')}`;
}

/** Why a range has no formula. */
export function noFormulaText({ state }: Pick<ActivationRange, 'state'>): string {
  return state === 'silent'
    ? 'No position of the enlarged maps lies in it.'
    : 'No concept overlaps the positions that lie in it.';
}
