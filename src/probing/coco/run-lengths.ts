const FIRST_CHARACTER = 48;
const VALUE_BITS = 31;
const MORE = 32;
const NEGATIVE = 16;

/**
 * Decodes COCO's compressed run lengths: 5 bits a character from `0` on, least significant first, the sixth bit saying that more follow,
 * the last one's fifth bit the sign; from the fourth number on the difference to the one two before.
 *
 * @returns lengths of runs by turns outside and inside; undefined, if the text is none
 */
export function decodeRuns(text: string): number[] | undefined {
  const counts: number[] = [];
  let value = 0;
  let weight = 1;
  for (let at = 0; at < text.length; at++) {
    const bits = text.charCodeAt(at) - FIRST_CHARACTER;
    if (bits < 0 || bits > 63) return undefined;
    value += (bits & VALUE_BITS) * weight;
    weight *= 32;
    if ((bits & MORE) !== 0) continue;
    if ((bits & NEGATIVE) !== 0) value -= weight;
    counts.push(counts.length > 2 ? value + counts[counts.length - 2] : value);
    value = 0;
    weight = 1;
  }
  return weight === 1 ? counts : undefined;
}

/**
 * Where a mask changes, from the lengths of its runs.
 *
 * @param counts by turns outside and inside, the first outside; pixels are counted down the columns
 * @returns numbers of pixels (x * height + y), ascending, even in number: inside from each first to before each second
 */
export function runChanges(counts: ArrayLike<number>): Uint32Array {
  const changes = new Uint32Array(counts.length - (counts.length % 2));
  let end = 0;
  for (let at = 0; at < changes.length; at++) changes[at] = end += counts[at];
  return changes;
}
