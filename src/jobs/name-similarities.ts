import type { NamedConcept, NameSimilarity } from '../engine/kinds/name-similarity.ts';
import { asFault, jobFaults } from './errors.ts';
import { SearchMember } from './search-member.ts';

/**
 * How similar pairs of names are, in their order; by a worker that lives as long as that takes, with the tables it needs.
 *
 * @throws Fault where a table cannot be loaded
 */
export async function nameSimilarities(
  pairs: readonly (readonly [NamedConcept, NamedConcept])[],
): Promise<readonly NameSimilarity[]> {
  if (pairs.length === 0) return [];
  const { link } = new SearchMember('comparing names');
  try {
    return await link.call('compareNames', document.baseURI, pairs);
  } catch (error) {
    throw asFault(error);
  } finally {
    link.end(jobFaults.cancelled());
  }
}
