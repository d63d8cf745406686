import { describe, expect, it } from 'vitest';
import type { AnnotatedSource } from '../../../src/probing/annotated/annotated-source.ts';
import { openCoco, recogniseCoco } from '../../../src/probing/coco/open-coco.ts';
import {
  goodCoco,
  grayPng,
  instances,
  JPEG,
  json,
  only,
  panoptic,
  segmentPng,
  SEGMENTS,
  stuff,
} from '../support/coco.ts';
import { asFolder, asZip, utf8 } from '../support/trees.ts';
import { zipTree } from '../../../src/probing/trees/zip-tree.ts';

/** Names at each position, `category:name`, with the category's first letter. */
async function names(source: AnnotatedSource, sample: number, height: number, width: number): Promise<string[]> {
  const { planes } = await source.read(sample, { height, width });
  return Array.from({ length: height * width }, (_, at) =>
    planes
      .filter((plane) => plane[at] > 0)
      .map((plane) => source.concepts[plane[at] - 1])
      .map(({ category, name }) => `${category[0]}:${name}`)
      .sort()
      .join(' '),
  );
}

describe('instances', () => {
  const files = only(goodCoco(), 'instances', 'jpg');

  it('have the categories as concepts by number, and supercategories of several as groups', async () => {
    const source = await openCoco(asFolder(files));
    expect(source).toMatchObject({
      format: 'coco',
      layout: 'COCO instances',
      title: 'set',
      categories: ['object', 'group'],
    });
    expect(source.concepts).toEqual([
      { number: 1, name: 'person', category: 'object' },
      { number: 3, name: 'car', category: 'object' },
      { number: 8, name: 'truck', category: 'object' },
      { number: 9, name: 'vehicle', category: 'group' },
    ]);
    expect(source.samples.map(({ name, split, picture }) => [name, split, picture?.path])).toEqual([
      ['val2017/000000000007.jpg', 'val2017', 'val2017/000000000007.jpg'],
      ['val2017/000000000009.jpg', 'val2017', 'val2017/000000000009.jpg'],
    ]);
    expect(source.notes).toEqual([]);
    expect(source.filesOf(0)).toEqual([]);
    expect(source.digests).toEqual([expect.stringMatching(/^annotations\/instances_val2017\.json [0-9a-f]{64}$/)]);
  });

  it('are drawn from polygons, runs, compressed runs, and boxes where there is nothing else', async () => {
    const source = await openCoco(asFolder(files));
    const vehicle = 'g:vehicle o:car';
    expect(await names(source, 0, 4, 4)).toEqual([
      ...['', '', vehicle, vehicle],
      ...['', 'o:person', vehicle, vehicle],
      ...['', '', vehicle, vehicle],
      ...['', '', vehicle, vehicle],
    ]);
    const both = 'g:vehicle o:car o:truck';
    expect(await names(source, 1, 2, 4)).toEqual([vehicle, both, vehicle, '', vehicle, vehicle, vehicle, '']);
    expect((await source.read(1, { height: 1, width: 2 })).size).toEqual({
      height: 2,
      width: 4,
      file: 'annotations/instances_val2017.json',
    });
  });

  it('tell which categories a sample has', async () => {
    const content = instances();
    content.annotations = content.annotations.filter(({ id }) => id === 2);
    const source = await openCoco(asFolder(new Map(files).set('annotations/instances_val2017.json', json(content))));
    const has = (sample: number): (boolean | undefined)[] =>
      ['object', 'group'].map((category) => source.hasCategory?.(sample, category));
    expect([has(0), has(1)]).toEqual([
      [true, false],
      [false, false],
    ]);
  });

  it('are the same from a zip, and whatever order the lists have', async () => {
    const zipped = await openCoco(await zipTree(await asZip(files), 'coco.zip'));
    const { images, annotations, categories } = instances();
    const turned = new Map(files).set(
      'annotations/instances_val2017.json',
      json({ annotations, categories, info: {}, images }),
    );
    const first = await openCoco(asFolder(files));
    expect(zipped.digests).toEqual(first.digests);
    for (const other of [zipped, await openCoco(asFolder(turned))]) {
      expect(other.concepts).toEqual(first.concepts);
      for (const sample of [0, 1]) expect(await names(other, sample, 4, 4)).toEqual(await names(first, sample, 4, 4));
    }
  });

  it('open without pictures; where some are there, the others are left out', async () => {
    const none = await openCoco(asFolder(only(files, 'json')));
    expect(none.samples).toEqual([
      { name: '000000000007.jpg', split: 'val2017' },
      { name: '000000000009.jpg', split: 'val2017' },
    ]);
    expect(none.notes).toEqual(['None of the annotated pictures was found: activations must be given.']);
    const one = await openCoco(asFolder(only(files, 'json', '9.jpg')));
    expect(one.samples.map(({ name }) => name)).toEqual(['val2017/000000000009.jpg']);
    expect(one.notes).toEqual(['1 of 2 annotated pictures were not found and are left out.']);
  });

  it('are read from the exports of tools, each split from its folder', async () => {
    const exported = new Map([
      ['train/_annotations.coco.json', json(instances())],
      ['train/000000000007.jpg', JPEG],
      ['train/000000000009.jpg', JPEG],
      ['valid/_annotations.coco.json', json({ ...instances(), categories: [...instances().categories].reverse() })],
      ['valid/000000000007.jpg', JPEG],
      ['valid/000000000009.jpg', JPEG],
    ]);
    const source = await openCoco(asFolder(exported));
    expect(source.samples.map(({ name, split }) => [name, split])).toEqual([
      ['train/000000000007.jpg', 'train'],
      ['train/000000000009.jpg', 'train'],
      ['valid/000000000007.jpg', 'valid'],
      ['valid/000000000009.jpg', 'valid'],
    ]);
    expect(source.concepts).toHaveLength(4);
    expect(await names(source, 3, 2, 4)).toEqual(await names(source, 1, 2, 4));
  });

  it('of two files that number one name differently are one concept', async () => {
    const other = instances();
    other.categories = [
      { id: 1, name: 'car' },
      { id: 3, name: 'boat' },
      { id: 8, name: 'person' },
    ];
    const both = new Map([
      ['a/_annotations.coco.json', json(instances())],
      ['b/_annotations.coco.json', json(other)],
    ]);
    const source = await openCoco(asFolder(both));
    expect(source.concepts.map(({ number, name }) => [number, name])).toEqual([
      [1, 'person'],
      [3, 'car'],
      [9, 'boat'],
      [8, 'truck'],
      [10, 'vehicle'],
    ]);
  });

  it('pass over captions, lists of pictures, and keypoints of the same split', async () => {
    const more = new Map(files)
      .set('annotations/captions_val2017.json', utf8('{'))
      .set('annotations/image_info_test2017.json', utf8('{'))
      .set('annotations/person_keypoints_val2017.json', utf8('{'));
    expect((await openCoco(asFolder(more))).notes).toEqual([
      'annotations/captions_val2017.json was passed over: it has captions only.',
      'annotations/image_info_test2017.json was passed over: it has no annotations.',
      'annotations/person_keypoints_val2017.json was passed over: the instances have the same regions.',
    ]);
  });

  it('take the box where the only polygon is empty, and a polygon that is not in a list', async () => {
    const content = instances();
    content.annotations[0]['segmentation'] = [[]];
    content.annotations[3]['segmentation'] = [1, 0, 1, 1, 2, 1, 2, 0];
    const source = await openCoco(asFolder(new Map(files).set('annotations/instances_val2017.json', json(content))));
    const first = await openCoco(asFolder(files));
    for (const sample of [0, 1]) expect(await names(source, sample, 4, 4)).toEqual(await names(first, sample, 4, 4));
  });

  it('leave out annotations without a region, and say so', async () => {
    const content = instances();
    content.annotations.push({ id: 5, image_id: 7, category_id: 1, segmentation: null });
    const source = await openCoco(asFolder(new Map(files).set('annotations/instances_val2017.json', json(content))));
    expect(source.notes).toEqual([
      'annotations/instances_val2017.json: 1 annotation with neither segmentation nor box left out.',
    ]);
  });
});

describe('stuff', () => {
  it('has its own category, without the class that stands for things', async () => {
    const source = await openCoco(asFolder(only(goodCoco(), 'stuff', 'jpg')));
    expect(source).toMatchObject({ format: 'coco-stuff', layout: 'COCO stuff', categories: ['stuff'] });
    expect(source.concepts).toEqual([{ number: 157, name: 'sky-other', category: 'stuff' }]);
    expect(await names(source, 0, 1, 4)).toEqual(['s:sky-other', '', '', '']);
  });

  it('and instances of the same pictures are united', async () => {
    const source = await openCoco(asFolder(only(goodCoco(), 'instances', 'stuff', 'jpg')));
    expect(source).toMatchObject({
      format: 'coco',
      layout: 'COCO instances and stuff',
      categories: ['object', 'stuff', 'group'],
    });
    expect(source.samples).toHaveLength(2);
    expect(await names(source, 0, 2, 4)).toEqual([
      ...['s:sky-other', 'o:person', 'g:vehicle o:car', 'g:vehicle o:car'],
      ...['s:sky-other', '', 'g:vehicle o:car', 'g:vehicle o:car'],
    ]);
    expect([0, 1].map((sample) => source.hasCategory?.(sample, 'stuff'))).toEqual([true, false]);
  });
});

describe('panoptic segments', () => {
  const files = only(goodCoco(), 'panoptic', 'jpg');

  it('are read from label maps with numbers of 24 bits', async () => {
    const source = await openCoco(asFolder(files));
    expect(source).toMatchObject({ format: 'coco-panoptic', layout: 'COCO panoptic', categories: ['object', 'stuff'] });
    expect(source.samples.map(({ name }) => name)).toEqual(['val2017/000000000007.jpg']);
    expect(source.filesOf(0).map(({ path }) => path)).toEqual(['annotations/panoptic_val2017/000000000007.png']);
    const row = ['o:car', 'o:car', 's:sky-other-merged', 's:sky-other-merged'];
    expect(await names(source, 0, 4, 4)).toEqual([...row, ...row, ...row, '', '', '', '']);
    expect(['object', 'stuff'].map((category) => source.hasCategory?.(0, category))).toEqual([true, true]);
  });

  it('of pictures without a label map are left out, and said to be', async () => {
    const content = panoptic();
    content.images.push({ id: 8, file_name: '000000000008.jpg', height: 4, width: 4 });
    content.annotations.push({ image_id: 8, file_name: '000000000008.png', segments_info: [] });
    const source = await openCoco(asFolder(new Map(files).set('annotations/panoptic_val2017.json', json(content))));
    expect(source.samples).toHaveLength(1);
    expect(source.notes).toEqual(['annotations/panoptic_val2017.json: 1 of 2 pictures have no label map.']);
  });

  it('without label maps give way to instances', async () => {
    const source = await openCoco(asFolder(only(goodCoco(), '.json', 'jpg')));
    expect(source).toMatchObject({ format: 'coco', layout: 'COCO instances and stuff' });
    expect(source.notes).toEqual([
      'annotations/panoptic_val2017.json was passed over: none of its label maps was found.',
      'annotations/stuff_val2017.json: other, which stands for all that is no stuff, is left out.',
    ]);
  });

  it('are told from pictures that are PNGs of the same names', async () => {
    const content = panoptic();
    content.images[0]['file_name'] = 'street.png';
    content.annotations[0]['file_name'] = 'street.png';
    const named = new Map([
      ['images/street.png', grayPng([1], 1)],
      ['panoptic/street.png', segmentPng(SEGMENTS, 4)],
      ['panoptic.json', json(content)],
    ]);
    const source = await openCoco(asFolder(named));
    expect(source.samples.map(({ picture }) => picture?.path)).toEqual(['images/street.png']);
    expect((await names(source, 0, 4, 4))[2]).toBe('s:sky-other-merged');
  });

  it('are united with instances and stuff', async () => {
    const source = await openCoco(asFolder(goodCoco()));
    expect(source).toMatchObject({ format: 'coco-panoptic', layout: 'COCO instances, stuff and panoptic' });
    expect(source.samples).toHaveLength(2);
    expect((await names(source, 0, 4, 4))[5]).toBe('g:vehicle o:car o:person');
  });
});

describe('label maps of COCO-Stuff', () => {
  const maps: readonly (readonly [string, readonly number[], string])[] = [
    ['stuffthingmaps/val2017/000000000007.png', [0, 181, 255, 90 + 1], 'less 1, 255 for none'],
    ['stuff_val2017_pixelmaps/000000000007.png', [1, 182, 0, 92], 'as they are, 0 for none'],
    ['val2017/000000000007_labelTrainIds.png', [0, 170, 255, 80], 'converted, 255 for none'],
    ['annotations/train2014/COCO_train2014_000000000007_labelTrainIds.png', [1, 171, 0, 81], 'converted, 0 for none'],
  ];

  it.each(maps)('%s: pixels %j are labels %s', async (path, pixels) => {
    const tree = asFolder(
      new Map([
        [path, grayPng(pixels, 2)],
        ['names.txt', utf8('')],
      ]),
    );
    expect(await recogniseCoco(tree)).toBe(true);
    const source = await openCoco(tree);
    expect(source).toMatchObject({ format: 'coco-stuff', categories: ['object', 'stuff', 'group'] });
    expect(source.hasCategory).toBeUndefined();
    expect(await names(source, 0, 2, 2)).toEqual(['o:person', 'g:solid s:wood', '', 'g:textile s:banner']);
    expect((await source.read(0, { height: 1, width: 1 })).size).toEqual({ height: 2, width: 2, file: path });
  });

  it('lists 80 things, 91 kinds of stuff and their groups', async () => {
    const tree = asFolder(
      new Map([
        ['stuffthingmaps/val2017/000000000007.png', grayPng([0], 1)],
        ['x.txt', utf8('')],
      ]),
    );
    const { concepts } = await openCoco(tree);
    const count = (category: string): number => concepts.filter((concept) => concept.category === category).length;
    expect(['object', 'stuff', 'group'].map(count)).toEqual([80, 91, 26]);
    expect(new Set(concepts.map(({ number }) => number)).size).toBe(concepts.length);
  });

  it('belong to the pictures of their names, and are united with instances', async () => {
    const files = only(goodCoco(), 'instances', 'jpg').set('maps/stuff/val2017/000000000007.png', grayPng([156], 1));
    files.set('maps/stuff/val2017/000000000009.png', grayPng([255, 255, 255, 255, 255, 255, 255, 156], 4));
    const source = await openCoco(asFolder(files));
    expect(source.layout).toBe('COCO instances and stuff');
    expect(source.samples).toHaveLength(2);
    expect((await names(source, 1, 2, 4))[7]).toBe('g:sky s:sky-other');
  });
});

describe('COCO is recognised', () => {
  it.each(['instances_val2017.json', 'stuff_train2017.json', 'panoptic_val2017.json', 'train/_annotations.coco.json'])(
    'by the name %s',
    async (path) => {
      expect(
        await recogniseCoco(
          asFolder(
            new Map([
              [path, utf8('{')],
              ['x.txt', utf8('')],
            ]),
          ),
        ),
      ).toBe(true);
    },
  );

  it.each([instances(), stuff(), { info: {}, licenses: [], images: [] }])('by its beginning', async (content) => {
    const tree = asFolder(
      new Map([
        ['result.json', json(content)],
        ['x.txt', utf8('')],
      ]),
    );
    expect(await recogniseCoco(tree)).toBe(true);
  });

  it.each([
    ['a picture of ADE20K', { annotation: { filename: 'a.jpg', object: [{ id: 0 }] } }],
    ['LabelMe', { version: '5.0', shapes: [], imagePath: 'a.jpg' }],
    ['a list', [{ images: [] }]],
    ['something with pictures', { name: 'x', images: [1, 2] }],
  ])('and %s is not', async (_, content) => {
    const tree = asFolder(
      new Map([
        ['result.json', json(content)],
        ['x.txt', utf8('')],
      ]),
    );
    expect(await recogniseCoco(tree)).toBe(false);
  });

  it('nor are pictures with numbers for names, captions, or converted maps of Cityscapes', async () => {
    for (const path of [
      'a/000000000007.png',
      'captions_val2017.json',
      'gtFine/val/a_000000_000019_gtFine_labelTrainIds.png',
    ])
      expect(
        await recogniseCoco(
          asFolder(
            new Map([
              [path, utf8('{')],
              ['x.txt', utf8('')],
            ]),
          ),
        ),
      ).toBe(false);
  });
});
