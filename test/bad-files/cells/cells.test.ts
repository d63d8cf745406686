import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeArrowCells } from '../../../src/engine/interchange/arrow.ts';
import { Fault } from '../../../src/engine/fault.ts';
import { madeLayer } from '../../engine/interchange/support/made-layer.ts';
import { METADATA_KEY, NO_INFO, infoText, type CellFileInfo } from '../../../src/engine/interchange/cell-file.ts';
import { readCells } from '../../../src/engine/interchange/read-cells.ts';
import { parquet, type ParquetColumn } from '../../probing/support/activation-files.ts';
import { utf8 } from '../../probing/support/trees.ts';
import { expectFault } from '../bad-file.ts';

type Row = readonly [concepts: unknown, n: unknown, units: unknown, fires: unknown];
const list = [3, 7].map((number) => ({ number, name: `c${number}`, category: 'object' }));
const good: readonly Row[] = [[[0, 1], 9n, [0, 2], [4n, 1n]]];

const cellsOf = (rows: readonly Row[], info?: string, types: Partial<Record<string, ParquetColumn['type']>> = {}) =>
  parquet(
    (['concepts', 'n', 'units', 'fires'] as const).map((name, i) => ({
      name,
      type: types[name] ?? (name === 'n' || name === 'fires' ? 'INT64' : 'INT32'),
      list: name !== 'n',
      data: rows.map((row) => row[i]),
    })),
    { metadata: info === undefined ? {} : { [METADATA_KEY]: info } },
  );
const said = (info: Partial<CellFileInfo> = {}): string => infoText({ ...NO_INFO, concepts: list, ...info });
const file = async (bytes: Promise<Uint8Array<ArrayBuffer>> | Uint8Array<ArrayBuffer>, name = 'cells') => ({
  name,
  blob: new Blob([await bytes]),
});

describe('a file of cells', () => {
  it.each([
    ['text', utf8('concepts,n'), 'cells/wrong-kind', 'cells is neither Parquet nor an Arrow file: it begins with "concepts". Cells are read from these two (docs/interchange.md).'],
    ['nothing', utf8(''), 'cells/wrong-kind', 'cells is neither Parquet nor an Arrow file: it begins with nothing, it is empty. Cells are read from these two (docs/interchange.md).'],
    ['cut off', cellsOf(good).then((bytes) => bytes.slice(0, -1)), 'cells/damaged', 'cells is damaged, or written in a way that is not read here (Parquet: parquet file invalid (footer != PAR1)). Write it again; docs/interchange.md says how.'],
    ['an Arrow file that is none', utf8('ARROW1 and more, but no footer'), 'cells/damaged', 'cells is damaged, or written in a way that is not read here (Arrow: its end is missing). Write it again; docs/interchange.md says how.'],
    ['another table', parquet([{ name: 'n', type: 'INT32', data: [1] }]), 'cells/missing-column', 'cells has no column concepts. It has n; a file of cells has concepts, n, units and fires.'],
    ['other lengths', cellsOf([[[0], 5n, [0, 1], [1n]]], said()), 'cells/lengths', 'cells, row 1: units has 2 entries, but fires has 1. They must match one to one.'],
    ['no positions', cellsOf([...good, [[0], null, [], []]], said()), 'cells/column-type', 'cells, row 2, column n: a whole number is wanted, not nothing.'],
    ['fewer than none', cellsOf([[[0], -1n, [], []]], said()), 'cells/not-whole', 'cells, row 1, column n: -1 is not a whole number of 0 or more.'],
    ['half a position', cellsOf([[[0], 5n, [0], [0.5]]], said(), { fires: 'DOUBLE' }), 'cells/not-whole', 'cells, row 1, column fires: 0.5 is not a whole number of 0 or more.'],
    ['above 2^53', cellsOf([[[0], 2n ** 53n, [], []]], said()), 'cells/too-large', 'cells, row 1, column n: 9007199254740992 is above 2^53, beyond which whole numbers are not exact. Positions cannot be that many.'],
    ['above 2^32', cellsOf([[[0], 2n ** 32n, [], []]], said()), 'cells/too-many-positions', 'The cell of object/c3 has 4294967296 positions; at most 4,294,967,295 can be counted in one cell.'],
    ['a unit that fires in more', cellsOf([[[], 5n, [1], [6n]]], said()), 'cells/more-than-there-are', 'In the cell of no concept unit 1 fires in 6 positions, but the cell has 5. Count units and positions over the same samples.'],
    ['a unit too many', cellsOf(good, said({ unitCount: 2 })), 'cells/unit-range', 'cells, row 1, column units: there is no unit 2; the units are 0 to 1.'],
    ['a concept twice', cellsOf([...good, [[1, 1], 5n, [], []]], said()), 'cells/concept-twice', 'cells, row 2, column concepts: 1 stands there twice. A set of concepts has each once.'],
    ['a concept too many', cellsOf([[[2], 5n, [], []]], said()), 'cells/concept-unknown', 'cells, row 1, column concepts: 2 is not in cells.'],
    ['numbers without a list', cellsOf(good), 'cells/no-concepts', 'cells has concepts as numbers and does not say what they are called. Give concepts.csv (number, name, category) too.'],
    ['no rows', cellsOf([], said()), 'cells/empty', 'cells has no cells: there is nothing to explain.'],
    ['metadata that is none', cellsOf(good, 'x'), 'cells/metadata', 'cells has damaged metadata under the key formulens: it is no JSON object. Write it again, or leave the key out.'],
    ['wrong metadata', cellsOf(good, said({ grid: [1] as never })), 'cells/metadata', 'cells has damaged metadata under the key formulens: grid must be an object with height and width. Write it again, or leave the key out.'],
    ['metadata to come', cellsOf(good, said().replace('cells/1', 'cells/2')), 'cells/newer-schema', 'cells is written as formulens/cells/2; this version reads formulens/cells/1. Reload the page or update the program.'],
  ])('%s', async (_, bytes, code, message) => {
    const given = await file(bytes);
    await expectFault(() => readCells([given]), code, message);
  });

  it('a number that concepts.csv does not have, or has twice', async () => {
    const given = await file(cellsOf(good));
    await expectFault(() => readCells([given], { concepts: list }), 'cells/concept-unknown', 'cells, row 1, column concepts: 0 is not in concepts.csv.');
    await expectFault(() => readCells([given], { concepts: [...list, { ...list[0], name: 'other' }] }), 'cells/number-twice', 'concepts.csv has the number 3 twice. Numbers of concepts must be unique.');
  });

  it('shards of different concepts or masks', async () => {
    const units = (threshold: number) => [{ threshold, firing: 1, state: null }];
    const shard = async (name: string, info: Partial<CellFileInfo>) => file(cellsOf(good, said(info)), name);
    await expectFault(async () => readCells([await shard('a', {}), await shard('b', { concepts: list.slice(1) })]), 'cells/concepts-differ', 'b and a list different concepts, so their cells cannot be added up. Give shards of one probing set.');
    await expectFault(async () => readCells([await shard('a', { units: units(1) }), await shard('b', { units: units(2) })]), 'cells/masks-differ', 'b and a have different thresholds of unit 0, so their cells cannot be added up. Count all shards with the same thresholds of the same units.');
    await expectFault(async () => readCells([await shard('a', { unitCount: 3 }), await shard('b', { unitCount: 4 })]), 'cells/masks-differ', 'b and a have different numbers of units, so their cells cannot be added up. Count all shards with the same thresholds of the same units.');
  });

  it('names that are none, or not unique', async () => {
    const named = (name: string) => cellsOf([[[name], 4n, [0], [1n]]], undefined, { concepts: 'STRING' });
    await expectFault(async () => readCells([await file(named('dog'))]), 'cells/concept-name', 'cells, row 1, column concepts: "dog" is not of the form category/name.');
    await expectFault(async () => readCells([await file(named('object/c3'))], { concepts: [list[0], list[0]] }), 'cells/number-twice', 'concepts.csv has the number 3 twice. Numbers of concepts must be unique.');
    await expectFault(async () => readCells([await file(named('object/c3'))], { concepts: [list[0], { ...list[0], number: 4 }] }), 'cells/concept-ambiguous', 'cells, row 1, column concepts: object/c3 stands more than once in concepts.csv. Write the cells with numbers of concepts.');
  });

  it('Arrow with any bytes changed: cells, or a fault, and never neither', async () => {
    const { counted, info } = madeLayer();
    const bytes = await writeArrowCells(counted, info);
    const places = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(places, async (changes) => {
        const changed = bytes.slice();
        for (const [at, value] of changes) changed[at] = value;
        const outcome = await readCells([{ name: 'cells', blob: new Blob([changed]) }]).catch((error: unknown) => error);
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(Fault);
      }),
      // The library believes a damaged count in the footer for up to half a minute, rarely: the same changes every time.
      { numRuns: 60, seed: 20_261_123 },
    );
  });
});
