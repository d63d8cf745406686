import { describe, expect, it } from 'vitest';
import { openClasses, recogniseClasses } from '../../../src/probing/classes/classes.ts';
import { openProbing } from '../../../src/probing/open.ts';
import type { PixelImage } from '../../../src/probing/probing-set.ts';
import { colorPng } from '../support/pictures.ts';
import { asFolder, utf8 } from '../support/trees.ts';

const picture = colorPng(2, 2, [255, 0, 0]);
const files = (...paths: string[]): Map<string, Uint8Array<ArrayBuffer>> =>
  new Map(paths.map((path) => [path, picture]));

describe('openClasses', () => {
  it.each<[string[], boolean]>([
    [['cat/a.jpg', 'dog/b.jpg'], true],
    [['train/cat/a.jpg', 'train/dog/b.jpg', 'val/dog/c.jpg'], true],
    [['cat/a.jpg'], false],
    [['images/a.jpg', 'masks/a.jpg'], false],
    [['train/a.jpg', 'val/b.jpg'], false],
    [['cat/a.jpg', 'dog/b.jpg', 'x.csv', 'y.csv', 'z.csv'], false],
  ])('recognises %j: %s', (paths, expected) => {
    expect(recogniseClasses(asFolder(files(...paths).set('readme.txt', utf8('x'))))).toBe(expected);
  });

  it('gives every picture its class, in the order of the folders', async () => {
    const tree = asFolder(files('val/dog/c.jpg', 'train/dog/b.jpg', 'train/cat/a.jpg'));
    const source = await openClasses(tree);
    expect(source.concepts.map(({ name, category }) => [name, category])).toEqual([
      ['cat', 'class'],
      ['dog', 'class'],
    ]);
    expect(source.samples.map(({ name, split }) => [name, split])).toEqual([
      ['train/cat/a.jpg', 'train'],
      ['train/dog/b.jpg', 'train'],
      ['val/dog/c.jpg', 'val'],
    ]);
    const read = await Promise.all([0, 1, 2].map((sample) => source.read(sample, { height: 1, width: 1 })));
    expect(read).toEqual([[0], [1], [1]].map((everywhere) => ({ planes: [], everywhere, size: null })));
  });

  it("takes names from ImageNet's list, all words where the first is not enough", async () => {
    const all = files('n1/a.jpg', 'n2/b.jpg', 'n3/c.jpg', 'n4/d.jpg', 'n5/e.jpg');
    all.set('LOC_synset_mapping.txt', utf8('n1 tench, Tinca tinca\nn2 crane\nn3 crane, bird\nn4\tgreat grey owl\n'));
    const source = await openClasses(asFolder(all));
    expect(source.concepts.map(({ name }) => name)).toEqual(['tench', 'crane', 'crane, bird', 'great grey owl', 'n5']);
    expect(source.notes).toEqual([
      'LOC_synset_mapping.txt does not name 1 of the 5 folders (n5); they keep their own names.',
    ]);
  });

  it('takes scenes from a file of labels where pictures are not sorted', async () => {
    const all = files('b.png', 'a.png').set('scenes.csv', utf8('image,scene\na,street\nb,beach\n'));
    const set = await openProbing(asFolder(all));
    expect([set.format, set.survey.layout]).toEqual(['classes', 'Pictures with scenes']);
    expect(set.concepts.map(({ name, category }) => [name, category])).toEqual([
      ['street', 'scene'],
      ['beach', 'scene'],
    ]);
    expect([(await set.labels(0)).everywhere, (await set.labels(1)).everywhere]).toEqual([[0], [1]]);
  });

  it('becomes a probing set whose positions have colors', async () => {
    const decode = (): Promise<PixelImage> =>
      Promise.resolve({ width: 2, height: 1, rgba: Uint8ClampedArray.of(255, 0, 0, 255, 0, 0, 255, 255) });
    const set = await openProbing(asFolder(files('cat/a.png', 'dog/b.png')), {}, { decode });
    expect([set.format, set.categories, set.survey.colors]).toEqual(['classes', ['class', 'color'], 'computed']);
    const { planes, everywhere } = await set.labels(1);
    const names = Array.from(new Set(planes[0]), (value) => set.concepts[value - 1].name);
    expect([names, everywhere]).toEqual([['red-c', 'blue-c'], [1]]);
  });
});
