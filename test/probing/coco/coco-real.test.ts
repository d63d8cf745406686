import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCoco, recogniseCoco } from '../../../src/probing/coco/open-coco.ts';
import { asFolder } from '../support/trees.ts';

const real = process.env['FORMULENS_REAL'];

/** Pixels of each label, counted in the files themselves: label's number less 1, then pixels; 255 has none. */
const COUNTS: readonly (readonly [string, number, number, Readonly<Record<number, number>>])[] = [
  ['000000000785', 425, 640, { 0: 27486, 34: 3828, 119: 26340, 158: 213773 }],
  ['000000001490', 315, 640, { 0: 2436, 41: 1025, 95: 7737, 154: 146579, 156: 41440, 159: 2056, 168: 129 }],
  ['000000001584', 612, 612, { 0: 5305, 5: 151838, 95: 36923, 148: 82261, 156: 59563, 168: 38145 }],
  ['000000001818', 425, 640, { 23: 209228, 123: 52443 }],
];

describe.skipIf(!real)(
  'real label maps of COCO-Stuff (skipped unless FORMULENS_REAL names a folder that has them)',
  () => {
    const root = join(real ?? '', 'coco-stuff');
    const tree = () => {
      const paths = readdirSync(root, { recursive: true })
        .map(String)
        .filter((path) => path.includes('.'));
      return asFolder(
        new Map(paths.map((path) => [path, new Uint8Array(readFileSync(join(root, path)))])),
        'coco-stuff',
      );
    };

    it('are recognised and joined with their photographs; numbered instances are no label maps', async () => {
      expect(await recogniseCoco(tree())).toBe(true);
      const source = await openCoco(tree());
      expect(source).toMatchObject({ format: 'coco-stuff', layout: 'COCO stuff', notes: [] });
      expect(source.samples).toHaveLength(8);
      expect(source.samples[0]).toMatchObject({ name: 'val_img/000000000139.jpg', split: 'val' });
      expect(source.samples.map((_, sample) => source.filesOf(sample).map(({ path }) => path))).toEqual(
        source.samples.map(({ name }) => [name.replace('val_img', 'val_label').replace('.jpg', '.png')]),
      );
    });

    it.each(COUNTS)('%s has exactly the pixels of each label', async (name, height, width, counts) => {
      const source = await openCoco(tree());
      const sample = source.samples.findIndex((candidate) => candidate.name.includes(name));
      const { planes, size } = await source.read(sample, { height, width });
      expect(size).toEqual({ height, width, file: `val_label/${name}.png` });
      const found = new Map<number, number>();
      for (const value of planes.flatMap((plane) => Array.from(plane))) {
        if (value > 0) found.set(value - 1, (found.get(value - 1) ?? 0) + 1);
      }
      const labels = Array.from(found)
        .filter(([place]) => source.concepts[place].category !== 'group')
        .map(([place, count]): [number, number] => [source.concepts[place].number - 1, count]);
      expect(Object.fromEntries(labels)).toEqual(counts);
    });

    it('shows what the photographs show', async () => {
      const source = await openCoco(tree());
      const named = await Promise.all(
        source.samples.map(async (_, sample) => {
          const { planes } = await source.read(sample, { height: 112, width: 112 });
          const places = new Set(planes.flatMap((plane) => Array.from(plane)).filter((value) => value > 0));
          return Array.from(places, (value) => source.concepts[value - 1].name);
        }),
      );
      expect(named[1]).toEqual(expect.arrayContaining(['person', 'skis', 'snow', 'fog']));
      expect(named[3]).toEqual(expect.arrayContaining(['person', 'surfboard', 'sea', 'water']));
      expect(named[5]).toEqual(expect.arrayContaining(['bus', 'road', 'vehicle', 'tree']));
      expect(named[6]).toEqual(expect.arrayContaining(['zebra', 'grass', 'animal']));
    });
  },
);
