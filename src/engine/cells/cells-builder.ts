import type { Grid, SampleLabels } from '../concepts.ts';
import { makeCellMaps, type CellMaps, type SampleCells } from './cell-maps.ts';
import { makeCellTable, type CellTable } from './cell-table.ts';

/**
 * Groups positions by signature while samples come one by one: a GROUP BY. Memory grows with the cells and with one index
 * (one byte, rarely two) a position for the way back.
 */
export class CellsBuilder {
  readonly #grid: Grid;
  readonly #conceptCount: number;
  readonly #cellOf = new Map<string, number>();
  readonly #n: number[] = [];
  readonly #signatures: Uint16Array[] = [];
  readonly #samples: SampleCells[] = [];
  #scratch = new Uint16Array(64);

  constructor(grid: Grid, conceptCount: number) {
    this.#grid = grid;
    this.#conceptCount = conceptCount;
  }

  /** Samples added so far. */
  get sampleCount(): number {
    return this.#samples.length;
  }

  /**
   * Adds the next sample; samples come in the probing set's order.
   *
   * @throws RangeError, if a label map has another size than the grid or names a concept out of range
   */
  add(labels: SampleLabels): void {
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
    for (const [i, cell] of palette.entries()) this.#n[cell] += counts[i];
    this.#samples.push({ palette: Uint32Array.from(palette), index });
  }

  /** The cell table and the maps of everything added. */
  finish(): { table: CellTable; maps: CellMaps } {
    const signatureStart = new Uint32Array(this.#n.length + 1);
    for (const [cell, signature] of this.#signatures.entries()) {
      signatureStart[cell + 1] = signatureStart[cell] + signature.length;
    }
    const signatures = new Uint16Array(signatureStart[this.#n.length]);
    for (const [cell, signature] of this.#signatures.entries()) signatures.set(signature, signatureStart[cell]);
    const table = makeCellTable({
      conceptCount: this.#conceptCount,
      n: Uint32Array.from(this.#n),
      signatureStart,
      signatures,
    });
    return { table, maps: makeCellMaps(this.#grid, this.#samples) };
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
    const cell = this.#n.length;
    this.#cellOf.set(key, cell);
    this.#n.push(0);
    this.#signatures.push(signature.slice());
    return cell;
  }
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
