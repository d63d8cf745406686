import { newCellMaps, type CellMaps } from './cell-maps.ts';
import { makeCellPart, type CellPart } from './cell-part.ts';
import { makeCellTable, type CellTable } from './cell-table.ts';
import { SignatureTable } from './signature-table.ts';

/** Where a sample stands: in which part, and at which place there. */
interface Place {
  readonly sample: number;
  readonly part: number;
  readonly row: number;
}

/**
 * Adds parts up: the cell table and the maps of all samples they have, or of some of them.
 *
 * Cells are numbered as they are met in ascending order of samples, so that neither the order in which samples were read nor how they were
 * split into parts shows, to the last byte. A sample that several parts have counts once. The position indices are copied once, straight
 * to where they stay.
 *
 * @param parts one or more, of the same probing set
 * @param of the samples that count, each in some part; unless told, all that are in parts
 * @throws RangeError, if a sample is in no part, or if the parts are none or of different sets
 */
export function joinCellParts(
  parts: readonly CellPart[],
  of?: { readonly samples: readonly number[] },
): { readonly table: CellTable; readonly maps: CellMaps } {
  const first = firstOf(parts);
  const { conceptCount, sampleCount } = first;
  const found = placesOf(parts);
  const places = (of?.samples ?? [...found.keys()])
    .toSorted((a, b) => a - b)
    .map((sample) => found.get(sample) ?? missing(sample));
  const cells = new JoinedCells(parts);
  const { palettes, indices } = lengthsOf(parts, places);
  const maps = newCellMaps(first, palettes, indices);
  let next = 0;
  for (const { sample, part, row } of places) {
    fillUntil(maps, next, sample);
    const palette = maps.palettes.subarray(maps.paletteStart[sample]);
    const size = cells.take(part, row, palette);
    maps.paletteStart[sample + 1] = maps.paletteStart[sample] + size;
    const index = indicesOf(parts[part], row);
    maps.indices.set(index, maps.indexStart[sample]);
    maps.indexStart[sample + 1] = maps.indexStart[sample] + index.length;
    next = sample + 1;
  }
  fillUntil(maps, next, sampleCount);
  const { start, concepts } = cells.signatures;
  return { table: makeCellTable({ conceptCount, n: cells.n, signatureStart: start, signatures: concepts }), maps };
}

/**
 * Several parts as one, with their samples in the same order: what one builder gives that adds these samples.
 *
 * @param parts one or more, of the same probing set; a sample that several have stays where it comes first
 * @throws RangeError, if the parts are none or of different sets
 */
export function mergeCellParts(parts: readonly CellPart[]): CellPart {
  const places = [...placesOf(parts).values()];
  const cells = new JoinedCells(parts);
  // Cells are known only when all palettes are translated; those are small.
  const lengths = lengthsOf(parts, places);
  const palettes = new Uint32Array(lengths.palettes);
  let at = 0;
  for (const { part, row } of places) at += cells.take(part, row, palettes.subarray(at));
  const { start, concepts, count } = cells.signatures;
  const sizes = { ...lengths, samples: places.length, cells: count, signatures: concepts.length };
  const merged = makeCellPart(firstOf(parts), sizes);
  merged.signatureStart.set(start);
  merged.signatures.set(concepts);
  merged.palettes.set(palettes);
  for (const [i, { sample, part, row }] of places.entries()) {
    const { paletteStart, counts } = parts[part];
    const index = indicesOf(parts[part], row);
    merged.samples[i] = sample;
    merged.counts.set(counts.subarray(paletteStart[row], paletteStart[row + 1]), merged.paletteStart[i]);
    merged.indices.set(index, merged.indexStart[i]);
    merged.paletteStart[i + 1] = merged.paletteStart[i] + paletteStart[row + 1] - paletteStart[row];
    merged.indexStart[i + 1] = merged.indexStart[i] + index.length;
  }
  return merged;
}

/** Cells of several parts under numbers of their own, given as they are met. */
class JoinedCells {
  readonly signatures = new SignatureTable();
  readonly #parts: readonly CellPart[];
  /** For each part the new number of each of its cells, or -1. */
  readonly #numbers: readonly Int32Array[];
  readonly #n: Uint32Array;

  constructor(parts: readonly CellPart[]) {
    this.#parts = parts;
    this.#numbers = parts.map(({ signatureStart }) => new Int32Array(signatureStart.length - 1).fill(-1));
    this.#n = new Uint32Array(this.#numbers.reduce((sum, { length }) => sum + length, 0));
  }

  /** Positions in each of the cells met. */
  get n(): Uint32Array {
    return this.#n.subarray(0, this.signatures.count);
  }

  /** Counts a sample, and writes its palette with the new numbers. @returns entries of its palette */
  take(part: number, row: number, out: Uint32Array): number {
    const { signatureStart, signatures, paletteStart, palettes, counts } = this.#parts[part];
    const numbers = this.#numbers[part];
    const from = paletteStart[row];
    const size = paletteStart[row + 1] - from;
    for (let i = 0; i < size; i++) {
      const cell = palettes[from + i];
      let number = numbers[cell];
      if (number < 0) {
        number = this.signatures.add(signatures, signatureStart[cell], signatureStart[cell + 1]);
        numbers[cell] = number;
      }
      this.#n[number] += counts[from + i];
      out[i] = number;
    }
    return size;
  }
}

function firstOf(parts: readonly CellPart[]): CellPart {
  const [first] = parts;
  if (!first) throw new RangeError('No part of a cell table was given.');
  return first;
}

/** Every sample of the parts, in their order. @throws RangeError, if they are of different sets */
function placesOf(parts: readonly CellPart[]): Map<number, Place> {
  const first = firstOf(parts);
  const places = new Map<number, Place>();
  for (const [part, { grid, conceptCount, sampleCount, samples }] of parts.entries()) {
    const same = grid.height === first.grid.height && grid.width === first.grid.width;
    if (!same || conceptCount !== first.conceptCount || sampleCount !== first.sampleCount) {
      throw new RangeError('The parts are of different probing sets: grid, concepts and samples must be the same.');
    }
    for (const [row, sample] of samples.entries()) {
      if (!places.has(sample)) places.set(sample, { sample, part, row });
    }
  }
  return places;
}

function lengthsOf(parts: readonly CellPart[], places: readonly Place[]): { palettes: number; indices: number } {
  let palettes = 0;
  let indices = 0;
  for (const { part, row } of places) {
    const { paletteStart, indexStart } = parts[part];
    palettes += paletteStart[row + 1] - paletteStart[row];
    indices += indexStart[row + 1] - indexStart[row];
  }
  return { palettes, indices };
}

function indicesOf({ indexStart, indices }: CellPart, row: number): Uint8Array {
  return indices.subarray(indexStart[row], indexStart[row + 1]);
}

/** Samples that were not read have nothing. */
function fillUntil({ paletteStart, indexStart }: CellMaps, from: number, to: number): void {
  paletteStart.fill(paletteStart[from], from, to + 1);
  indexStart.fill(indexStart[from], from, to + 1);
}

function missing(sample: number): never {
  throw new RangeError(`Sample ${sample} was not added.`);
}
