import { describe, expect, it } from 'vitest';
import { openFolders, recogniseFolders } from '../../../src/probing/folders/folders.ts';
import { readNames } from '../../../src/probing/folders/names-file.ts';
import { openProbing } from '../../../src/probing/open.ts';
import { expectFault } from '../../bad-files/bad-file.ts';
import { flatMask } from '../support/sets.ts';
import { colorPng, grayPng } from '../support/pictures.ts';
import { asFolder, utf8 } from '../support/trees.ts';

const SMALL = { height: 2, width: 2 };
const picture = colorPng(2, 2, [255, 0, 0]);

const good = (): Map<string, Uint8Array<ArrayBuffer>> =>
  new Map([
    ['pictures/train/a.png', picture],
    ['pictures/val/b.png', picture],
    ['pictures/val/c.png', picture],
    ['masks/train/a.png', grayPng(2, 2, [0, 1, 2, 255])],
    ['masks/val/b.png', flatMask(2, 2, 2)],
    ['masks/val/stray.png', grayPng(2, 2, [0, 0, 0, 0])],
    ['names.txt', utf8('water\n\nsky\n')],
  ]);

describe('openFolders', () => {
  it('reads masks of gray values and of red and green, with names and splits', async () => {
    const tree = asFolder(good());
    expect(recogniseFolders(tree)).toBe(true);
    const source = await openFolders(tree);
    expect(source.concepts).toEqual([
      { number: 1, name: 'water', category: 'object' },
      { number: 2, name: 'sky', category: 'object' },
    ]);
    expect(source.samples.map(({ name, split }) => [name, split])).toEqual([
      ['pictures/train/a.png', 'train'],
      ['pictures/val/b.png', 'val'],
    ]);
    const size = { ...SMALL, file: 'masks/train/a.png' };
    expect(await source.read(0, SMALL)).toEqual({ planes: [Uint16Array.of(0, 1, 2, 0)], everywhere: [], size });
    expect((await source.read(1, SMALL)).planes).toEqual([Uint16Array.of(2, 2, 2, 2)]);
    expect(source.notes).toEqual(['1 picture has no mask and is left out.', '1 mask belongs to no picture.']);
  });

  it('takes folders of masks as categories, with names of their own or in common', async () => {
    const files = new Map([
      ['images/a.png', picture],
      ['masks/part/a.png', grayPng(2, 2, [1, 0, 0, 0])],
      ['masks/object/a.png', grayPng(2, 2, [7, 7, 0, 0])],
      ['masks/part/names.txt', utf8('wheel')],
      ['names.csv', utf8('number,name,category\n7,car,object\n8,road,stuff\n')],
    ]);
    const source = await openFolders(asFolder(files));
    expect(source.concepts.map(({ number, name, category }) => [number, name, category])).toEqual([
      [7, 'car', 'object'],
      [1, 'wheel', 'part'],
    ]);
    const { planes } = await source.read(0, SMALL);
    expect(planes).toEqual([Uint16Array.of(1, 1, 0, 0), Uint16Array.of(2, 0, 0, 0)]);
    expect([source.hasCategory?.(0, 'part'), source.hasCategory?.(0, 'stuff')]).toEqual([true, false]);
  });

  it('names labels by their numbers where nothing else does, and says so', async () => {
    const files = good();
    files.delete('names.txt');
    const source = await openFolders(asFolder(files));
    expect([source.concepts.length, source.concepts[254].name]).toEqual([255, '255']);
    expect((await source.read(0, SMALL)).planes).toEqual([Uint16Array.of(0, 1, 2, 255)]);
    expect(source.notes[0]).toBe(
      'No file names the labels of masks, so concepts have their numbers as names. A file names.txt with a name a line gives them names.',
    );
  });

  it('takes 255 for the only label', async () => {
    const files = good();
    files.set('names.txt', utf8('background\nriver\n'));
    files.set('masks/train/a.png', grayPng(2, 2, [0, 1, 255, 255]));
    expect((await (await openFolders(asFolder(files))).read(0, SMALL)).planes).toEqual([Uint16Array.of(0, 1, 1, 1)]);
  });

  it('becomes a probing set with its splits', async () => {
    const set = await openProbing(asFolder(good()), { splits: ['val'] });
    expect([set.format, set.sampleCount, set.grid]).toEqual(['folders', 1, { height: 112, width: 112 }]);
    expect((await set.labels(0)).planes[0]).toEqual(new Uint16Array(112 * 112).fill(2));
  });

  it.each([
    [
      'a label without a name',
      'masks/train/a.png',
      grayPng(2, 2, [0, 0, 0, 9]),
      'probing/mask-unnamed',
      'masks/train/a.png, pixel x 1, y 1: label 9 has no name in names.txt. Add it there, or 0 for nothing to the mask.',
    ],
    [
      'a cut-off mask',
      'masks/train/a.png',
      grayPng(2, 2, [0, 0, 0, 1]).slice(0, 40),
      'probing/png-truncated',
      'masks/train/a.png is cut off: its last part is missing. Make or download it again.',
    ],
  ])('refuses %s', async (_, path, bytes, code, message) => {
    const files = good();
    files.set(path, bytes);
    const source = await openFolders(asFolder(files));
    await expectFault(() => source.read(0, SMALL), code, message);
  });

  it('refuses masks of a picture that have different sizes', async () => {
    const files = new Map([
      ['images/a.png', picture],
      ['masks/a/a.png', grayPng(2, 2, [1, 0, 0, 0])],
      ['masks/b/a.png', grayPng(2, 1, [1, 1])],
    ]);
    const source = await openFolders(asFolder(files));
    await expectFault(
      () => source.read(0, SMALL),
      'probing/masks-differ',
      'masks/a/a.png is 2 x 2 pixels (height x width), but masks/b/a.png is 1 x 2. All masks of a picture must have one size.',
    );
  });
});

describe('readNames', () => {
  const read = async (path: string, text: string): Promise<(string | number)[][]> => {
    const file = asFolder(
      new Map([
        [path, utf8(text)],
        ['other', utf8('x')],
      ]),
    ).files.get(path);
    if (file === undefined) throw new Error(`no ${path}`);
    return (await readNames(file)).labels.map(({ number, name }) => [number, name]);
  };

  it.each([
    [
      'names.txt',
      'water\nsky\n',
      [
        [1, 'water'],
        [2, 'sky'],
      ],
    ],
    ['names.txt', '_background_\nwater\n', [[1, 'water']]],
    ['names.txt', '0 nothing\n12: water lily\n', [[12, 'water lily']]],
    [
      'labels.json',
      '["water", "sky"]',
      [
        [1, 'water'],
        [2, 'sky'],
      ],
    ],
    ['labels.json', '{"0": "void", "5": "sky"}', [[5, 'sky']]],
    [
      'labels.json',
      '{"sky": 5, "water": 2}',
      [
        [2, 'water'],
        [5, 'sky'],
      ],
    ],
    [
      'names.csv',
      'number,name\n3,water\n1,sky\n',
      [
        [1, 'sky'],
        [3, 'water'],
      ],
    ],
  ])('reads %s: %j', async (path, text, expected) => {
    expect(await read(path, text)).toEqual(expected);
  });

  it.each([
    [
      'names.txt',
      '1 water\n1 sky\n',
      'probing/names-twice',
      'names.txt gives number 1 two names, "water" and "sky". Each number needs one.',
    ],
    [
      'names.txt',
      '\n',
      'probing/names-empty',
      'names.txt names no label. It must hold a name a line, in a table, or as JSON.',
    ],
    [
      'names.txt',
      '70000 sky',
      'probing/names-number',
      'names.txt names label 70000; masks can hold numbers up to 65534.',
    ],
    [
      'labels.json',
      '{"1": ',
      'probing/names-json',
      'labels.json is not a JSON list or object of names, such as {"1": "water", "2": "sky"}. Correct it, or list the names in names.txt.',
    ],
    [
      'labels.json',
      '{"one": "water"}',
      'probing/names-entry',
      'labels.json, "one": a number and a name are wanted, such as "1": "water".',
    ],
    [
      'labels.json',
      '["water", 3]',
      'probing/names-entry',
      'labels.json, entry 1: a number and a name are wanted, such as "1": "water".',
    ],
  ])('refuses %s: %j', async (path, text, code, message) => {
    await expectFault(() => read(path, text), code, message);
  });
});
