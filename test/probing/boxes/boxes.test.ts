import { assert, double, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openBoxes, recogniseBoxes } from '../../../src/probing/boxes/boxes.ts';
import { covered } from '../../../src/probing/boxes/cover.ts';
import { yamlNames } from '../../../src/probing/boxes/data-yaml.ts';
import { openProbing } from '../../../src/probing/open.ts';
import { expectFault } from '../../bad-files/bad-file.ts';
import { colorPng } from '../support/pictures.ts';
import { asFolder, utf8 } from '../support/trees.ts';

const GRID = { height: 4, width: 4 };
const picture = colorPng(8, 4, [255, 0, 0]);
const LEFT_HALF = Uint16Array.from({ length: 16 }, (_, at) => (at % 4 < 2 ? 1 : 0));

type Made = Map<string, Uint8Array<ArrayBuffer>>;
const withTable = (text: string, path = 'boxes.csv'): Made =>
  new Map([
    ['images/a.png', picture],
    ['images/b.png', picture],
    [path, utf8(text)],
  ]);

describe('covered', () => {
  it('is what testing every centre gives, or the one position of the middle', () => {
    const part = double({ min: 0, max: 1, noNaN: true });
    const side = integer({ min: 1, max: 9 });
    assert(
      property(part, part, part, part, side, side, (x, y, w, h, height, width) => {
        const box = { left: x * 0.99, top: y * 0.99, right: x * 0.99 + w + 1e-9, bottom: y * 0.99 + h + 1e-9 };
        const rows = places(box.top, box.bottom, height);
        const columns = places(box.left, box.right, width);
        const expected = rows.flatMap((row) => columns.map((column) => row * width + column));
        expect(Array.from(covered(box, { height, width }))).toEqual(expected);
        expect(expected.length).toBeGreaterThan(0);
      }),
    );
  });

  function places(from: number, to: number, count: number): number[] {
    const end = Math.min(1, to);
    const inside = Array.from({ length: count }, (_, at) => at).filter((at) => {
      return (at + 0.5) / count >= from && (at + 0.5) / count < end;
    });
    return inside.length > 0 ? inside : [Math.min(count - 1, Math.floor(((from + end) / 2) * count))];
  }
});

describe('openBoxes, CSV', () => {
  it.each([
    ['sizes in pixels', 'image,label,x,y,w,h\na.png,cat,0,0,4,4\n'],
    [
      'corners in pixels, the size of the picture given',
      'filename,width,height,class,xmin,ymin,xmax,ymax\nimages/a.png,8,4,cat,0,0,4,4\n',
    ],
    ["Open Images' parts", 'ImageID,Source,LabelName,Confidence,XMin,XMax,YMin,YMax\na,x,cat,1,0,0.5,0,1\n'],
    ['a box that stands out of the picture', 'image,label,x1,y1,x2,y2\na.png,cat,-3,-2,4,9\n'],
  ])('reads %s', async (_, text) => {
    const tree = asFolder(withTable(text));
    expect(await recogniseBoxes(tree)).toBe(true);
    const source = await openBoxes(tree);
    expect(source.samples.map(({ name }) => name)).toEqual(['images/a.png']);
    expect(source.concepts).toEqual([{ number: 1, name: 'cat', category: 'object' }]);
    expect((await source.read(0, GRID)).planes).toEqual([LEFT_HALF]);
  });

  it('keeps boxes that overlap, with category and split columns', async () => {
    const text =
      'image,label,x,y,w,h,category,split\na,cat,0,0,8,4,animal,val\na,eye,0,0,1,1,part,val\nzz,eye,0,0,1,1,part,val\n';
    const source = await openBoxes(asFolder(withTable(text)));
    expect(source.categories).toEqual(['animal', 'part']);
    expect(source.samples[0].split).toBe('val');
    const { planes } = await source.read(0, GRID);
    expect(planes).toEqual([
      new Uint16Array(16).fill(1),
      Uint16Array.from({ length: 16 }, (_, at) => (at === 0 ? 2 : 0)),
    ]);
    expect([source.hasCategory?.(0, 'part'), source.hasCategory?.(0, 'color')]).toEqual([true, false]);
    expect(source.notes).toEqual(['1 row of boxes.csv is about pictures that are not there.']);
  });

  it("takes names from Open Images' descriptions and splits from the file's name", async () => {
    const files = withTable(
      'ImageID,LabelName,XMin,XMax,YMin,YMax\na,/m/01,0,1,0,1\n',
      'validation-annotations-bbox.csv',
    );
    files.set('class-descriptions-boxable.csv', utf8('/m/01,"Cat, small"\n'));
    const source = await openBoxes(asFolder(files));
    expect([source.concepts[0].name, source.samples[0].split]).toEqual(['Cat, small', 'validation']);
  });

  it('becomes a probing set', async () => {
    const set = await openProbing(asFolder(withTable('image,label,x,y,w,h\na.png,cat,0,0,4,4\n')));
    expect([set.format, set.survey.layout, set.sampleCount]).toEqual(['boxes', 'Boxes in CSV', 1]);
    expect((await set.labels(0)).planes[0].reduce((sum, value) => sum + value, 0)).toBe(112 * 56);
  });

  const bad = (row: string): string => `image,label,x,y,w,h\n${row}\n`;
  it.each([
    [bad('a.png,cat,0,0,wide,4'), 'probing/box-number', 'boxes.csv, row 2, column w: "wide" is not a number.'],
    [bad('a.png,cat,0,0,0,4'), 'probing/box-empty', 'boxes.csv, row 2: the box 0, 0, 0, 4 has no width or no height.'],
    [bad('a.png,,0,0,1,4'), 'probing/empty-field', 'boxes.csv, row 2, column label: the field is empty.'],
    [
      bad('z.png,cat,0,0,1,4'),
      'probing/box-no-pictures',
      'None of the pictures that boxes.csv names (z.png, ...) is in set. Put the pictures into the folder, under the same names.',
    ],
    [
      'ImageID,LabelName,XMin,XMax,YMin,YMax\na,cat,0,400,0,300\n',
      'probing/box-relative',
      "boxes.csv, row 2: the box 0, 0, 400, 300 is not within 0 and 1, as parts of the picture's width and height must be.",
    ],
  ])('refuses %j', async (text, code, message) => {
    await expectFault(() => openBoxes(asFolder(withTable(text))), code, message);
  });

  it('refuses a name that two pictures have, and a box outside of its picture', async () => {
    const files = withTable(bad('a.png,cat,0,0,4,4'));
    files.set('more/a.png', picture);
    await expectFault(
      () => openBoxes(asFolder(files)),
      'probing/box-two-pictures',
      'boxes.csv, row 2: a.png may be images/a.png or more/a.png. Write the path of the picture.',
    );
    const source = await openBoxes(asFolder(withTable(bad('a.png,cat,9,0,4,4'))));
    await expectFault(
      () => source.read(0, GRID),
      'probing/box-outside',
      'boxes.csv, row 2: the box lies outside of the picture images/a.png, which is 8 x 4 pixels (width x height).',
    );
  });
});

describe('openBoxes, YOLO', () => {
  const yolo = (line: string): Made =>
    new Map([
      ['images/train/a.png', picture],
      ['images/train/b.png', picture],
      ['labels/train/a.txt', utf8(line)],
      ['data.yaml', utf8('train: images/train\nnc: 2\nnames:\n  0: cat\n  1: "big dog"\n')],
    ]);

  it('reads boxes, names and splits; a picture without a file has no objects', async () => {
    const source = await openBoxes(asFolder(yolo('0 0.25 0.5 0.5 1\n')));
    expect(source.concepts.map(({ number, name }) => [number, name])).toEqual([
      [0, 'cat'],
      [1, 'big dog'],
    ]);
    expect(source.samples.map(({ split }) => split)).toEqual(['train', 'train']);
    expect((await source.read(0, GRID)).planes).toEqual([LEFT_HALF]);
    expect((await source.read(1, GRID)).planes).toEqual([]);
  });

  it.each([
    [
      '0 0.5 0.5 2 1',
      'probing/yolo-line',
      'labels/train/a.txt, line 1: the number of a class and four numbers from 0 to 1 (centre x, centre y, width, height) are wanted.',
    ],
    [
      '\n7 0.5 0.5 1 1',
      'probing/yolo-class',
      'labels/train/a.txt, line 2: class 7 is not in data.yaml, which names 2, counted from 0.',
    ],
  ])('refuses %j', async (line, code, message) => {
    const source = await openBoxes(asFolder(yolo(line)));
    await expectFault(() => source.read(0, GRID), code, message);
  });

  it('refuses a data.yaml without names', async () => {
    const files = yolo('0 0.5 0.5 1 1').set('data.yaml', utf8('nc: 2\n'));
    await expectFault(
      () => openBoxes(asFolder(files)),
      'probing/yolo-names',
      'data.yaml has no list of class names (names: [...] or a line each).',
    );
  });
});

describe('yamlNames', () => {
  it.each([
    ["names: ['cat', \"a, b\", it's]", ['cat', 'a, b', "it's"]],
    ['nc: 2\nnames:\n- cat # small\n- dog\nother: 1', ['cat', 'dog']],
    ['names:\n  1: dog\n  0: cat', ['cat', 'dog']],
    ['names: [\n  cat,\n  dog\n]', ['cat', 'dog']],
    ['nc: 1', []],
  ])('reads %j', (text, expected) => {
    expect(yamlNames(text)).toEqual(expected);
  });
});
