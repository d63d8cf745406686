import { makeCellTable } from '../cells/cell-table.ts';
import { SignatureTable } from '../cells/signature-table.ts';
import type { CellRows } from './cell-rows.ts';
import type { CountedCells } from './counted-cells.ts';
import { cellFaults } from './errors.ts';

/** Entries (unit, cell, positions) gathered before equal ones are added up for the first time. */
const FIRST_ROOM = 2 ** 20;
/** At most so many concepts can be told apart: labels are 16 bits, and 0 is none. */
export const MOST_CONCEPTS = 65_534;
const MOST_POSITIONS = 2 ** 32 - 1;

/** Entries of units over cells, by unit once they are settled. */
interface Entries {
  readonly units: Uint32Array;
  readonly cells: Uint32Array;
  readonly fires: Float64Array;
}

/**
 * Adds rows of files of cells up: rows with the same set of concepts are one cell, numbered as it is first met. Memory grows with the cells
 * and with the pairs of a unit and a cell, not with the number of files.
 */
export class CellSums {
  readonly #cells = new SignatureTable();
  readonly #n: number[] = [];
  #entries = room(FIRST_ROOM);
  #filled = 0;
  #unitCount = 0;

  /** Units met so far: the largest and one. */
  get unitCount(): number {
    return this.#unitCount;
  }

  /**
   * Adds rows.
   *
   * @param idOf id of a concept as it stands in a row, whose place is given for messages
   * @param first number of rows before these in their file
   * @throws Fault of `idOf`; {@link cellFaults}`.concept-twice`
   */
  add(rows: CellRows, idOf: (concept: number | string, row: number) => number, first: number, file: string): void {
    for (let i = 0; i < rows.count; i++) {
      const row = first + i + 1;
      const signature = Uint16Array.from({ length: rows.conceptStart[i + 1] - rows.conceptStart[i] }, (_, at) =>
        idOf(rows.concepts[rows.conceptStart[i] + at], row),
      ).sort();
      for (let at = 1; at < signature.length; at++) {
        if (signature[at] === signature[at - 1]) throw twice(rows, i, idOf, file, row);
      }
      const cell = this.#cells.add(signature, 0, signature.length);
      if (cell === this.#n.length) this.#n.push(0);
      this.#n[cell] += rows.n[i];
      for (let at = rows.unitStart[i]; at < rows.unitStart[i + 1]; at++) {
        this.#push(rows.units[at], cell, rows.fires[at]);
      }
    }
  }

  /**
   * The cells and every unit's counts.
   *
   * @param conceptCount concepts there are
   * @param unitCount units there are, at least as many as were met
   * @param order new id of each concept that was given, where ids were only provisional
   * @param nameOf a concept's name, for messages
   * @throws Fault, if a cell has too many positions, or a unit fires in more than a cell has
   */
  finish(conceptCount: number, unitCount: number, nameOf: (id: number) => string, order?: Uint16Array): CountedCells {
    this.#settle();
    const { start: signatureStart, concepts: signatures } = renamed(this.#cells, order);
    const described = (cell: number): string =>
      Array.from(signatures.subarray(signatureStart[cell], signatureStart[cell + 1]), nameOf).join(', ') ||
      'no concept';
    for (const [cell, n] of this.#n.entries()) {
      if (n > MOST_POSITIONS) throw cellFaults['too-many-positions'](described(cell), n);
    }
    const { units, cells, fires } = this.#entries;
    const unitStart = new Uint32Array(unitCount + 1);
    for (let i = 0; i < this.#filled; i++) {
      if (fires[i] > this.#n[cells[i]]) {
        throw cellFaults['more-than-there-are'](described(cells[i]), units[i], fires[i], this.#n[cells[i]]);
      }
      unitStart[units[i] + 1]++;
    }
    for (let unit = 0; unit < unitCount; unit++) unitStart[unit + 1] += unitStart[unit];
    const table = makeCellTable({ conceptCount, n: Uint32Array.from(this.#n), signatureStart, signatures });
    return {
      table,
      unitCount,
      unitStart,
      cells: cells.slice(0, this.#filled),
      counts: Uint32Array.from(fires.subarray(0, this.#filled)),
    };
  }

  #push(unit: number, cell: number, fires: number): void {
    if (fires === 0) return;
    if (this.#filled === this.#entries.units.length) {
      this.#settle();
      // Where adding up freed less than half, there is really that much.
      if (2 * this.#filled > this.#entries.units.length) this.#entries = room(2 * this.#filled, this.#entries);
    }
    this.#entries.units[this.#filled] = unit;
    this.#entries.cells[this.#filled] = cell;
    this.#entries.fires[this.#filled] = fires;
    this.#filled++;
    this.#unitCount = Math.max(this.#unitCount, unit + 1);
  }

  /** Sorts the entries by unit and adds equal ones up. */
  #settle(): void {
    const before = this.#entries;
    const start = new Uint32Array(this.#unitCount + 1);
    for (let i = 0; i < this.#filled; i++) start[before.units[i] + 1]++;
    for (let unit = 0; unit < this.#unitCount; unit++) start[unit + 1] += start[unit];
    const byUnit = new Uint32Array(this.#filled);
    const next = start.slice();
    for (let i = 0; i < this.#filled; i++) byUnit[next[before.units[i]]++] = i;
    const after = room(before.units.length);
    const placeOf = new Int32Array(this.#n.length).fill(-1);
    let filled = 0;
    for (let unit = 0; unit < this.#unitCount; unit++) {
      const from = filled;
      for (let i = start[unit]; i < start[unit + 1]; i++) {
        const cell = before.cells[byUnit[i]];
        if (placeOf[cell] < from) {
          placeOf[cell] = filled;
          after.units[filled] = unit;
          after.cells[filled++] = cell;
        }
        after.fires[placeOf[cell]] += before.fires[byUnit[i]];
      }
    }
    this.#entries = after;
    this.#filled = filled;
  }
}

function room(length: number, of?: Entries): Entries {
  const made = { units: new Uint32Array(length), cells: new Uint32Array(length), fires: new Float64Array(length) };
  if (of) {
    made.units.set(of.units);
    made.cells.set(of.cells);
    made.fires.set(of.fires);
  }
  return made;
}

function twice(
  rows: CellRows,
  i: number,
  idOf: (concept: number | string, row: number) => number,
  file: string,
  row: number,
): Error {
  const given = Array.from(rows.concepts).slice(rows.conceptStart[i], rows.conceptStart[i + 1]);
  const repeated = given.find(
    (concept, at) => given.findIndex((other) => idOf(other, row) === idOf(concept, row)) < at,
  );
  return cellFaults['concept-twice'](file, row, String(repeated));
}

/** Signatures with other ids, ascending again. */
function renamed({ start, concepts }: SignatureTable, order: Uint16Array | undefined) {
  if (!order) return { start: start.slice(), concepts: concepts.slice() };
  const changed = concepts.map((concept) => order[concept]);
  for (let cell = 0; cell + 1 < start.length; cell++) changed.subarray(start[cell], start[cell + 1]).sort();
  return { start: start.slice(), concepts: changed };
}
