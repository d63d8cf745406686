import type { Grid, SampleLabels } from '../concepts.ts';
import { makeCellMaps, type CellMaps, type SampleCells } from './cell-maps.ts';
import { makeCellTable, type CellTable } from './cell-table.ts';

/** A sample whose cells are numbered as they were met, with the positions in each of its palette's. */
interface CountedSample extends SampleCells {
  readonly counts: Uint32Array;
}

const NOT_READ: SampleCells = { palette: new Uint32Array(0), index: new Uint8Array(0) };

/**
 * Groups positions by signature while samples come one by one, in any order: a GROUP BY. Memory grows with the cells and with one index
 * (one byte, rarely two) a position for the way back.
 */
export class CellsBuilder {
  readonly #grid: Grid;
  readonly #conceptCount: number;
  readonly #cellOf = new Map<string, number>();
  readonly #signatures: Uint16Array[] = [];
  readonly #samples = new Map<number, CountedSample>();
  #scratch = new Uint16Array(64);

  constructor(grid: Grid, conceptCount: number) {
    this.#grid = grid;
    this.#conceptCount = conceptCount;
  }

  /** Samples added so far. */
  get sampleCount(): number {
    return this.#samples.size;
  }

  /** Was a sample added? */
  has(sample: number): boolean {
    return this.#samples.has(sample);
  }

  /**
   * Adds a sample.
   *
   * @param sample its number in the probing set; unless told, as many as were added before
   * @throws RangeError, if a label map has another size than the grid or names a concept out of range
   */
  add(labels: SampleLabels, sample: number = this.sampleCount): void {
    const positions = this.#grid.height * this.#grid.width;
    for (const plane of labels.planes) {
      if (plane.length !== positions) throw new RangeError(`A label map has ${plane.length} values, not ${positions}.`);
    }
    const local = new Map<string, number>();
    const palette: number[] = [];
    const counts: number[] = [];
    let index: Uint8Array | Uint16Array = new Uint8Array(positions);
    let previous = -1;
    for (let at = 0; at < positions; at++) {
      // Neighbouring positions mostly share their labels.
      let here = at > 0 && sameLabels(labels.planes, at) ? previous : -1;
      if (here < 0) {
        let key = '';
        for (const plane of labels.planes) key += String.fromCharCode(plane[at]);
        const known = local.get(key);
        here = known ?? palette.length;
        if (known === undefined) {
          local.set(key, here);
          palette.push(this.#cell(labels, at));
          counts.push(0);
          if (palette.length === 257) index = Uint16Array.from(index);
        }
      }
      counts[here]++;
      index[at] = here;
      previous = here;
    }
    this.#samples.set(sample, { palette: Uint32Array.from(palette), counts: Uint32Array.from(counts), index });
  }

  /**
   * The cell table and the maps of everything added, or of some samples of it. More may be added afterwards.
   *
   * Cells are numbered as they are met in ascending order of samples, so that the order in which samples were added does not show.
   *
   * @param part samples that count, each added before, and samples of the whole probing set; unless told, all that were added
   * @throws RangeError, if a sample was not added
   */
  finish(part?: { readonly samples: readonly number[]; readonly sampleCount: number }): {
    table: CellTable;
    maps: CellMaps;
  } {
    const counting = (part?.samples ?? [...this.#samples.keys()]).toSorted((a, b) => a - b);
    const numbers = new Int32Array(this.#signatures.length).fill(-1);
    const n: number[] = [];
    const signatures: Uint16Array[] = [];
    const cells: SampleCells[] = Array.from(
      { length: part?.sampleCount ?? (counting.at(-1) ?? -1) + 1 },
      () => NOT_READ,
    );
    for (const sample of counting) {
      const { palette, counts, index } = this.#added(sample);
      cells[sample] = { palette: new Uint32Array(palette.length), index };
      for (const [i, met] of palette.entries()) {
        if (numbers[met] < 0) {
          numbers[met] = n.push(0) - 1;
          signatures.push(this.#signatures[met]);
        }
        cells[sample].palette[i] = numbers[met];
        n[numbers[met]] += counts[i];
      }
    }
    const table = makeCellTable({ conceptCount: this.#conceptCount, n: Uint32Array.from(n), ...joined(signatures) });
    return { table, maps: makeCellMaps(this.#grid, cells) };
  }

  #added(sample: number): CountedSample {
    const found = this.#samples.get(sample);
    if (!found) throw new RangeError(`Sample ${sample} was not added.`);
    return found;
  }

  #cell(labels: SampleLabels, at: number): number {
    const most = labels.planes.length + labels.everywhere.length;
    if (this.#scratch.length < most) this.#scratch = new Uint16Array(most);
    let length = 0;
    for (const concept of labels.everywhere) this.#scratch[length++] = concept;
    for (const plane of labels.planes) if (plane[at] !== 0) this.#scratch[length++] = plane[at] - 1;
    const sorted = this.#scratch.subarray(0, length).sort();
    let distinct = 0;
    for (const [i, concept] of sorted.entries())
      if (i === 0 || concept !== sorted[distinct - 1]) sorted[distinct++] = concept;
    const signature = sorted.subarray(0, distinct);
    if (distinct > 0 && signature[distinct - 1] >= this.#conceptCount) {
      throw new RangeError(`Concept ${signature[distinct - 1]} is out of range; there are ${this.#conceptCount}.`);
    }
    const key = keyOf(signature);
    const known = this.#cellOf.get(key);
    if (known !== undefined) return known;
    const cell = this.#signatures.push(signature.slice()) - 1;
    this.#cellOf.set(key, cell);
    return cell;
  }
}

/** Signatures one after the other, and where each starts. */
function joined(list: readonly Uint16Array[]): { signatureStart: Uint32Array; signatures: Uint16Array } {
  const signatureStart = new Uint32Array(list.length + 1);
  for (const [cell, { length }] of list.entries()) signatureStart[cell + 1] = signatureStart[cell] + length;
  const signatures = new Uint16Array(signatureStart[list.length]);
  for (const [cell, signature] of list.entries()) signatures.set(signature, signatureStart[cell]);
  return { signatureStart, signatures };
}

function sameLabels(planes: readonly Uint16Array[], at: number): boolean {
  for (const plane of planes) if (plane[at] !== plane[at - 1]) return false;
  return true;
}

function keyOf(signature: Uint16Array): string {
  let key = '';
  for (let i = 0; i < signature.length; i++) key += String.fromCharCode(signature[i]);
  return key;
}
