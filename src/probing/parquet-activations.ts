import { damage, openParquet, type ParquetFile } from '../engine/interchange/parquet-file.ts';
import { Fault } from '../engine/fault.ts';
import { checkRange, type ActivationFile } from './activation-values.ts';
import { probingFaults } from './errors.ts';
import { readFault } from './read-fault.ts';

const MB = 2 ** 20;
/** Largest row group that is read, unpacked. */
const MOST_GROUP_BYTES = 256 * MB;

/** Rows of a row group as values. */
interface Group {
  readonly index: number;
  readonly values: Float32Array<ArrayBuffer>;
}

/**
 * Opens activations in a Parquet file (docs/formats.md, Activations): one row a sample, with a list `activations`, whose shape stands in
 * the metadata under `shape`, or with a column a unit, `unit_0` and so on; in the order of the column `sample`, if there is one. Row groups
 * are read whole, one at a time.
 *
 * @param name for messages
 * @throws Fault naming the file, row and column
 */
export async function openParquetActivations(blob: Blob, name: string): Promise<ActivationFile> {
  try {
    return await open(await openParquet(blob), name);
  } catch (error) {
    throw toFault(error, name);
  }
}

async function open(file: ParquetFile, name: string): Promise<ActivationFile> {
  const { groupStart, columns } = file;
  const samples = groupStart[groupStart.length - 1];
  const valueColumns = columnsOfValues(columns, name);
  if (samples === 0) throw probingFaults['parquet-empty'](name);
  if (file.largestGroup > MOST_GROUP_BYTES) {
    throw probingFaults['parquet-group'](name, Math.ceil(file.largestGroup / MB), MOST_GROUP_BYTES / MB);
  }
  const rowOf = columns.includes('sample') ? await readOrder(file, samples, name) : undefined;
  const isList = valueColumns[0] === 'activations';
  const [units, height, width] = isList ? await shapeOf(file, name) : [valueColumns.length, 1, 1];
  const perSample = units * height * width;
  let held: Promise<Group> | undefined;
  let heldIndex = -1;

  const groupOf = (row: number): Promise<Group> => {
    let index = Math.max(0, heldIndex);
    if (row < groupStart[index]) index = 0;
    while (row >= groupStart[index + 1]) index++;
    if (!held || heldIndex !== index) {
      heldIndex = index;
      held = readGroup(file, valueColumns, index, perSample, name).catch((error: unknown) => {
        held = undefined;
        throw toFault(error, name);
      });
    }
    return held;
  };
  const readNow = async (first: number, count: number): Promise<Float32Array<ArrayBuffer>> => {
    const values = new Float32Array(count * perSample);
    for (let i = 0; i < count; i++) {
      const row = rowOf ? rowOf[first + i] : first + i;
      const group = await groupOf(row);
      const at = (row - groupStart[group.index]) * perSample;
      values.set(group.values.subarray(at, at + perSample), i * perSample);
    }
    return values;
  };
  let last: Promise<unknown> = Promise.resolve();
  return {
    samples,
    units,
    height,
    width,
    sequential: groupStart.length > 2,
    async read(first, count) {
      checkRange(name, samples, first, count);
      const reading = last.then(() => readNow(first, count));
      last = reading.catch(() => undefined);
      return reading;
    },
  };
}

function columnsOfValues(columns: readonly string[], name: string): readonly string[] {
  if (columns.includes('activations')) return ['activations'];
  const found = new Set(columns);
  const units: string[] = [];
  while (found.has(`unit_${units.length}`)) units.push(`unit_${units.length}`);
  const all = columns.filter((column) => /^unit_\d+$/.test(column));
  if (units.length === 0 || units.length !== all.length) {
    const shown = columns.slice(0, 8).join(', ');
    throw probingFaults['parquet-columns'](name, columns.length > 8 ? `${shown} and others` : shown);
  }
  return units;
}

/** [units, height, width] by the metadata; without, the first row's length is the number of units. */
async function shapeOf(file: ParquetFile, name: string): Promise<readonly number[]> {
  const text = file.text('shape');
  if (text === undefined) {
    const scan = await file.scan(['activations']);
    const [first] = await scan.readColumn({ column: 'activations', rowStart: 0, rowEnd: 1 });
    return [listAt(first, 1, name).length, 1, 1];
  }
  let shape: unknown;
  try {
    shape = JSON.parse(text);
  } catch {
    shape = undefined;
  }
  const isSize = (size: unknown): boolean => typeof size === 'number' && Number.isSafeInteger(size) && size > 0;
  if (!Array.isArray(shape) || shape.length !== 3 || !shape.every(isSize)) {
    throw probingFaults['parquet-shape'](name, text.slice(0, 40));
  }
  return shape as number[];
}

/** The row of each sample. */
async function readOrder(file: ParquetFile, samples: number, name: string): Promise<Uint32Array> {
  const rowOf = new Uint32Array(samples).fill(samples);
  const { groupStart } = file;
  for (let group = 0; group + 1 < groupStart.length; group++) {
    const [rowStart, rowEnd] = [groupStart[group], groupStart[group + 1]];
    if (rowStart === rowEnd) continue;
    const scan = await file.scan(['sample']);
    const numbers = await scan.readColumn({ column: 'sample', rowStart, rowEnd });
    for (let i = 0; i < numbers.length; i++) {
      const found: unknown = numbers[i];
      const sample = typeof found === 'bigint' || typeof found === 'number' ? Number(found) : NaN;
      if (rowOf[sample] !== samples)
        throw probingFaults['parquet-sample'](name, rowStart + i + 1, String(found), samples);
      rowOf[sample] = rowStart + i;
    }
  }
  return rowOf;
}

async function readGroup(
  file: ParquetFile,
  columns: readonly string[],
  index: number,
  perSample: number,
  name: string,
): Promise<Group> {
  const [rowStart, rowEnd] = [file.groupStart[index], file.groupStart[index + 1]];
  const values = new Float32Array((rowEnd - rowStart) * perSample);
  const scan = await file.scan(columns);
  for (const [unit, column] of columns.entries()) {
    const read = await scan.readColumn({ column, rowStart, rowEnd });
    for (let i = 0; i < read.length; i++) {
      const row = rowStart + i + 1;
      if (column !== 'activations') {
        values[i * perSample + unit] = numberAt(read[i], row, column, name);
        continue;
      }
      const list = listAt(read[i], row, name);
      if (list.length !== perSample) throw probingFaults['parquet-length'](name, row, list.length, perSample);
      for (let at = 0; at < perSample; at++) {
        values[i * perSample + at] = numberAt(list[at], row, column, name);
      }
    }
  }
  return { index, values };
}

function listAt(value: unknown, row: number, name: string): ArrayLike<unknown> {
  if (Array.isArray(value) && value.length > 0) return value as unknown[];
  throw probingFaults['parquet-value'](name, row, 'activations', Array.isArray(value) ? 'an empty list' : 'no list');
}

function numberAt(value: unknown, row: number, column: string, name: string): number {
  if (typeof value === 'number') return value;
  throw probingFaults['parquet-value'](
    name,
    row,
    column,
    value === null || value === undefined ? 'nothing' : 'no number',
  );
}

function toFault(error: unknown, name: string): Error {
  if (error instanceof Fault) return error;
  if (error instanceof DOMException) return readFault(error, name);
  return probingFaults['parquet-damaged'](name, damage(error));
}
