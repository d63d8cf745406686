import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { occurringCategories, readIndexRows } from '../../src/probing/broden/index-rows.ts';
import { parseCsv } from '../../src/probing/csv.ts';

const real = process.env['FORMULENS_REAL'];

it.skipIf(!real)(
  "reads the index of Broden's ADE20K subset (skipped unless FORMULENS_REAL names a folder that has it)",
  () => {
    const bytes = gunzipSync(readFileSync(join(real ?? '', 'index_ade20k.csv.gz')));
    const table = parseCsv(bytes, 'index.csv', ['image', 'sh', 'sw']);
    const categories = occurringCategories(table, ['color', 'object', 'part', 'material', 'scene', 'texture']);
    expect(categories).toEqual(['color', 'object', 'part', 'scene']);
    const { rows, leftOut, grid } = readIndexRows(table, categories);
    expect(rows).toHaveLength(22_210);
    expect(leftOut).toBe(0);
    expect(grid).toEqual({ height: 112, width: 112 });
  },
);
