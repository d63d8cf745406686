import { encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { annotatedSet } from '../../../src/probing/annotated/annotated-set.ts';
import type { AnnotatedSource, SourceLabels } from '../../../src/probing/annotated/annotated-source.ts';
import { colorConcepts } from '../../../src/probing/colors/colors.ts';
import type { Picture, PixelImage } from '../../../src/probing/probing-set.ts';
import type { ProbingSet } from '../../../src/probing/probing-set.ts';
import { expectFault } from '../../bad-files/bad-file.ts';
import { asFolder, utf8, type Files } from '../support/trees.ts';
import { madeSource, treeFile } from './made-source.ts';

const EMPTY: Files = new Map();

function png(width: number, height: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(encode({ width, height, data: new Uint8Array(width * height * 3).fill(255), channels: 3 }));
}

function pictured(width: number, height: number, size: SourceLabels['size'] = null): AnnotatedSource {
  const picture = treeFile(new Map([['a.png', png(width, height)]]), 'a.png');
  return madeSource([{ name: 'a.png', picture }], [[2]], {
    read: () => Promise.resolve({ planes: [new Uint16Array(112 * 112).fill(2)], everywhere: [], size }),
  });
}

function counting(): { readonly decoded: string[]; decode(picture: Picture): Promise<PixelImage> } {
  const decoded: string[] = [];
  return {
    decoded,
    decode: (picture) => {
      if (picture.kind === 'pixels') return Promise.resolve(picture.pixels);
      decoded.push(picture.name);
      return Promise.resolve({ width: 2, height: 2, rgba: new Uint8ClampedArray(16).fill(255) });
    },
  };
}

async function first(set: ProbingSet, sample: number): Promise<number[]> {
  const { planes } = await set.labels(sample);
  return planes.map((plane) => plane[0]);
}

describe('annotatedSet', () => {
  const samples = [
    { name: 'a', split: 'train' },
    { name: 'b', split: 'val' },
    { name: 'c', split: 'train' },
  ];

  it('gives the probed concepts dense ids in the order of the source', async () => {
    const source = madeSource(samples, [[1, 2], [3, 0], [4]]);
    const set = await annotatedSet(source, asFolder(EMPTY), { categories: ['part'] }, undefined);
    expect(set.concepts).toEqual([
      { id: 0, number: 10, name: 'wheel', category: 'part' },
      { id: 1, number: 30, name: 'door', category: 'part' },
    ]);
    expect(set.categories).toEqual(['part']);
    expect([await first(set, 0), await first(set, 1), await first(set, 2)]).toEqual([[1, 0], [2, 0], [0]]);
  });

  it('leaves the samples of other splits out, and counts what there is', async () => {
    const source = madeSource(samples, [[1], [3], [4]], {
      hasCategory: (sample, category) => category === 'part' || sample > 0,
    });
    const set = await annotatedSet(source, asFolder(EMPTY), { splits: ['train', 'test'] }, undefined);
    expect(set.sampleCount).toBe(2);
    expect([set.sampleName(0), set.sampleName(1)]).toEqual(['a', 'c']);
    expect(await first(set, 1)).toEqual([4]);
    expect(set.survey).toEqual({
      layout: 'Made',
      categories: [
        { name: 'object', concepts: 2, samples: 1, probed: true },
        { name: 'part', concepts: 2, samples: 2, probed: true },
      ],
      splits: [
        { name: 'train', samples: 2, chosen: true },
        { name: 'val', samples: 1, chosen: false },
      ],
      colors: 'none',
    });
    expect(set.notes).toEqual([
      'A note.',
      'set has no split test.',
      'There are annotations but no pictures, so a model cannot be run on this probing set.',
    ]);
  });

  it('says that only reading tells how many samples have a category', async () => {
    const set = await annotatedSet(madeSource(samples, [[1], [3], [4]]), asFolder(EMPTY), {}, undefined);
    expect(set.survey.categories.map((category) => category.samples)).toEqual([null, null]);
  });

  it('refuses a choice of which nothing is left', async () => {
    const source = madeSource(samples, [[1], [3], [4]]);
    await expectFault(
      () => annotatedSet(source, asFolder(EMPTY), { categories: ['scene'] }, undefined),
      'probing/no-chosen-categories',
      'set has none of the categories asked for (scene). It has object, part.',
    );
    await expectFault(
      () => annotatedSet(source, asFolder(EMPTY), { splits: ['test'] }, undefined),
      'probing/no-chosen-splits',
      'set has none of the splits asked for (test). It has train, val.',
    );
    await expectFault(
      () => annotatedSet(madeSource([], []), asFolder(EMPTY), {}, undefined),
      'probing/no-samples',
      'set (Made) has no picture with an annotation, so there is nothing to probe. Check that both belong together.',
    );
  });

  it('computes colors from the pixels, decodes once for labels and picture, and gives the pixels away', async () => {
    const tools = counting();
    const set = await annotatedSet(pictured(2, 2), asFolder(EMPTY), {}, tools);
    expect(set.survey.colors).toBe('computed');
    expect(set.categories).toEqual(['object', 'part', 'color']);
    expect(set.concepts.slice(4).map(({ name }) => name)).toEqual(colorConcepts);
    const { planes } = await set.labels(0);
    const [, color] = planes.map((plane) => set.concepts[plane[0] - 1].name);
    expect(color).toBe(colorConcepts.find((name) => name.startsWith('white')));
    expect((await set.picture(0))?.kind).toBe('pixels');
    expect(tools.decoded).toEqual(['a.png']);
    expect((await set.picture(0))?.kind).toBe('encoded');
  });

  it('leaves colors out where they are switched off, not asked for, or cannot be had', async () => {
    const colorsOf = async (options: object, tools = true): Promise<[string, boolean]> => {
      const set = await annotatedSet(pictured(2, 2), asFolder(EMPTY), options, tools ? counting() : undefined);
      return [set.survey.colors, set.categories.includes('color')];
    };
    expect(await colorsOf({ colors: false })).toEqual(['off', false]);
    expect(await colorsOf({ colors: false, categories: ['part', 'color'] })).toEqual(['off', false]);
    expect(await colorsOf({ categories: ['part'] })).toEqual(['off', false]);
    expect(await colorsOf({ categories: ['part'], colors: true })).toEqual(['computed', true]);
    expect(await colorsOf({ categories: ['part', 'color'] })).toEqual(['computed', true]);
    expect(await colorsOf({}, false)).toEqual(['none', false]);
  });

  it('takes an annotation of other size with the same proportions, and refuses any other', async () => {
    const check = async (width: number, height: number, size: SourceLabels['size']): Promise<unknown> => {
      const set = await annotatedSet(pictured(width, height, size), asFolder(EMPTY), {}, undefined);
      return set.labels(0);
    };
    await check(64, 43, { height: 43, width: 64, file: 'a_seg.png' });
    await check(64, 43, { height: 22, width: 32, file: 'a_seg.png' });
    await check(64, 43, { height: 430, width: 640, file: 'a_seg.png' });
    await check(20, 90, { height: 6, width: 1, file: 'a_seg.png' });
    await expectFault(
      () => check(64, 43, { height: 64, width: 43, file: 'a_seg.png' }),
      'probing/sizes-differ',
      'The annotation in a_seg.png is 64 x 43 pixels (height x width), but the picture a.png is 43 x 64: their proportions differ. Take both from the same release; scale them if you like, but do not crop or turn them.',
    );
    await expectFault(
      () => check(64, 48, { height: 45, width: 64, file: 'a_seg.png' }),
      'probing/sizes-differ',
      'The annotation in a_seg.png is 45 x 64 pixels (height x width), but the picture a.png is 48 x 64: their proportions differ. Take both from the same release; scale them if you like, but do not crop or turn them.',
    );
  });

  it('refuses a picture that is none', async () => {
    const picture = treeFile(new Map([['a.jpg', utf8('<html>')]]), 'a.jpg');
    const set = await annotatedSet(madeSource([{ name: 'a.jpg', picture }], [[1]]), asFolder(EMPTY), {}, undefined);
    await expectFault(
      () => set.picture(0),
      'probing/wrong-kind',
      'a.jpg is a web page (HTML), not a picture. Download the file itself again.',
    );
  });

  it('has another hash where the choice, a table or a file differs', async () => {
    const hash = async (source: AnnotatedSource, options: object): Promise<string> =>
      (await annotatedSet(source, asFolder(EMPTY), options, undefined)).contentHash;
    const source = madeSource(samples, [[1], [3], [4]]);
    const files = new Map([['m.png', png(1, 1)]]);
    const hashes = await Promise.all([
      hash(source, {}),
      hash(source, { categories: ['part'] }),
      hash(source, { splits: ['train'] }),
      hash({ ...source, digests: ['made 2'] }, {}),
      hash({ ...source, filesOf: () => [treeFile(files, 'm.png')] }, {}),
    ]);
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(await hash(madeSource(samples, [[1], [3], [4]]), { splits: ['val', 'train'] })).toBe(hashes[0]);
  });
});
