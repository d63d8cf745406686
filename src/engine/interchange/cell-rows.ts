import { cellFaults } from './errors.ts';

/** Some rows of a file of cells, column by column, with the lists laid end to end. */
export interface CellRows {
  readonly count: number;
  /** `[rows + 1]` where each row's concepts start in `concepts`. */
  readonly conceptStart: Uint32Array;
  /** Numbers of concepts, or `category/name`. */
  readonly concepts: readonly (number | string)[] | Uint16Array;
  /** `[rows]` positions. */
  readonly n: Float64Array;
  /** `[rows + 1]` where each row's entries start in `units` and `fires`. */
  readonly unitStart: Uint32Array;
  readonly units: Uint32Array;
  /** Positions in which each of `units` fires. */
  readonly fires: Float64Array;
}

/** Columns as a library gives them: an entry a row, lists as anything that can be walked through, whole numbers as number or bigint. */
export interface RawColumns {
  readonly concepts: ArrayLike<unknown>;
  readonly n: ArrayLike<unknown>;
  readonly units: ArrayLike<unknown>;
  readonly fires: ArrayLike<unknown>;
}

/**
 * Checks rows as they were read. A list that is missing (null) is empty.
 *
 * @param file for messages
 * @param firstRow number of rows before these
 * @throws Fault naming file, row and column
 */
export function checkedRows({ concepts, n, units, fires }: RawColumns, file: string, firstRow: number): CellRows {
  const count = n.length;
  const conceptStart = new Uint32Array(count + 1);
  const unitStart = new Uint32Array(count + 1);
  const positions = new Float64Array(count);
  const names: (number | string)[] = [];
  const unitList: number[] = [];
  const fireList: number[] = [];
  for (let i = 0; i < count; i++) {
    const row = firstRow + i + 1;
    positions[i] = whole(n[i], file, row, 'n');
    for (const concept of list(concepts[i], file, row, 'concepts')) {
      names.push(typeof concept === 'string' ? concept : whole(concept, file, row, 'concepts'));
    }
    for (const unit of list(units[i], file, row, 'units')) unitList.push(whole(unit, file, row, 'units'));
    for (const times of list(fires[i], file, row, 'fires')) fireList.push(whole(times, file, row, 'fires'));
    conceptStart[i + 1] = names.length;
    unitStart[i + 1] = unitList.length;
    if (fireList.length !== unitList.length) {
      const before = unitStart[i];
      throw cellFaults.lengths(file, row, unitList.length - before, fireList.length - before);
    }
  }
  return {
    count,
    conceptStart,
    concepts: names,
    n: positions,
    unitStart,
    units: Uint32Array.from(unitList),
    fires: Float64Array.from(fireList),
  };
}

function list(value: unknown, file: string, row: number, column: string): Iterable<unknown> {
  if (value === null || value === undefined) return [];
  if (typeof value !== 'object' || !(Symbol.iterator in value)) {
    throw cellFaults['column-type'](file, row, column, 'a list', printed(value));
  }
  return value as Iterable<unknown>;
}

/** Engines write counts as 32 or 64 bits, signed or not, and sums as floating point: all are well where they are whole. */
function whole(value: unknown, file: string, row: number, column: string): number {
  if (typeof value !== 'number' && typeof value !== 'bigint') {
    throw cellFaults['column-type'](file, row, column, 'a whole number', printed(value));
  }
  const number = Number(value);
  if (number > Number.MAX_SAFE_INTEGER) throw cellFaults['too-large'](file, row, column, printed(value));
  if (!(number >= 0) || !Number.isInteger(number)) throw cellFaults['not-whole'](file, row, column, printed(value));
  return number;
}

function printed(value: unknown): string {
  if (typeof value === 'string') return `"${value}"`;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  return value === null || value === undefined ? 'nothing' : 'something else';
}
