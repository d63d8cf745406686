import { describe, expect, it } from 'vitest';
import { openVoc, recogniseVoc } from '../../../src/probing/voc/voc.ts';
import { annotatedSet } from '../../../src/probing/annotated/annotated-set.ts';
import { conceptsAt } from '../support/masks.ts';
import { asFolder, utf8 } from '../support/trees.ts';
import { PICTURE, box, xml, object, devkit, type Files } from './made.ts';

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
});
