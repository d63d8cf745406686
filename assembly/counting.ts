/**
 * Counts where a map, resampled to a grid, lies above a threshold: AssemblyScript, built by `npm run kernel` into
 * src/engine/activation/kernel/counting-wasm.ts. Its twin in plain TypeScript is src/engine/activation/plain-counter.ts, and both give
 * the same counts to the last position: sums are float64, added in the same order, rounded to float32 after columns.
 *
 * Memory is laid out once, by {@link plan}; whoever calls fills in what filters weigh, then, map by map, the map and the
 * indices of the rows that {@link find} names.
 */

/** Columns whose mask is one byte: what is computed at a time. */
const BLOCK: i32 = 8;

let height: i32 = 0;
let width: i32 = 0;
let gridHeight: i32 = 0;
let gridWidth: i32 = 0;
/** `gridWidth`, up to a whole number of blocks. */
let padded: i32 = 0;
/** Source values that count for one position, at most: rows, columns. */
let rowTaps: i32 = 0;
let columnTaps: i32 = 0;

/** `[gridHeight]` i32: the first source row of each row of the grid. */
export let rowFirst: usize = 0;
/** `[gridHeight]` i32: how many source rows count for it. */
export let rowCount: usize = 0;
/** `[gridHeight][rowTaps]` f64. */
export let rowWeights: usize = 0;
/** `[height]` i32: the first row of the grid for which a source row counts, and one past the last. */
export let rowFrom: usize = 0;
export let rowTo: usize = 0;
/** `[padded]` i32: the first source column of each column of the grid. */
export let columnFirst: usize = 0;
/** `[columnTaps][padded]` f64, 0 past a column's last tap. */
export let columnWeights: usize = 0;
/** `[width]` i32: the first column of the grid for which a source column counts, and one past the last. */
export let columnFrom: usize = 0;
export let columnTo: usize = 0;
/** `[height][width]` f32: the map. Behind it room for what is read past its end, which counts nothing and must be finite. */
export let map: usize = 0;
/** `[gridHeight][gridWidth]` u8 or u16: palette indices; those of the rows found are enough. */
export let index: usize = 0;
/** u32: palette entries met, ascending, and the positions in each. */
export let entries: usize = 0;
export let counts: usize = 0;

/** `[height][padded]` f64: the map widened to the grid's columns. */
let wide: usize = 0;
/** `[height]` i32: its first column that reaches the threshold, and one past the last. */
let wideFrom: usize = 0;
let wideTo: usize = 0;
/** `[gridHeight][padded / 8]` u8: the mask. */
let bits: usize = 0;
/** `[gridHeight]` i32: the blocks of each row that may have a bit, from and to. */
let blockFrom: usize = 0;
let blockTo: usize = 0;
/** u32 for each palette entry; zero between two maps. */
let perEntry: usize = 0;

/** Start of free memory while it is laid out. */
let free: usize = 0;

function take(bytes: i32): usize {
  const at = free;
  free += (((bytes as usize) + 15) & ~15) + 16;
  return at;
}

/** Lays memory out for maps and grids of one size. Once for an instance. */
export function plan(
  mapHeight: i32,
  mapWidth: i32,
  toHeight: i32,
  toWidth: i32,
  tapsOfRow: i32,
  tapsOfColumn: i32,
  paletteRoom: i32,
): void {
  height = mapHeight;
  width = mapWidth;
  gridHeight = toHeight;
  gridWidth = toWidth;
  padded = (toWidth + BLOCK - 1) & -BLOCK;
  rowTaps = tapsOfRow;
  columnTaps = tapsOfColumn;
  free = (__heap_base + 15) & ~15;
  rowFirst = take(4 * gridHeight);
  rowCount = take(4 * gridHeight);
  rowWeights = take(8 * gridHeight * rowTaps);
  rowFrom = take(4 * height);
  rowTo = take(4 * height);
  columnFirst = take(4 * padded);
  columnWeights = take(8 * columnTaps * padded);
  columnFrom = take(4 * width);
  columnTo = take(4 * width);
  map = take(4 * (height * width + columnTaps));
  wide = take(8 * height * padded);
  wideFrom = take(4 * height);
  wideTo = take(4 * height);
  bits = take((gridHeight * padded) / BLOCK);
  blockFrom = take(4 * gridHeight);
  blockTo = take(4 * gridHeight);
  index = take(2 * gridHeight * gridWidth);
  perEntry = take(4 * paletteRoom);
  entries = take(4 * paletteRoom);
  counts = take(4 * paletteRoom);
  const pages = ((free + 65535) >> 16) as i32;
  if (pages > memory.size()) memory.grow(pages - memory.size());
}

/**
 * Makes the mask of the map in memory.
 *
 * @param least the smallest float32 above the threshold
 * @param bound the smallest float64 that, rounded to float32, lies above the threshold
 * @returns the first row of the grid with a position in it, and one past the last times 65536; 0 where there is none
 */
export function find(least: f32, bound: f64): i32 {
  let lowest = width;
  let highest = -1;
  let firstRow = height;
  let lastRow = -1;
  for (let row = 0; row < height; row++) {
    const from = map + 4 * row * width;
    let above = false;
    for (let column = 0; column < width; column += 4) {
      const left = width - column;
      let reached = i32x4.bitmask(f32x4.ge(v128.load(from + 4 * column), f32x4.splat(least)));
      if (left < 4) reached &= (1 << left) - 1;
      if (reached === 0) continue;
      above = true;
      lowest = min(lowest, column + ctz(reached));
      highest = max(highest, column + 31 - clz(reached));
    }
    store<i32>(wideFrom + 4 * row, 0);
    store<i32>(wideTo + 4 * row, 0);
    if (!above) continue;
    firstRow = min(firstRow, row);
    lastRow = row;
  }
  if (lastRow < 0) return 0;
  const x0 = load<i32>(columnFrom + 4 * lowest) & -BLOCK;
  const x1 = (load<i32>(columnTo + 4 * highest) + BLOCK - 1) & -BLOCK;
  const y0 = load<i32>(rowFrom + 4 * firstRow);
  const y1 = load<i32>(rowTo + 4 * lastRow);
  if (x0 >= x1 || y0 >= y1) return 0;
  const end = load<i32>(rowFirst + 4 * (y1 - 1)) + load<i32>(rowCount + 4 * (y1 - 1));
  for (let row = load<i32>(rowFirst + 4 * y0); row < end; row++) widenRow(row, x0, x1, least);
  return compare(y0, y1, bound);
}

/** Widens columns `x0` to `x1`, whole blocks, of a row. */
function widenRow(row: i32, x0: i32, x1: i32, least: f32): void {
  const source = map + 4 * row * width;
  const out = wide + 8 * row * padded;
  const threshold = f64x2.splat(least as f64);
  let from = padded;
  let to = 0;
  for (let x = x0; x < x1; x += 2) {
    const at = source + 4 * load<i32>(columnFirst + 4 * x);
    const next = source + 4 * load<i32>(columnFirst + 4 * x, 4);
    let weights = columnWeights + 8 * x;
    let sum = f64x2.mul(pair(at, next), v128.load(weights));
    for (let i = 1; i < columnTaps; i++) {
      weights += 8 * padded;
      sum = f64x2.add(sum, f64x2.mul(pair(at + 4 * i, next + 4 * i), v128.load(weights)));
    }
    const value = f64x2.promote_low_f32x4(f32x4.demote_f64x2_zero(sum));
    v128.store(out + 8 * x, value);
    if (i64x2.bitmask(f64x2.ge(value, threshold)) !== 0) {
      if (to === 0) from = x;
      to = x + 2;
    }
  }
  store<i32>(wideFrom + 4 * row, min(from, to));
  store<i32>(wideTo + 4 * row, to);
}

/** Two float32 as float64. */
function pair(at: usize, next: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load_lane<f32>(next, v128.load32_zero(at), 1));
}

/** Fills the mask's rows from `y0` to `y1`; returns what {@link find} does. */
function compare(y0: i32, y1: i32, bound: f64): i32 {
  const limit = f64x2.splat(bound);
  const stride = 8 * padded;
  let first = 0;
  let end = 0;
  for (let y = y0; y < y1; y++) {
    const start = load<i32>(rowFirst + 4 * y);
    const taps = load<i32>(rowCount + 4 * y);
    let from = padded;
    let to = 0;
    for (let row = start; row < start + taps; row++) {
      const rowEnd = load<i32>(wideTo + 4 * row);
      if (rowEnd === 0) continue;
      from = min(from, load<i32>(wideFrom + 4 * row));
      to = max(to, rowEnd);
    }
    const blocks = (to + BLOCK - 1) / BLOCK;
    const block0 = min(from / BLOCK, blocks);
    store<i32>(blockFrom + 4 * y, block0);
    store<i32>(blockTo + 4 * y, blocks);
    const mask = bits + (y * padded) / BLOCK;
    let any = 0;
    for (let block = block0; block < blocks; block++) {
      let at = wide + start * stride + 8 * BLOCK * block;
      let weights = rowWeights + 8 * y * rowTaps;
      let weight = v128.load64_splat(weights);
      let a = f64x2.mul(v128.load(at), weight);
      let b = f64x2.mul(v128.load(at, 16), weight);
      let c = f64x2.mul(v128.load(at, 32), weight);
      let d = f64x2.mul(v128.load(at, 48), weight);
      for (let i = 1; i < taps; i++) {
        at += stride;
        weights += 8;
        weight = v128.load64_splat(weights);
        a = f64x2.add(a, f64x2.mul(v128.load(at), weight));
        b = f64x2.add(b, f64x2.mul(v128.load(at, 16), weight));
        c = f64x2.add(c, f64x2.mul(v128.load(at, 32), weight));
        d = f64x2.add(d, f64x2.mul(v128.load(at, 48), weight));
      }
      let found =
        i64x2.bitmask(f64x2.ge(a, limit)) |
        (i64x2.bitmask(f64x2.ge(b, limit)) << 2) |
        (i64x2.bitmask(f64x2.ge(c, limit)) << 4) |
        (i64x2.bitmask(f64x2.ge(d, limit)) << 6);
      const left = gridWidth - block * BLOCK;
      if (left < BLOCK) found &= (1 << left) - 1;
      store<u8>(mask + block, found);
      any |= found;
    }
    if (any === 0) continue;
    if (end === 0) first = y;
    end = y + 1;
  }
  return first | (end << 16);
}

/** One more position in a palette entry. */
function count(entry: u32): void {
  const at = perEntry + 4 * entry;
  store<u32>(at, load<u32>(at) + 1);
}

/** Counts the mask's rows from `first` to `end` by one-byte indices. */
function countBytes(first: i32, end: i32): void {
  for (let y = first; y < end; y++) {
    const mask = bits + (y * padded) / BLOCK;
    const row = index + y * gridWidth;
    const blocks = load<i32>(blockTo + 4 * y);
    for (let block = load<i32>(blockFrom + 4 * y); block < blocks; block++) {
      let found = load<u8>(mask + block) as u32;
      const at = row + BLOCK * block;
      if (found === 0xff) {
        const all = load<u64>(at);
        const entry = all & 0xff;
        if (all === entry * 0x0101010101010101) {
          const cell = perEntry + 4 * (entry as usize);
          store<u32>(cell, load<u32>(cell) + BLOCK);
          continue;
        }
      }
      for (; found !== 0; found &= found - 1) count(load<u8>(at + ctz(found)));
    }
  }
}

/** The same by two-byte indices. */
function countWords(first: i32, end: i32): void {
  for (let y = first; y < end; y++) {
    const mask = bits + (y * padded) / BLOCK;
    const row = index + 2 * y * gridWidth;
    const blocks = load<i32>(blockTo + 4 * y);
    for (let block = load<i32>(blockFrom + 4 * y); block < blocks; block++) {
      const at = row + 2 * BLOCK * block;
      for (let found = load<u8>(mask + block) as u32; found !== 0; found &= found - 1)
        count(load<u16>(at + 2 * ctz(found)));
    }
  }
}

/**
 * Counts the mask that {@link find} made, its rows from `first` to `end`, by palette entry.
 *
 * @param bytes of an index: 1 or 2
 * @param palette entries of the palette
 * @returns how many of them were met; they are in {@link entries} and {@link counts}
 */
export function tally(first: i32, end: i32, bytes: i32, palette: i32): i32 {
  if (bytes === 1) countBytes(first, end);
  else countWords(first, end);
  let met = 0;
  for (let entry = 0; entry < palette; entry += 4) {
    const at = perEntry + 4 * entry;
    const four = v128.load(at);
    if (!v128.any_true(four)) continue;
    v128.store(at, i32x4.splat(0));
    met = put(entry, i32x4.extract_lane(four, 0), met);
    met = put(entry + 1, i32x4.extract_lane(four, 1), met);
    met = put(entry + 2, i32x4.extract_lane(four, 2), met);
    met = put(entry + 3, i32x4.extract_lane(four, 3), met);
  }
  return met;
}

/** Writes an entry that was met, over the one before where it was not. */
function put(entry: i32, times: i32, met: i32): i32 {
  store<i32>(entries + 4 * met, entry);
  store<i32>(counts + 4 * met, times);
  return times === 0 ? met : met + 1;
}
