/** Names of a concept, from short to long. */
export interface Names {
  /** Its number in the source, put in brackets where names do not tell. */
  readonly number: number;
  /** Its first synonym, or the last part of its path. */
  readonly short: string;
  /** All that the source says. */
  readonly full: string;
}

/**
 * Names for the concepts of one category, no two alike: the short ones; where several have the same short one, their full ones; where these
 * are alike too, with their numbers.
 */
export function uniqueNames(concepts: readonly Names[]): string[] {
  const shorts = countEach(concepts.map(({ short }) => short));
  const names = concepts.map(({ short, full }) => (shorts.get(short) === 1 ? short : full));
  const counts = countEach(names);
  return names.map((name, at) => (counts.get(name) === 1 ? name : `${name} (${concepts[at].number})`));
}

function countEach(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
