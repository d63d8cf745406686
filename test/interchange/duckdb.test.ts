import { mkdtempSync, openAsBlob, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CellsExplainer } from '../../src/engine/interchange/explain-cells.ts';
import { readCells, type ReadCells } from '../../src/engine/interchange/read-cells.ts';
import { concepts, fromCells, madeLayer, settings } from '../engine/interchange/support/made-layer.ts';
import { block } from './from-document.ts';

const layer = madeLayer(8);
const folder = mkdtempSync(join(tmpdir(), 'formulens-duckdb-'));
const positions = layer.grid.height * layer.grid.width;
let database: DuckDBInstance;

function labelRows(concept: (id: number) => string | number): string {
  const rows = layer.labels.flatMap(({ planes, everywhere }, sample) =>
    Array.from({ length: positions }, (_, position) => {
      const here = [...planes.map((plane) => plane[position] - 1).filter((id) => id >= 0), ...everywhere];
      return here.length === 0 ? [`${sample},${position},`] : here.map((id) => `${sample},${position},${concept(id)}`);
    }).flat(),
  );
  return ['sample,position,concept', ...rows].join('\n');
}

function activationRows(): string {
  const rows = Array.from(layer.values, (value, i) => {
    const unit = Math.floor(i / positions) % layer.unitCount;
    const sample = Math.floor(i / positions / layer.unitCount);
    return `${sample},${i % positions},${unit},${value}`;
  });
  return ['sample,position,unit,value', ...rows].join('\n');
}

const path = (name: string): string => join(folder, name);
const table = (name: string, file: string, types: string): string =>
  `CREATE TABLE ${name} AS SELECT * FROM read_csv('${path(file)}', header = true, columns = ${types})`;

/** Fresh tables in which the steps of the document ran. */
async function prepared(labels = 'labels.csv', conceptType = 'INTEGER'): Promise<DuckDBConnection> {
  const connection = await database.connect();
  await connection.run('DROP TABLE IF EXISTS labels; DROP TABLE IF EXISTS activations');
  await connection.run(table('labels', labels, `{sample: 'INTEGER', position: 'INTEGER', concept: '${conceptType}'}`));
  const types = "{sample: 'INTEGER', position: 'INTEGER', unit: 'INTEGER', value: 'FLOAT'}";
  await connection.run(table('activations', 'activations.csv', types));
  await connection.run(block('sql steps'));
  return connection;
}

async function write(connection: DuckDBConnection, file: string): Promise<void> {
  const sql = block('sql duckdb');
  expect(sql).toContain("'cells.parquet'");
  await connection.run(sql.replace("'cells.parquet'", `'${path(file)}'`));
}

const named = async (name: string) => ({ name, blob: await openAsBlob(path(name)) });
const list = concepts.map(({ number, name, category }) => ({ number, name, category }));

/** Of a file that says nothing of itself: no thresholds, no firing samples, no reason why a mask is empty. */
function expectSame(read: ReadCells): void {
  const explainer = new CellsExplainer(read);
  for (const [unit, expected] of layer.expected.entries()) {
    if (unit >= read.counted.unitCount) {
      expect(['constant', 'not-finite']).toContain(expected.state);
      continue;
    }
    expect(explainer.explain(unit, settings)).toEqual({ ...fromCells(expected), threshold: null, firing: 0 });
  }
  expect(read.counted.unitCount).toBe(5);
}

beforeAll(async () => {
  database = await DuckDBInstance.create(':memory:', { threads: '1' });
  writeFileSync(
    path('labels.csv'),
    labelRows((id) => concepts[id].number),
  );
  writeFileSync(
    path('names.csv'),
    labelRows((id) => `${concepts[id].category}/${concepts[id].name}`),
  );
  writeFileSync(path('activations.csv'), activationRows());
});
afterAll(() => {
  database.closeSync();
  rmSync(folder, { recursive: true });
});

describe('the SQL of docs/interchange.md in DuckDB', () => {
  it('finds the thresholds of the units, and leaves out the one that has a NaN', async () => {
    const connection = await prepared();
    const found = await connection.runAndReadAll('SELECT unit, threshold FROM thresholds ORDER BY unit');
    expect(found.getRows()).toEqual(
      layer.expected.flatMap(({ unit, threshold }) => (threshold === null ? [] : [[unit, threshold]])),
    );
    connection.closeSync();
  });

  it('gives the same explanations to the last digit', async () => {
    const connection = await prepared();
    await write(connection, 'whole.parquet');
    connection.closeSync();
    expectSame(await readCells([await named('whole.parquet')], { concepts: list }));
  });

  it('gives them from names of concepts', async () => {
    const connection = await prepared('names.csv', 'VARCHAR');
    await write(connection, 'names.parquet');
    connection.closeSync();
    expectSame(await readCells([await named('names.parquet')], { concepts: list }));
  });

  it('gives them from two shards, counted by the thresholds of the whole', async () => {
    const connection = await prepared();
    await connection.run('CREATE OR REPLACE TEMPORARY TABLE kept AS SELECT * FROM thresholds');
    await connection.run('CREATE OR REPLACE TEMPORARY VIEW thresholds AS SELECT * FROM kept');
    await connection.run('CREATE TABLE all_labels AS SELECT * FROM labels');
    for (const half of [0, 1]) {
      await connection.run(`CREATE OR REPLACE TABLE labels AS SELECT * FROM all_labels WHERE sample % 2 = ${half}`);
      await write(connection, `shard-${half}.parquet`);
    }
    await connection.run('DROP TABLE all_labels');
    connection.closeSync();
    const shards = [await named('shard-0.parquet'), await named('shard-1.parquet')];
    expectSame(await readCells(shards, { concepts: list }));
    const { counted } = await readCells(shards.slice(0, 1), { concepts: list });
    expect(counted.table.positionCount).toBe((layer.sampleCount / 2) * positions);
  });

  it('may write sums in place of counts, which are floating point there, and one row a pair', async () => {
    const connection = await prepared();
    await connection.run(`COPY (
      SELECT concepts, sum(n) AS n, NULL::INTEGER[] AS units, NULL::DOUBLE[] AS fires FROM sizes GROUP BY concepts
      UNION ALL BY NAME SELECT concepts, 0 AS n, [unit] AS units, [sum(fires)] AS fires FROM meets GROUP BY concepts, unit
    ) TO '${path('pairs.parquet')}' (FORMAT parquet, CODEC zstd)`);
    connection.closeSync();
    expectSame(await readCells([await named('pairs.parquet')], { concepts: list }));
  });
});
