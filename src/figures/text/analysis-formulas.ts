import { bareName } from '../../engine/formula/bare-name.ts';
import type { UniquenessAnalysis, UniquenessStep } from '../../engine/analysis/uniqueness.ts';
import { countText, plural, shareText } from './numbers.ts';

/** How varied formulas are, in a sentence or two. */
export function formulasAnswer({ units, lengths }: UniquenessAnalysis): string {
  const [first, last] = [lengths.at(0), lengths.at(-1)];
  if (units === 0 || first?.uniqueShare == null || last?.uniqueShare == null)
    return 'No unit is explained, so there are no formulas.';
  const own =
    last.unique === 0
      ? 'none has'
      : `${countText(last.unique)} (${shareText(last.uniqueShare)}) ${last.unique === 1 ? 'has' : 'have'}`;
  const most = last.concepts.at(0);
  const before = last.length > 1 ? `; with one concept it is ${shareText(first.uniqueShare)}` : '';
  const named = most ? ` The concept named most is ${bareName(most)}, in ${plural(most.units, 'formula')}.` : '';
  return `Of ${plural(units, 'explained unit')}, ${own} a formula that no other unit has${before}. There are ${plural(last.distinct, 'different formula')} of ${plural(last.conceptCount, 'concept')}.${named}`;
}

/** What the chart of uniqueness shows, for people who do not see it. */
export function uniquenessDescription(lengths: readonly UniquenessStep[]): string {
  const shares = lengths.flatMap(({ length, uniqueShare }) =>
    uniqueShare === null ? [] : [`${shareText(uniqueShare)} at length ${length}`],
  );
  return `Units with a formula of their own: ${shares.join(', ')}.`;
}
