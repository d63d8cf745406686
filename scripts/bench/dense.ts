import type { UnitCounts } from '../../src/engine/activation/unit-mask.ts';
import { Dice } from '../../src/probing/scenes/random.ts';
import type { PaperScale } from './paper-scale.ts';

/** A mask over all positions as run lengths: positions outside, inside, outside, ... in turn, as COCO's format has them. */
export type RunLengths = Uint32Array;

/**
 * Lays the pictures' rows out over positions in short horizontal runs, as masks of real pictures have them, and hands every run on.
 */
function eachRun(scale: PaperScale, take: (cell: number, length: number) => void): void {
  const dice = new Dice(99);
  for (let image = 0; image < scale.imageCount; image++) {
    const rows: { cell: number; left: number }[] = [];
    for (let i = scale.rowStart[image]; i < scale.rowStart[image + 1]; i++) {
      rows.push({ cell: scale.rowCell[i], left: scale.rowSize[i] });
    }
    while (rows.length > 0) {
      for (let i = rows.length - 1; i >= 0; i--) {
        const row = rows[i];
        const length = Math.min(row.left, dice.whole(6, 40));
        take(row.cell, length);
        row.left -= length;
        if (row.left === 0) rows.splice(i, 1);
      }
    }
  }
}

/** Cells of a concept as a lookup, one byte a cell. */
function cellsOf(scale: PaperScale, concept: number): Uint8Array {
  const { postings, postingStart, cellCount } = scale.table;
  const found = new Uint8Array(cellCount);
  for (const cell of postings.subarray(postingStart[concept], postingStart[concept + 1])) found[cell] = 1;
  return found;
}

/** Masks over all positions, dense: the concepts asked for, and the unit's, in one walk over the pictures. */
export function denseMasks(
  scale: PaperScale,
  concepts: readonly number[],
  unit: UnitCounts,
): { concepts: Map<number, Uint32Array>; unit: Uint32Array } {
  const words = Math.ceil(scale.table.positionCount / 32);
  const masks = concepts.map(() => new Uint32Array(words));
  const lookups = concepts.map((concept) => cellsOf(scale, concept));
  const unitMask = new Uint32Array(words);
  const left = new Uint32Array(scale.table.cellCount);
  for (const [i, cell] of unit.cells.entries()) left[cell] = unit.counts[i];
  let at = 0;
  const fill = (bits: Uint32Array, from: number, length: number): void => {
    for (let i = from; i < from + length; i++) bits[i >>> 5] |= 1 << (i & 31);
  };
  eachRun(scale, (cell, length) => {
    for (let i = 0; i < masks.length; i++) if (lookups[i][cell] === 1) fill(masks[i], at, length);
    const inMask = Math.min(left[cell], length);
    fill(unitMask, at, inMask);
    left[cell] -= inMask;
    at += length;
  });
  return { concepts: new Map(concepts.map((concept, i) => [concept, masks[i]])), unit: unitMask };
}

/** Operators of an extension. */
export type Operation = 'or' | 'and' | 'and-not';

/** Number of ones in a 32-bit word. */
function popcount32(word: number): number {
  let v = word - ((word >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return (((v + (v >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/** Makes `left op right` and counts it and its overlap with `unit`, in one pass over all words. */
export function scoreDense(
  left: Uint32Array,
  right: Uint32Array,
  operation: Operation,
  unit: Uint32Array,
  out: Uint32Array,
): { size: number; intersection: number } {
  let size = 0;
  let intersection = 0;
  for (let i = 0; i < left.length; i++) {
    const word =
      operation === 'or' ? left[i] | right[i] : operation === 'and' ? left[i] & right[i] : left[i] & ~right[i];
    out[i] = word;
    if (word !== 0) {
      size += popcount32(word);
      intersection += popcount32(word & unit[i]);
    }
  }
  return { size, intersection };
}

/** A dense mask as run lengths. */
export function runLengths(bits: Uint32Array, positions: number): RunLengths {
  const runs: number[] = [];
  let value = 0;
  let length = 0;
  for (let i = 0; i < positions; i++) {
    const bit = (bits[i >>> 5] >>> (i & 31)) & 1;
    if (bit === value) length++;
    else {
      runs.push(length);
      value = bit;
      length = 1;
    }
  }
  runs.push(length);
  return Uint32Array.from(runs);
}

/** Merges two run-length masks by walking both, as the reference's mask library does for every formula it scores. */
export function mergeRuns(left: RunLengths, right: RunLengths, operation: Operation): RunLengths {
  const out = new Uint32Array(left.length + right.length);
  let count = 0;
  let value = 0;
  let length = 0;
  let i = 0;
  let j = 0;
  let a = left[0];
  let b = right[0];
  let inLeft = 0;
  let inRight = 0;
  while (i < left.length && j < right.length) {
    const step = Math.min(a, b);
    const here =
      operation === 'or' ? inLeft | inRight : operation === 'and' ? inLeft & inRight : inLeft & (inRight ^ 1);
    if (here === value) length += step;
    else if (step > 0) {
      out[count++] = length;
      value = here;
      length = step;
    }
    a -= step;
    b -= step;
    if (a === 0) {
      i++;
      a = left[i];
      inLeft ^= 1;
    }
    if (b === 0) {
      j++;
      b = right[j];
      inRight ^= 1;
    }
  }
  out[count++] = length;
  return out.slice(0, count);
}

/** Positions inside a run-length mask. */
export function areaOfRuns(runs: RunLengths): number {
  let area = 0;
  for (let i = 1; i < runs.length; i += 2) area += runs[i];
  return area;
}
