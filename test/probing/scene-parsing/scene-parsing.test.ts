import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSceneParsing, recogniseSceneParsing } from '../../../src/probing/scene-parsing/scene-parsing.ts';
import { annotatedSet } from '../../../src/probing/annotated/annotated-set.ts';
import { conceptsAt, grayPng } from '../support/masks.ts';
import { asFolder } from '../support/trees.ts';
import { TABLE, CSV, release } from './made.ts';

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
