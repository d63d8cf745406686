import type { WordVectors } from '../concepts.ts';

/** Queries that are compared at a time. */
const QUERIES = 4;
/** Two products of whole numbers are summed in one float64: one below this bit, one above. */
const SPLIT = 2 ** 26;
/** Pairs of rows that are compared at a time. */
const LANES = 4;
/** Added and taken away, it rounds a float64 below 2 ** 51 to a whole number, halves to even. */
const ROUND = 1.5 * 2 ** 52;
/** More than what rounding may add to a cosine of two unit vectors. */
const ROUNDING = 1e-9;

/**
 * For each of some words the `count` nearest words by cosine, nearest first, ties in the words' order; the word itself is among them. Words
 * whose vector is zero are near to none. Each cosine that decides is computed in float64 from the vectors as they are.
 *
 * Most are never computed: with vectors of length 1, rounded to whole multiples of a step, dot products of many pairs of words cost one
 * multiplication for two of them (their sums lie side by side in a float64, without rounding), and what rounding the vectors may have changed is
 * known. Only words that may be among the nearest by that are looked at exactly.
 *
 * @param queries rows of `vectors`
 * @returns for each query the rows of its nearest words; none for a zero vector
 */
export function nearestWords(
  vectors: WordVectors,
  queries: readonly number[],
  count: number,
): ReadonlyMap<number, readonly number[]> {
  const { values, dimensions } = vectors;
  const norms = rowNorms(vectors);
  const rows = Array.from(norms.keys()).filter((row) => norms[row] > 0);
  const rounded = roundRows(vectors, norms, rows);
  const placeOf = new Map(rows.map((row, place) => [row, place]));
  const nearest = new Map<number, readonly number[]>(queries.map((query) => [query, []]));
  const asked = Array.from(nearest.keys()).filter((query) => placeOf.has(query));
  const cosines = Array.from({ length: QUERIES }, () => new Float64Array(rounded.lanes * LANES * 2));
  for (let from = 0; from < asked.length; from += QUERIES) {
    const group = asked.slice(from, from + QUERIES);
    const places = group.map((query) => placeOf.get(query) ?? 0);
    approximate(rounded, places, cosines);
    for (const [at, query] of group.entries()) {
      const approximations = cosines[at];
      const least = largest(approximations, rows.length, count) - 2 * rounded.error;
      const found: { row: number; cosine: number }[] = [];
      for (let place = 0; place < rows.length; place++) {
        if (approximations[place] < least) continue;
        const row = rows[place];
        let dot = 0;
        for (let i = 0; i < dimensions; i++) dot += values[query * dimensions + i] * values[row * dimensions + i];
        insert(found, { row, cosine: dot / (norms[query] * norms[row]) }, count);
      }
      nearest.set(
        query,
        found.map(({ row }) => row),
      );
    }
  }
  return nearest;
}

/** Unit vectors in whole multiples of a step of their own. */
interface RoundedRows {
  readonly dimensions: number;
  /** `[lanes][dimensions][LANES]` each number two rows: the even one, plus SPLIT times the odd one behind it. */
  readonly packed: Float64Array;
  readonly lanes: number;
  /** `[rows][dimensions]` whole numbers. */
  readonly whole: Int16Array;
  /** `[rows]` size of a step. */
  readonly steps: Float64Array;
  /** What rounding may change a cosine by, at most. */
  readonly error: number;
}

function rowNorms({ words, values, dimensions }: WordVectors): Float64Array {
  return Float64Array.from(words, (_, row) => {
    let sum = 0;
    for (let i = 0; i < dimensions; i++) sum += values[row * dimensions + i] ** 2;
    return Math.sqrt(sum);
  });
}

function roundRows({ values, dimensions }: WordVectors, norms: Float64Array, rows: readonly number[]): RoundedRows {
  // Sums of products stay below half of SPLIT.
  const most = Math.floor(Math.sqrt((SPLIT / 2 - 1) / dimensions));
  const lanes = Math.ceil(rows.length / (2 * LANES));
  const whole = new Int16Array(rows.length * dimensions);
  const steps = new Float64Array(lanes * LANES * 2);
  const packed = new Float64Array(lanes * LANES * dimensions);
  let error = 0;
  for (const [place, row] of rows.entries()) {
    let top = 0;
    for (let i = 0; i < dimensions; i++) top = Math.max(top, Math.abs(values[row * dimensions + i]));
    const size = top / most;
    let lost = 0;
    const pair = place >> 1;
    const start = Math.floor(pair / LANES) * dimensions * LANES + (pair % LANES);
    const factor = place % 2 === 0 ? 1 : SPLIT;
    for (let i = 0; i < dimensions; i++) {
      const value = values[row * dimensions + i];
      const rounded = Math.round(value / size);
      lost += (value - rounded * size) ** 2;
      whole[place * dimensions + i] = rounded;
      packed[start + i * LANES] += rounded * factor;
    }
    steps[place] = size / norms[row];
    error = Math.max(error, Math.sqrt(lost) / norms[row]);
  }
  return { dimensions, packed, lanes, whole, steps, error: error * (2 + error) + ROUNDING };
}

/** Cosines of up to four rows with all, but for rounding. */
function approximate(rows: RoundedRows, places: readonly number[], cosines: readonly Float64Array[]): void {
  const { dimensions, packed, lanes, whole, steps } = rows;
  const query = new Float64Array(dimensions * QUERIES);
  for (const [at, place] of places.entries())
    for (let i = 0; i < dimensions; i++) query[i * QUERIES + at] = whole[place * dimensions + i];
  const sums = new Float64Array(QUERIES * LANES);
  for (let lane = 0; lane < lanes; lane++) {
    sumLane(query, packed, lane * dimensions * LANES, dimensions, sums);
    for (let at = 0; at < places.length; at++) {
      const found = cosines[at];
      for (let pair = 0, to = 2 * lane * LANES; pair < LANES; pair++, to += 2) {
        const sum = sums[at * LANES + pair];
        const upper = sum / SPLIT + ROUND - ROUND;
        found[to] = sum - upper * SPLIT;
        found[to + 1] = upper;
      }
    }
  }
  for (const [at, place] of places.entries()) {
    const step = steps[place];
    const found = cosines[at];
    for (let to = 0; to < found.length; to++) found[to] *= step * steps[to];
  }
}

/** Dot products of four queries with four pairs of rows: sixteen sums that stay in registers, written out. */
function sumLane(
  query: Float64Array,
  packed: Float64Array,
  start: number,
  dimensions: number,
  sums: Float64Array,
): void {
  let aw = 0,
    ax = 0,
    ay = 0,
    az = 0;
  let bw = 0,
    bx = 0,
    by = 0,
    bz = 0;
  let cw = 0,
    cx = 0,
    cy = 0,
    cz = 0;
  let dw = 0,
    dx = 0,
    dy = 0,
    dz = 0;
  for (let i = 0, q = 0, p = start; i < dimensions; i++, q += 4, p += 4) {
    const a = query[q],
      b = query[q + 1],
      c = query[q + 2],
      d = query[q + 3];
    const w = packed[p],
      x = packed[p + 1],
      y = packed[p + 2],
      z = packed[p + 3];
    aw += a * w;
    ax += a * x;
    ay += a * y;
    az += a * z;
    bw += b * w;
    bx += b * x;
    by += b * y;
    bz += b * z;
    cw += c * w;
    cx += c * x;
    cy += c * y;
    cz += c * z;
    dw += d * w;
    dx += d * x;
    dy += d * y;
    dz += d * z;
  }
  sums[0] = aw;
  sums[1] = ax;
  sums[2] = ay;
  sums[3] = az;
  sums[4] = bw;
  sums[5] = bx;
  sums[6] = by;
  sums[7] = bz;
  sums[8] = cw;
  sums[9] = cx;
  sums[10] = cy;
  sums[11] = cz;
  sums[12] = dw;
  sums[13] = dx;
  sums[14] = dy;
  sums[15] = dz;
}

/** The `count`-th largest of the first `length` values, or minus infinity where there are fewer. */
function largest(values: Float64Array, length: number, count: number): number {
  const top = new Float64Array(count).fill(-Infinity);
  for (let at = 0; at < length; at++) {
    const value = values[at];
    if (!(value > top[count - 1])) continue;
    let to = count - 1;
    while (to > 0 && top[to - 1] < value) {
      top[to] = top[to - 1];
      to--;
    }
    top[to] = value;
  }
  return top[count - 1];
}

/** Puts a word in its place among the nearest so far, behind those as near. */
function insert(found: { row: number; cosine: number }[], word: { row: number; cosine: number }, count: number): void {
  let at = found.length;
  while (at > 0 && found[at - 1].cosine < word.cosine) at--;
  found.splice(at, 0, word);
  if (found.length > count) found.pop();
}
