import type { Grid, SampleLabels } from '../concepts.ts';
import { indexBytes, type SampleCells } from './cell-maps.ts';
import { makeCellPart, type CellPart } from './cell-part.ts';
import { SignatureTable } from './signature-table.ts';

/** A sample whose cells are numbered as they were met, with the positions in each of its palette's. */
interface CountedSample extends SampleCells {
  readonly sample: number;
  readonly counts: Uint32Array;
}

/**
 * Groups positions by signature while samples come one by one, in any order: a GROUP BY. Memory grows with the cells and with one index
 * (one byte, rarely two) a position for the way back.
 */
export class CellPartBuilder {
  readonly #grid: Grid;
  readonly #conceptCount: number;
  readonly #wholeCount: number;
  readonly #signatures = new SignatureTable();
  readonly #samples = new Map<number, CountedSample>();
  /** The signature being looked up. */
  #concepts = new Uint16Array(64);
  readonly #index: Uint16Array;
  readonly #palette: Uint32Array;
  readonly #counts: Uint32Array;
  /** The position at which each entry of the palette was met first. */
  readonly #first: Uint32Array;
  /** Palette index of each combination of labels met in the sample, or -1, found by its hash; at most half of the places are taken. */
  #places = new Int32Array(512);
  #bytes = 0;

  /**
   * @param conceptCount at most 65,534
   * @param sampleCount samples of the whole probing set
   */
  constructor(grid: Grid, conceptCount: number, sampleCount: number) {
    const positions = grid.height * grid.width;
    this.#grid = grid;
    this.#conceptCount = conceptCount;
    this.#wholeCount = sampleCount;
    this.#index = new Uint16Array(positions);
    this.#palette = new Uint32Array(positions);
    this.#counts = new Uint32Array(positions);
    this.#first = new Uint32Array(positions);
  }

  /** Samples added so far. */
  get sampleCount(): number {
    return this.#samples.size;
  }

  /** Bytes that {@link finish} will lay out, about. */
  get bytes(): number {
    return this.#bytes + this.#signatures.concepts.byteLength + this.#signatures.start.byteLength;
  }

  /** Was a sample added? */
  has(sample: number): boolean {
    return this.#samples.has(sample);
  }

  /**
   * Adds a sample.
   *
   * @param sample its number in the probing set; unless told, as many as were added before
   * @throws RangeError, if a label map has another size than the grid or names a concept out of range, or if the sample was added before
   *   or is none
   */
  add(labels: SampleLabels, sample: number = this.sampleCount): void {
    const { planes } = labels;
    const positions = this.#index.length;
    if (!(sample < this.#wholeCount) || this.has(sample)) {
      throw new RangeError(`Sample ${sample} is none of ${this.#wholeCount}, or came twice.`);
    }
    for (const plane of planes) {
      if (plane.length !== positions) throw new RangeError(`A label map has ${plane.length} values, not ${positions}.`);
    }
    const [index, counts, single] = [this.#index, this.#counts, planes.length === 1 ? planes[0] : undefined];
    counts.fill(0);
    this.#places.fill(-1);
    let size = 0;
    let here = -1;
    for (let at = 0; at < positions; at++) {
      // Neighbouring positions mostly share their labels.
      if (at === 0 || (single ? single[at] !== single[at - 1] : !sameLabels(planes, at, at - 1))) {
        here = this.#met(labels, at, size);
        if (here === size) size++;
      }
      counts[here]++;
      index[at] = here;
    }
    const added: CountedSample = {
      sample,
      palette: this.#palette.slice(0, size),
      counts: counts.slice(0, size),
      index: size > 256 ? index.slice() : new Uint8Array(index),
    };
    this.#samples.set(sample, added);
    this.#bytes += 20 + 8 * size + indexBytes(added.index);
  }

  /** A part of everything added so far. More may be added afterwards. */
  finish(): CellPart {
    const added = [...this.#samples.values()];
    const { start, concepts } = this.#signatures;
    const sizes = { grid: this.#grid, conceptCount: this.#conceptCount, sampleCount: this.#wholeCount };
    const part = makeCellPart(sizes, {
      samples: added.length,
      cells: this.#signatures.count,
      signatures: concepts.length,
      palettes: added.reduce((sum, { palette }) => sum + palette.length, 0),
      indices: added.reduce((sum, { index }) => sum + indexBytes(index), 0),
    });
    part.signatureStart.set(start);
    part.signatures.set(concepts);
    for (const [i, { sample, palette, counts, index }] of added.entries()) {
      part.samples[i] = sample;
      part.palettes.set(palette, part.paletteStart[i]);
      part.counts.set(counts, part.paletteStart[i]);
      part.indices.set(new Uint8Array(index.buffer, index.byteOffset, index.byteLength), part.indexStart[i]);
      part.paletteStart[i + 1] = part.paletteStart[i] + palette.length;
      part.indexStart[i + 1] = part.indexStart[i] + indexBytes(index);
    }
    return part;
  }

  /** Palette index of the labels at a position: `size`, if they were not met in the sample before, and are now part of the palette. */
  #met(labels: SampleLabels, at: number, size: number): number {
    const { planes } = labels;
    let place = labelsHash(planes, at) & (this.#places.length - 1);
    for (;;) {
      const known = this.#places[place];
      if (known < 0) break;
      if (sameLabels(planes, this.#first[known], at)) return known;
      place = (place + 1) & (this.#places.length - 1);
    }
    this.#palette[size] = this.#cell(labels, at);
    this.#first[size] = at;
    this.#places[place] = size;
    if (2 * size >= this.#places.length) this.#spread(planes, size + 1);
    return size;
  }

  #spread(planes: SampleLabels['planes'], size: number): void {
    this.#places = new Int32Array(2 * this.#places.length).fill(-1);
    for (let known = 0; known < size; known++) {
      let place = labelsHash(planes, this.#first[known]) & (this.#places.length - 1);
      while (this.#places[place] >= 0) place = (place + 1) & (this.#places.length - 1);
      this.#places[place] = known;
    }
  }

  #cell({ planes, everywhere }: SampleLabels, at: number): number {
    const most = planes.length + everywhere.length;
    if (this.#concepts.length < most) this.#concepts = new Uint16Array(most);
    const concepts = this.#concepts;
    let length = 0;
    for (const concept of everywhere) concepts[length++] = concept;
    for (const plane of planes) if (plane[at] !== 0) concepts[length++] = plane[at] - 1;
    concepts.subarray(0, length).sort();
    let distinct = 0;
    for (let i = 0; i < length; i++) {
      if (i === 0 || concepts[i] !== concepts[distinct - 1]) concepts[distinct++] = concepts[i];
    }
    if (distinct > 0 && concepts[distinct - 1] >= this.#conceptCount) {
      throw new RangeError(`Concept ${concepts[distinct - 1]} is out of range; there are ${this.#conceptCount}.`);
    }
    return this.#signatures.add(concepts, 0, distinct);
  }
}

function sameLabels(planes: readonly Uint16Array[], one: number, other: number): boolean {
  for (const plane of planes) if (plane[one] !== plane[other]) return false;
  return true;
}

function labelsHash(planes: readonly Uint16Array[], at: number): number {
  let hash = 0;
  for (const plane of planes) {
    hash = Math.imul(hash ^ plane[at], 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}
