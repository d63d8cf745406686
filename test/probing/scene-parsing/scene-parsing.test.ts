import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { annotatedSet } from '../../../src/probing/annotated/annotated-set.ts';
import { openSceneParsing, recogniseSceneParsing } from '../../../src/probing/scene-parsing/scene-parsing.ts';
import { expectFault } from '../../bad-files/bad-file.ts';
import { conceptsAt, grayPng } from '../support/masks.ts';
import { asFolder, utf8 } from '../support/trees.ts';

const TABLE = utf8('Idx\tRatio\tTrain\tVal\tName\n1\t0.16\t11664\t1172\twall\n2\t0.1\t6046\t612\tbuilding, edifice \n');
const CSV = utf8(
  'Idx,Ratio,Train,Val,Stuff,Name\n57,0.1,1,1,0,pool;table;billiard;table\n15,0.1,1,1,0,door;double;door\n',
);

function release(): Map<string, Uint8Array<ArrayBuffer>> {
  return new Map([
    ['images/validation/ADE_val_1.jpg', grayPng(2, [0, 0])],
    ['images/training/ADE_train_1.jpg', grayPng(2, [0, 0])],
    ['images/training/ADE_train_2.jpg', grayPng(2, [0, 0])],
    ['annotations/training/ADE_train_1.png', grayPng(2, [1, 2])],
    ['annotations/validation/ADE_val_1.png', grayPng(2, [0, 1])],
    ['objectInfo150.txt', TABLE],
    ['sceneCategories.txt', utf8('ADE_train_1 street\n')],
  ]);
}

describe('openSceneParsing', () => {
  it('reads classes, splits and masks', async () => {
    const tree = asFolder(release(), 'ADEChallengeData2016');
    expect(recogniseSceneParsing(tree)).toBe(true);
    const source = await openSceneParsing(tree);
    expect(source.concepts).toEqual([
      { number: 1, name: 'wall', category: 'object' },
      { number: 2, name: 'building', category: 'object' },
    ]);
    expect(source.samples.map(({ name, split }) => [name, split])).toEqual([
      ['images/training/ADE_train_1.jpg', 'training'],
      ['images/validation/ADE_val_1.jpg', 'validation'],
    ]);
    expect(source.notes).toEqual(['1 picture has no annotation and is left out.']);
    expect(await conceptsAt(source, 0, 2, 1)).toEqual([['object wall'], ['object building']]);
    expect(await conceptsAt(source, 1, 2, 1)).toEqual([[], ['object wall']]);
  });

  it('takes the scenes of sceneCategories.txt as concepts of the whole picture', async () => {
    const tree = asFolder(release());
    const set = await annotatedSet(await openSceneParsing(tree), tree, {}, undefined);
    expect(set.concepts.map(({ name }) => name)).toEqual(['wall', 'building', 'street']);
    expect((await set.labels(0)).everywhere).toEqual([2]);
    expect((await set.labels(1)).everywhere).toEqual([]);
    expect(set.survey.categories[1]).toEqual({ name: 'scene', concepts: 1, samples: 1, probed: true });
  });

  it('finds the first name in the CSV, whose words are separated as its synonyms are', async () => {
    const tree = asFolder(
      new Map([
        ['a.jpg', grayPng(1, [0])],
        ['a.png', grayPng(1, [57])],
        ['objectInfo150.csv', CSV],
      ]),
    );
    expect(recogniseSceneParsing(tree)).toBe(true);
    const source = await openSceneParsing(tree);
    expect(source.concepts.map(({ number, name }) => [number, name])).toEqual([
      [57, 'pool table'],
      [15, 'door'],
    ]);
    expect(await conceptsAt(source, 0, 1, 1)).toEqual([['object pool table']]);
  });

  it('leaves the full release and other trees to others', () => {
    const mask = grayPng(1, [0]);
    expect(
      recogniseSceneParsing(
        asFolder(
          new Map([
            ['x_seg.png', mask],
            ['objectInfo150.txt', TABLE],
          ]),
        ),
      ),
    ).toBe(false);
    expect(recogniseSceneParsing(asFolder(new Map([['a.png', mask]])))).toBe(false);
  });

  it.each([
    [
      'a table that is missing',
      'objectInfo150.txt',
      undefined,
      'probing/no-object-info',
      'set has pictures and masks of ADE20K scene parsing, but not the table of their classes. Add objectInfo150.txt of ADEChallengeData2016, which lies beside the folders images and annotations.',
    ],
    [
      'a table of other columns',
      'objectInfo150.txt',
      utf8('Idx Name\n1 wall\n'),
      'probing/object-info',
      'objectInfo150.txt is no table of classes: its first line must name the columns Idx and Name, separated by tabs, and classes must follow.',
    ],
    [
      'a line that is too short',
      'objectInfo150.txt',
      utf8('Idx\tName\n1\twall\n2\n'),
      'probing/object-info-line',
      'objectInfo150.txt, line 3: 1 field separated by tabs, but the first line names 2, and a class must have a name.',
    ],
    [
      'a number that is none',
      'objectInfo150.txt',
      utf8('Idx\tName\n0\twall\n'),
      'probing/class-number',
      'objectInfo150.txt, line 2: "0" is no number of a class. Whole numbers from 1 to 65534 are.',
    ],
    [
      'a number that stands twice',
      'objectInfo150.txt',
      utf8('Idx\tName\n1\twall\n1\tsky\n'),
      'probing/repeated-number',
      'objectInfo150.txt, row 3: number 1 is already used in row 2.',
    ],
    [
      'a class that is not in the table',
      'annotations/training/ADE_train_1.png',
      grayPng(2, [1, 0, 0, 3]),
      'probing/unlisted-pixel',
      'annotations/training/ADE_train_1.png, pixel x 1, y 1: the number 3 is not in objectInfo150.txt. Take both from the same release.',
    ],
    [
      'a mask that is no PNG',
      'annotations/training/ADE_train_1.png',
      utf8('<html>'),
      'probing/wrong-kind',
      'annotations/training/ADE_train_1.png is a web page (HTML), not a PNG mask. Download the file itself again.',
    ],
  ])('refuses %s', async (_, path, bytes, code, message) => {
    const files = release();
    if (bytes === undefined) files.delete(path);
    else files.set(path, bytes);
    await expectFault(
      async () => (await openSceneParsing(asFolder(files))).read(0, { height: 1, width: 1 }),
      code,
      message,
    );
  });
});

const real = process.env['FORMULENS_REAL'];

it.skipIf(!real)('reads three real pictures (skipped unless FORMULENS_REAL names a folder that has them)', async () => {
  const folder = join(real ?? '', 'ade20k-sceneparsing');
  const files = new Map(readdirSync(folder).map((name) => [name, new Uint8Array(readFileSync(join(folder, name)))]));
  const tree = asFolder(files);
  const set = await annotatedSet(await openSceneParsing(tree), tree, {}, undefined);
  expect(set.concepts).toHaveLength(150);
  expect([set.concepts[56].name, set.concepts[147].name, set.concepts[14].name]).toEqual([
    'pool table',
    'glass',
    'door',
  ]);
  expect(new Set(set.concepts.map(({ name }) => name)).size).toBe(150);
  expect(set.sampleCount).toBe(3);
  const found = await Promise.all(
    [0, 1, 2].map(async (sample) => new Set((await set.labels(sample)).planes.flatMap((plane) => [...plane]))),
  );
  const names = found.map((values) =>
    [...values]
      .filter((value) => value > 0)
      .map((value) => set.concepts[value - 1].name)
      .sort(),
  );
  expect(names).toEqual([
    ['building', 'grass', 'plant', 'road', 'sky', 'tree', 'wall'],
    ['building', 'earth', 'plant', 'sky', 'tree', 'wall'],
    [
      'building',
      'bus',
      'car',
      'escalator',
      'road',
      'sidewalk',
      'signboard',
      'sky',
      'streetlight',
      'tree',
      'van',
      'wall',
    ],
  ]);
});
