import { describe, expect, it } from 'vitest';
import { openBroden } from '../../src/probing/broden/broden.ts';
import { flatMask, goodBroden } from './support/sets.ts';
import { asFolder, utf8 } from './support/trees.ts';

describe('openBroden', () => {
  it('unites masks, part files and numbers of one picture', async () => {
    const set = await openBroden(asFolder(goodBroden()));
    expect(set.concepts.map(({ id, number, name, category }) => [id, number, name, category])).toEqual([
      [0, 1, 'car', 'object'],
      [1, 2, 'wheel', 'part'],
      [2, 3, 'door', 'object'],
      [3, 4, 'street', 'scene'],
      [4, 300, 'sky', 'object'],
    ]);
    expect(await set.labels(0)).toEqual({
      planes: [new Uint16Array(16).fill(1), new Uint16Array(16).fill(2)],
      everywhere: [2, 3],
    });
    expect(await set.labels(1)).toEqual({ planes: [new Uint16Array(16).fill(5)], everywhere: [] });
    expect(set.grid).toEqual({ height: 4, width: 4 });
    expect(set.sampleName(1)).toBe('b.jpg');
  });

  it('keeps only labels of the probed categories, and leaves rows without data out', async () => {
    const set = await openBroden(asFolder(goodBroden()), { categories: ['scene', 'part', 'texture'] });
    expect(set.categories).toEqual(['part', 'scene']);
    expect(set.concepts.map(({ name, category }) => [name, category])).toEqual([
      ['wheel', 'part'],
      ['door', 'part'],
      ['street', 'scene'],
    ]);
    expect(set.sampleCount).toBe(1);
    expect(set.notes).toEqual([
      '1 row of index.csv has no data in the probed categories (part, scene) and is left out; samples are counted without it.',
      'index.csv has no data in texture.',
    ]);
  });

  it('leaves material out unless it is asked for', async () => {
    const files = goodBroden();
    for (const path of ['index.csv', 'label.csv', 'category.csv']) {
      files.set(path, utf8(new TextDecoder().decode(files.get(path)).replaceAll('part', 'material')));
    }
    files.set('images/a_material.png', flatMask(2));
    const byDefault = await openBroden(asFolder(files));
    expect(byDefault.categories).toEqual(['object', 'scene']);
    expect(byDefault.notes).toEqual(['The category material is left out, as in the reference program.']);
    expect((await byDefault.labels(0)).planes).toHaveLength(1);
    const asked = await openBroden(asFolder(files), { categories: ['object', 'material'] });
    expect(asked.categories).toEqual(['object', 'material']);
    expect((await asked.labels(0)).planes).toHaveLength(2);
  });

  it('gives a label the category in which it covers most, at a tie the later one', async () => {
    const categoryOfDoor = async (object: string, part: string): Promise<string | undefined> => {
      const files = goodBroden();
      files.set('c_object.csv', utf8(`code,number,name,coverage\n1,3,door,${object}\n`));
      files.set('c_part.csv', utf8(`code,number,name,coverage\n1,3,door,${part}\n`));
      return (await openBroden(asFolder(files))).concepts[2].category;
    };
    expect(await categoryOfDoor('0.5', '0.25')).toBe('object');
    expect(await categoryOfDoor('0.25', '0.5')).toBe('part');
    expect(await categoryOfDoor('0.5', '0.5')).toBe('part');
    expect(await categoryOfDoor('0', '0')).toBe('object');
  });

  it('takes names as text', async () => {
    const files = goodBroden();
    files.set(
      'label.csv',
      utf8(new TextDecoder().decode(files.get('label.csv')).replace('car', '<b onclick=x>car</b>')),
    );
    expect((await openBroden(asFolder(files))).concepts[0].name).toBe('<b onclick=x>car</b>');
  });

  it('works without pictures, and says so', async () => {
    const files = goodBroden();
    files.delete('images/a.jpg');
    files.delete('images/b.jpg');
    const set = await openBroden(asFolder(files));
    expect(await set.picture(0)).toBeUndefined();
    expect(set.notes).toEqual([
      'The folder images has masks but no pictures, so a model cannot be run on this probing set.',
    ]);
  });

  it('has a content hash of what is read', async () => {
    const hash = async (
      change: (files: ReturnType<typeof goodBroden>) => void,
      categories?: string[],
    ): Promise<string> => {
      const files = goodBroden();
      change(files);
      return (await openBroden(asFolder(files), categories && { categories })).contentHash;
    };
    const original = await hash(() => undefined);
    expect(original).toMatch(/^[0-9a-f]{64}$/);
    expect(await hash(() => undefined)).toBe(original);
    expect(await hash((files) => files.set('readme.txt', utf8('x')))).toBe(original);
    const others = await Promise.all([
      hash((files) => files.set('images/a_object.png', flatMask(1, 40, 50))),
      hash((files) => files.set('images/a.jpg', Uint8Array.of(0xff, 0xd8, 0xff))),
      hash((files) =>
        files.set('label.csv', utf8(`${new TextDecoder().decode(files.get('label.csv'))}5,bus,object(0)\n`)),
      ),
      hash((files) => files.set('c_part.csv', utf8('number,coverage\n3,9\n'))),
      hash(() => undefined, ['object', 'part']),
    ]);
    expect(new Set([original, ...others]).size).toBe(6);
  });

  const indexed = (...names: string[]): Map<string, Uint8Array<ArrayBuffer>> => {
    const files = goodBroden();
    const index = files.get('index.csv') ?? utf8('');
    files.delete('index.csv');
    for (const name of names) files.set(name, index);
    return files;
  };

  it('reads another index file where index.csv is not there', async () => {
    const set = await openBroden(asFolder(indexed('index_ade20k.csv')));
    expect([set.sampleCount, set.notes]).toEqual([2, []]);
    const files = indexed('index_ade20k.csv');
    files.delete('images/a_part.png');
    await expect(openBroden(asFolder(files))).rejects.toThrow('index_ade20k.csv, row 2, column part: the mask');
  });

  it('prefers index.csv, then one with the right header, and says which others there are', async () => {
    const set = await openBroden(asFolder(indexed('index_sm.csv', 'index.csv')));
    expect(set.notes).toEqual([
      'index.csv is read; index_sm.csv is there too. To read another one, leave index.csv out of the folder.',
    ]);
    const files = indexed('index_sm.csv', 'index_two.csv').set('index_a.csv', utf8('name,count\nx,1\n'));
    expect((await openBroden(asFolder(files))).notes).toEqual([
      'index_sm.csv is read; index_a.csv, index_two.csv are there too. To read another one, leave index_sm.csv out of the folder.',
    ]);
  });

  it('takes the size of masks from the index, as broden1_227 has 113 x 113', async () => {
    const files = goodBroden();
    files.set(
      'index.csv',
      utf8('image,split,ih,iw,sh,sw,object,part,scene\na.jpg,train,227,227,113,113,a_object.png,,\n'),
    );
    files.set('images/a_object.png', flatMask(1, 113, 113));
    const set = await openBroden(asFolder(files));
    expect(set.grid).toEqual({ height: 113, width: 113 });
    expect((await set.labels(0)).planes[0]).toHaveLength(113 * 113);
  });

  const split = (): Map<string, Uint8Array<ArrayBuffer>> =>
    goodBroden().set(
      'index.csv',
      utf8(
        'image,split,sh,sw,object,part,scene\na.jpg,train,4,4,a_object.png,a_part.png;3,4\nb.jpg,val,4,4,b_object.png,,0\n',
      ),
    );

  it('has a survey of categories and splits', async () => {
    expect((await openBroden(asFolder(split()), { categories: ['object', 'part'] })).survey).toEqual({
      layout: 'Broden',
      categories: [
        { name: 'object', concepts: 3, samples: 2, probed: true },
        { name: 'part', concepts: 2, samples: 1, probed: true },
        { name: 'scene', concepts: 1, samples: 1, probed: false },
      ],
      splits: [
        { name: 'train', samples: 1, chosen: true },
        { name: 'val', samples: 1, chosen: true },
      ],
      colors: 'none',
    });
  });

  it('reads the chosen splits only', async () => {
    const all = await openBroden(asFolder(split()));
    const set = await openBroden(asFolder(split()), { splits: ['val'] });
    expect([set.sampleCount, set.sampleName(0)]).toEqual([1, 'b.jpg']);
    expect(set.contentHash).not.toBe(all.contentHash);
    expect(set.survey.splits.map(({ chosen }) => chosen)).toEqual([false, true]);
    expect(set.survey.categories[2]).toEqual({ name: 'scene', concepts: 1, samples: 0, probed: true });
    await expect(openBroden(asFolder(split()), { splits: ['test'] })).rejects.toThrow(
      'index.csv has none of the splits asked for (test). It has train, val.',
    );
  });
});
