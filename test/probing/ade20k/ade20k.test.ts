import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openAde20k, recogniseAde20k } from '../../../src/probing/ade20k/ade20k.ts';
import { annotatedSet } from '../../../src/probing/annotated/annotated-set.ts';
import { readRgbPng } from '../../../src/probing/png.ts';
import { conceptsAt, rgbPng } from '../support/masks.ts';
import { asFolder, utf8 } from '../support/trees.ts';
import { STREET, ROOM, OLD, PICTURE, pixel, json, release, type Files } from './made.ts';

describe('openAde20k', () => {
  it('reads objects, parts at all levels, scenes and splits', async () => {
    const tree = asFolder(release());
    expect(recogniseAde20k(tree)).toBe(true);
    const source = await openAde20k(tree);
    expect(source.categories).toEqual(['object', 'part', 'scene']);
    expect(source.concepts).toEqual([
      { number: 401, name: 'car, auto', category: 'object' },
      { number: 402, name: 'car, railway car', category: 'object' },
      { number: 3000, name: 'wheel', category: 'object' },
      { number: 9, name: 'rim', category: 'part' },
      { number: 3000, name: 'wheel', category: 'part' },
      { number: 1, name: 'home/room', category: 'scene' },
      { number: 2, name: 'street', category: 'scene' },
    ]);
    expect(source.samples.map(({ name, split }) => [name, split])).toEqual([
      [`${STREET}.jpg`, 'training'],
      [`${ROOM}.jpg`, 'validation'],
    ]);
    expect(await conceptsAt(source, 0, 2, 1)).toEqual([
      ['object car, auto', 'part rim', 'part wheel', 'scene street'],
      ['scene street'],
    ]);
    expect(await conceptsAt(source, 1, 2, 1)).toEqual([
      ['object car, railway car', 'scene home/room'],
      ['object wheel', 'scene home/room'],
    ]);
    const set = await annotatedSet(source, tree, {}, undefined);
    expect(set.survey.categories.map(({ name, samples }) => [name, samples])).toEqual([
      ['object', 2],
      ['part', 1],
      ['scene', 2],
    ]);
  });

  it('takes what the JSON calls a part for one, whichever mask has it', async () => {
    const files = release();
    files.set(`${STREET}_seg.png`, rgbPng(2, [pixel(401), pixel(9)]));
    expect(await conceptsAt(await openAde20k(asFolder(files)), 0, 2, 1)).toEqual([
      ['object car, auto', 'part rim', 'part wheel', 'scene street'],
      ['part rim', 'scene street'],
    ]);
  });

  it('counts instances where only _atr.txt names them', async () => {
    const lines =
      '001 # 0 # 0 # sky # sky # ""\n002 # 0 # 1 # house, home # House # "old"\n001 # 1 # 0 # door # door # ""\n';
    const files: Files = new Map([
      [`${OLD}.jpg`, PICTURE],
      [`${OLD}_atr.txt`, utf8(lines)],
      [`${OLD}_seg.png`, rgbPng(3, [pixel(900, 128), pixel(77, 255), pixel(77, 255)])],
      [`${OLD}_parts_1.png`, rgbPng(3, [pixel(0), pixel(0), pixel(5, 255)])],
    ]);
    const tree = asFolder(files);
    expect(recogniseAde20k(tree)).toBe(true);
    const source = await openAde20k(tree);
    expect(source.concepts).toEqual([
      { number: 1, name: 'house', category: 'object' },
      { number: 2, name: 'sky', category: 'object' },
      { number: 1, name: 'door', category: 'part' },
      { number: 1, name: 'apartment_building/outdoor', category: 'scene' },
    ]);
    const scene = 'scene apartment_building/outdoor';
    expect(await conceptsAt(source, 0, 3, 1)).toEqual([
      ['object sky', scene],
      ['object house', scene],
      ['object house', 'part door', scene],
    ]);
  });

  it('reads every number that red and green can hold', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 1, max: 6655 }), { minLength: 1, maxLength: 8 }),
        async (numbers) => {
          const files: Files = new Map([
            ['ADE_train_1.json', json(numbers.map((number) => [`n${number}`, number, 0]))],
            [
              'ADE_train_1_seg.png',
              rgbPng(
                numbers.length,
                numbers.map((number) => pixel(number)),
              ),
            ],
          ]);
          const found = await conceptsAt(await openAde20k(asFolder(files)), 0, numbers.length, 1);
          expect(found).toEqual(numbers.map((number) => [`object n${number}`]));
        },
      ),
      { numRuns: 30 },
    );
  });
});

const real = process.env['FORMULENS_REAL'];

describe.skipIf(!real)(
  'real pictures of the release of 2021 (skipped unless FORMULENS_REAL names a folder that has them)',
  () => {
    const folder = join(
      real ??
        `${STREET}_seg.png is 1 x 2 pixels (height x width), but ${STREET}_parts_1.png is 2 x 1. All masks of a picture must have one size.`,
      'ade20k-full',
    );
    const bytesOf = (name: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(join(folder, name)));

    it('has the classes of level N of the JSON in the masks of level N, and no others', () => {
      const names = readdirSync(folder).filter((name) => /_(seg|parts_\d)\.png$/.test(name));
      for (const name of names) {
        const [, stem = '', level] = /^(.*?)_(?:seg|parts_(\d))\.png$/.exec(name) ?? [];
        const { annotation } = JSON.parse(new TextDecoder().decode(bytesOf(`${stem}.json`))) as {
          annotation: { object: { name_ndx: number; parts: { part_level: number } }[] };
        };
        const said = annotation.object
          .filter(({ parts }) => parts.part_level === Number(level ?? 0))
          .map((one) => one.name_ndx);
        const drawn = new Uint8Array(6656);
        for (const rgb of readRgbPng(bytesOf(name), name).numbers)
          drawn[Math.floor((rgb & 255) / 10) * 256 + ((rgb >> 8) & 255)] = 1;
        drawn[0] = 0;
        const numbers = Array.from(drawn.entries()).flatMap(([number, here]) => (here === 1 ? number : []));
        expect(numbers).toEqual(Array.from(new Set(said)).sort((a, b) => a - b));
      }
      expect(names).toHaveLength(7);
    });

    it('reads them', async () => {
      const tree = asFolder(new Map(readdirSync(folder).map((name) => [name, bytesOf(name)])));
      const set = await annotatedSet(await openAde20k(tree), tree, {}, undefined);
      expect(set.sampleCount).toBe(3);
      expect(set.survey).toMatchObject({
        categories: [
          { name: 'object', samples: 3 },
          { name: 'part', samples: 3 },
          { name: 'scene', concepts: 1, samples: 3 },
        ],
        splits: [{ name: 'training', samples: 3, chosen: true }],
      });
      const { planes, everywhere } = await set.labels(0);
      expect(planes).toHaveLength(3);
      expect(everywhere.map((id) => set.concepts[id].name)).toEqual(['street']);
      const names = planes.map((plane) =>
        [...new Set(plane)].filter((value) => value > 0).map((value) => set.concepts[value - 1]),
      );
      expect(names[0].map(({ name }) => name)).toEqual(expect.arrayContaining(['building', 'sky', 'car', 'tree']));
      expect(new Set(names[1].map(({ category }) => category))).toEqual(new Set(['part']));
    });
  },
);
