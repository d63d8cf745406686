import { describe, expect, it } from 'vitest';
import { annotatedSet } from '../../../src/probing/annotated/annotated-set.ts';
import { openVoc, recogniseVoc } from '../../../src/probing/voc/voc.ts';
import { expectFault } from '../../bad-files/bad-file.ts';
import { conceptsAt, grayPng } from '../support/masks.ts';
import { indexedPng } from '../support/png.ts';
import { asFolder, utf8 } from '../support/trees.ts';

type Files = Map<string, Uint8Array<ArrayBuffer>>;
type Edges = readonly [number, number, number, number];

const PICTURE = grayPng(4, [0, 0, 0, 0]);

/** A mask whose palette has nothing to do with the classes. */
function mask(values: readonly number[]): Uint8Array<ArrayBuffer> {
  const palette = Array.from({ length: 256 }, (_, at) => [(at * 7) % 256, 3, (at * 5) % 256]);
  return indexedPng(4, 1, 8, Uint8Array.from(values), palette);
}

function box([xmin, ymin, xmax, ymax]: Edges): string {
  return `<bndbox><xmax>${xmax}</xmax><xmin>${xmin}</xmin><ymax>${ymax}</ymax><ymin>${ymin}</ymin></bndbox>`;
}

function xml(
  objects: string,
  size = '<size><width>4</width><height>4</height><depth>3</depth></size>',
): Uint8Array<ArrayBuffer> {
  return utf8(`<annotation>\n<filename>x.jpg</filename>${size}${objects}</annotation>\n`);
}

function object(name: string, edges: Edges, parts = ''): string {
  return `<object><name>${name}</name>${parts}${box(edges)}</object>`;
}

function devkit(): Files {
  return new Map([
    ['VOC2012/JPEGImages/2007_1.jpg', PICTURE],
    ['VOC2012/JPEGImages/2007_2.jpg', PICTURE],
    ['VOC2012/JPEGImages/2007_3.jpg', PICTURE],
    ['VOC2012/SegmentationClass/2007_1.png', mask([0, 1, 20, 255])],
    ['VOC2012/SegmentationClass/2007_2.png', mask([15, 0, 0, 0])],
    ['VOC2012/SegmentationObject/2007_1.png', mask([0, 1, 2, 255])],
    ['VOC2012/Annotations/2007_1.xml', xml(object('cat', [1, 1, 4, 4]))],
    ['VOC2012/ImageSets/Segmentation/train.txt', utf8('2007_1\n')],
    ['VOC2012/ImageSets/Segmentation/trainval.txt', utf8('2007_1\n2007_2\n')],
    ['VOC2012/ImageSets/Segmentation/val.txt', utf8('2007_2\n')],
    ['VOC2012/ImageSets/Main/cat_train.txt', utf8('2007_3 -1\n')],
  ]);
}

describe('openVoc', () => {
  it('reads masks by their place in the palette, and the splits', async () => {
    const tree = asFolder(devkit());
    expect(recogniseVoc(tree)).toBe(true);
    const source = await openVoc(tree);
    expect(source.concepts).toHaveLength(20);
    expect(source.samples.map(({ name, split }) => [name, split])).toEqual([
      ['VOC2012/JPEGImages/2007_1.jpg', 'train'],
      ['VOC2012/JPEGImages/2007_2.jpg', 'val'],
    ]);
    expect(await conceptsAt(source, 0, 4, 1)).toEqual([[], ['object aeroplane'], ['object tvmonitor'], []]);
    expect(source.notes).toEqual(['1 picture has no annotation and is left out.']);
  });

  it('takes boxes and parts for pictures without a mask, as a split of their own', async () => {
    const files = devkit();
    const head = `<part><name>head</name>${box([2, 1, 2, 2])}</part>`;
    files.set(
      'VOC2012/Annotations/2007_3.xml',
      xml(object('person', [1, 1, 3, 4], head) + object('dog', [3, 3, 4, 4])),
    );
    const tree = asFolder(files);
    const source = await openVoc(tree);
    expect(source.categories).toEqual(['object', 'part']);
    expect(source.samples[2].split).toBe('boxes');
    const at = await conceptsAt(source, 2, 4, 4);
    const [person, dog, part] = ['object person', 'object dog', 'part head'];
    expect(at).toEqual([
      [person],
      [person, part],
      [person],
      [],
      [person],
      [person, part],
      [person],
      [],
      [person],
      [person],
      [dog, person],
      [dog],
      [person],
      [person],
      [dog, person],
      [dog],
    ]);
    expect(source.notes).toEqual([
      '1 picture has boxes but no mask; a box counts as the region of its object. They are the split boxes.',
    ]);
    const set = await annotatedSet(source, tree, { splits: ['train', 'val'] }, undefined);
    expect(set.survey.splits.map(({ name, samples, chosen }) => [name, samples, chosen])).toEqual([
      ['train', 1, true],
      ['val', 1, true],
      ['boxes', 1, false],
    ]);
    expect(set.sampleCount).toBe(2);
  });

  it('reads sets of other classes in this layout', async () => {
    const files: Files = new Map([
      ['JPEGImages/b.png', PICTURE],
      ['JPEGImages/a.png', PICTURE],
      ['Annotations/a.xml', xml(object('zebra &amp; foal', [1, 1, 1, 1]) + object('dog', [2, 1, 2, 1]))],
      ['Annotations/b.xml', xml('')],
      ['ImageSets/Main/train.txt', utf8('a\r\n')],
      ['ImageSets/Main/dog_train.txt', utf8('b 1\r\n')],
    ]);
    const tree = asFolder(files);
    expect(recogniseVoc(tree)).toBe(true);
    const source = await openVoc(tree);
    expect(source.concepts.map(({ number, name }) => [number, name])).toEqual([
      [1, 'dog'],
      [2, 'zebra & foal'],
    ]);
    expect(source.samples.map(({ split }) => split)).toEqual(['train', undefined]);
    expect((await conceptsAt(source, 0, 4, 4)).slice(0, 3)).toEqual([['object zebra & foal'], ['object dog'], []]);
    expect(source.layout).toBe('Pascal VOC, boxes');
    expect(source.notes).toEqual(['There are boxes but no masks: a box counts as the region of its object.']);
  });

  it('leaves other trees to others', () => {
    expect(recogniseVoc(asFolder(new Map([['JPEGImages/a.jpg', PICTURE]])))).toBe(false);
    expect(
      recogniseVoc(
        asFolder(
          new Map([
            ['images/a.jpg', PICTURE],
            ['annotations/a.png', PICTURE],
          ]),
        ),
      ),
    ).toBe(false);
  });

  const one = 'VOC2012/Annotations/2007_3.xml';
  const first = 'VOC2012/SegmentationClass/2007_1.png';
  const boxMessage = (where: string): string =>
    `${one}, ${where}: a name and a bndbox with xmin, ymin, xmax and ymax are wanted, the box within the picture.`;

  it.each<[string, string, Uint8Array<ArrayBuffer>, string, string]>([
    [
      'XML cut off',
      one,
      utf8('<annotation>\n<object>'),
      'probing/voc-cut-off',
      `${one} is cut off: not all of its XML tags are closed. Make or download it again.`,
    ],
    [
      'no XML',
      one,
      utf8('<annotation>\n<object></name></annotation>'),
      'probing/voc-xml',
      `${one}, line 2: this is no XML. Make or download the file again.`,
    ],
    [
      'XML without a size',
      one,
      xml(object('cat', [1, 1, 1, 1]), ''),
      'probing/voc-size',
      `${one} does not say how large its picture is: annotation.size with width and height, 1 or more, is wanted.`,
    ],
    [
      'an object without a name',
      one,
      xml('<object>' + box([1, 1, 1, 1]) + '</object>'),
      'probing/voc-box',
      boxMessage('object 1'),
    ],
    [
      'a box turned round',
      one,
      xml(object('cat', [1, 1, 1, 1]) + object('dog', [3, 1, 2, 1])),
      'probing/voc-box',
      boxMessage('object 2'),
    ],
    [
      'a part outside',
      one,
      xml(object('cat', [1, 1, 1, 1], `<part><name>head</name>${box([5, 1, 6, 1])}</part>`)),
      'probing/voc-box',
      boxMessage('object 1, part 1'),
    ],
    [
      'a class beyond 20',
      first,
      mask([0, 0, 21, 0]),
      'probing/voc-pixel',
      `${first}, pixel x 2, y 0: 21 is no class of Pascal VOC. Masks in SegmentationClass hold 0 to 20, and 255 for borders.`,
    ],
  ])('refuses %s', async (_, path, bytes, code, message) => {
    const files = devkit();
    files.set(path, bytes);
    await expectFault(async () => (await openVoc(asFolder(files))).read(0, { height: 1, width: 1 }), code, message);
  });
});
