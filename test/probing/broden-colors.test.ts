import { describe, expect, it } from 'vitest';
import { openBroden } from '../../src/probing/broden/broden.ts';
import { colorConcepts } from '../../src/probing/colors/colors.ts';
import type { Picture, PixelImage } from '../../src/probing/probing-set.ts';
import { flatMask, goodBroden } from './support/sets.ts';
import { asFolder, utf8 } from './support/trees.ts';

/** Decodes a.jpg to red and every other picture to blue. */
function decoder(): { readonly decoded: string[]; decode(picture: Picture): Promise<PixelImage> } {
  const decoded: string[] = [];
  return {
    decoded,
    decode: (picture) => {
      if (picture.kind === 'pixels') return Promise.resolve(picture.pixels);
      decoded.push(picture.name);
      const color = picture.name.endsWith('a.jpg') ? [255, 0, 0, 255] : [0, 0, 255, 255];
      return Promise.resolve({
        width: 2,
        height: 2,
        rgba: Uint8ClampedArray.from({ length: 16 }, (_, i) => color[i % 4]),
      });
    },
  };
}

describe('a set in Broden’s layout without colors', () => {
  it('gets the basic color terms from its pictures, each decoded once for labels and picture', async () => {
    const tools = decoder();
    const set = await openBroden(asFolder(goodBroden()), {}, tools);
    expect(set.categories).toEqual(['object', 'part', 'scene', 'color']);
    expect(set.concepts.slice(5).map(({ id, number, name }) => [id, number, name])).toEqual(
      colorConcepts.map((name, at) => [5 + at, 301 + at, name]),
    );
    expect(set.survey.colors).toBe('computed');
    const colorOf = async (sample: number) => {
      const plane = (await set.labels(sample)).planes.at(-1) ?? new Uint16Array();
      expect(new Set(plane).size).toBe(1);
      return set.concepts[plane[0] - 1].name;
    };
    expect(await colorOf(0)).toBe('red-c');
    expect(await colorOf(1)).toBe('blue-c');
    expect((await set.picture(0))?.kind).toBe('pixels');
    expect(tools.decoded).toEqual(['images/a.jpg', 'images/b.jpg']);
  });

  it('leaves them out when told, or where nothing can decode pictures, and then has the hash it always had', async () => {
    const plain = await openBroden(asFolder(goodBroden()));
    const off = await openBroden(asFolder(goodBroden()), { colors: false }, decoder());
    const computed = await openBroden(asFolder(goodBroden()), {}, decoder());
    expect(plain.survey.colors).toBe('none');
    expect(off.survey.colors).toBe('off');
    expect(off.contentHash).toBe(plain.contentHash);
    expect(computed.contentHash).not.toBe(plain.contentHash);
    expect(off.concepts).toHaveLength(5);
  });

  it('can have them beside some of its categories', async () => {
    const set = await openBroden(asFolder(goodBroden()), { categories: ['object', 'color'] }, decoder());
    expect(set.categories).toEqual(['object', 'color']);
    expect(set.notes).toEqual([]);
    const without = await openBroden(asFolder(goodBroden()), { categories: ['object'] }, decoder());
    expect(without.categories).toEqual(['object']);
  });
});

describe('a set in Broden’s layout with colors', () => {
  it('keeps its own', async () => {
    const files = goodBroden();
    for (const path of ['index.csv', 'label.csv', 'category.csv'])
      files.set(path, utf8(new TextDecoder().decode(files.get(path)).replaceAll('part', 'color')));
    files.set('images/a_color.png', flatMask(2));
    const tools = decoder();
    const set = await openBroden(asFolder(files), {}, tools);
    expect(set.survey.colors).toBe('given');
    await set.labels(0);
    expect(tools.decoded).toEqual([]);
  });
});
