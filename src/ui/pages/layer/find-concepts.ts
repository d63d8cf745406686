import type { Concept } from '../../../engine/concepts.ts';
import { conceptName } from '../../../figures/text/concept-name.ts';

/** What a search ends with: the name after `uses:`, spaces included, or else the last word; empty where it is a number. */
export function lastWord(find: string): string {
  const asked = /(?:^|\s)uses:\s*"?([^"]*)$/i.exec(find);
  const word = asked ? asked[1] : (/\S+$/.exec(find)?.[0] ?? '');
  return /^\d+$/.test(word) ? '' : word.trim();
}

/** A search without what {@link lastWord} takes from it. */
export function withoutLastWord(find: string): string {
  const shorter = /(?:^|\s)uses:\s*"?[^"]*$/i.test(find)
    ? find.replace(/(^|\s)uses:\s*"?[^"]*$/i, '')
    : find.replace(/\S+$/, '');
  return shorter.trim();
}

/**
 * Concepts whose name has a text in it: those that start with it first, then those that more units use.
 *
 * @param users units that use each concept
 */
export function conceptsNamed(
  text: string,
  concepts: readonly Concept[],
  users: ReadonlyMap<number, number>,
): readonly Concept[] {
  const wanted = text.toLowerCase().replaceAll('_', ' ');
  if (wanted === '') return [];
  const rank = (concept: Concept): number => (conceptName(concept).toLowerCase().startsWith(wanted) ? 0 : 1);
  const used = ({ id }: Concept): number => users.get(id) ?? 0;
  return concepts
    .filter((concept) => conceptName(concept).toLowerCase().includes(wanted))
    .sort((one, other) => rank(one) - rank(other) || used(other) - used(one) || one.id - other.id);
}
