import { describe, expect, it } from 'vitest';
import { openProbing } from '../../src/probing/open.ts';
import { expectFault } from '../bad-files/bad-file.ts';
import { goodBroden, goodTable } from './support/sets.ts';
import { asFolder, utf8, type Files } from './support/trees.ts';

const below = (folder: string, files: Files): [string, Uint8Array<ArrayBuffer>][] =>
  Array.from(files, ([path, bytes]) => [`${folder}/${path}`, bytes]);
const LAYOUTS =
  'Known are Broden, ADE20K, ADE20K scene parsing, COCO, Pascal VOC, Cityscapes, pictures with masks, pictures with boxes (CSV, YOLO), a folder a class, sentence pairs, and tables of concepts. Help says what each must hold (docs/formats.md).';

describe('openProbing', () => {
  it('knows the layouts at the top and one folder below', async () => {
    expect((await openProbing(asFolder(goodBroden()))).format).toBe('broden');
    expect((await openProbing(asFolder(goodTable()))).format).toBe('table');
    const nested = asFolder(new Map([...below('broden1_224', goodBroden()), ['readme.txt', utf8('x')]]));
    const set = await openProbing(nested, { categories: ['object'] });
    expect([set.format, set.title, set.categories, set.sampleCount]).toEqual(['broden', 'broden1_224', ['object'], 2]);
    expect(await set.picture(0)).toMatchObject({ name: 'broden1_224/images/a.jpg' });
  });

  it('knows them two folders below, and special layouts before plain folders', async () => {
    const nested = asFolder(new Map([...below('data/broden', goodBroden()), ['readme.txt', utf8('x')]]));
    expect((await openProbing(nested)).title).toBe('broden');
    const between = new Map([...below('more/set', goodTable()), ['cat/a.jpg', utf8('x')], ['dog/b.jpg', utf8('x')]]);
    expect((await openProbing(asFolder(between))).format).toBe('table');
    const deep = asFolder(new Map([...below('a/b/c', goodBroden()), ['readme.txt', utf8('x')]]));
    await expect(openProbing(deep)).rejects.toMatchObject({ code: 'probing/unknown-layout' });
  });

  it('tells sets of different layouts apart, although their files may lie at any depth', async () => {
    const voc = new Map([
      ['VOC2012/JPEGImages/a.jpg', utf8('x')],
      ['VOC2012/SegmentationClass/a.png', utf8('x')],
    ]);
    const cityscapes = new Map([
      ['gtFine/val/ulm/ulm_000000_000019_gtFine_labelIds.png', utf8('x')],
      ['leftImg8bit/val/ulm/ulm_000000_000019_leftImg8bit.png', utf8('x')],
    ]);
    expect((await openProbing(asFolder(new Map(below('voc', voc))))).format).toBe('voc');
    expect((await openProbing(asFolder(cityscapes))).format).toBe('cityscapes');
    await expectFault(
      () => openProbing(asFolder(new Map([...below('voc', voc), ...below('streets', cityscapes)]))),
      'probing/several-sets',
      'set holds several probing sets (voc, streets). Drop one of these folders.',
    );
  });

  it('says what it found instead', async () => {
    const pictures = new Map(Array.from({ length: 7 }, (_, index) => [`${index}.jpg`, utf8('x')]));
    await expectFault(
      () => openProbing(asFolder(pictures)),
      'probing/unknown-layout',
      `set is no probing set that we know: it holds 0.jpg, 1.jpg, 2.jpg, 3.jpg, 4.jpg and 2 more. ${LAYOUTS}`,
    );
    await expectFault(
      () => openProbing(asFolder(new Map())),
      'probing/empty-tree',
      `There are no files in the folder. ${LAYOUTS}`,
    );
    await expectFault(
      () => openProbing(asFolder(new Map([...below('x', goodBroden()), ...below('y', goodTable())]))),
      'probing/several-sets',
      'set holds several probing sets (x, y). Drop one of these folders.',
    );
  });

  it('asks for what a known layout lacks', async () => {
    const files = goodBroden();
    files.delete('index.csv');
    await expectFault(
      () => openProbing(asFolder(files)),
      'probing/missing-table',
      "set has no index.csv. Broden's layout needs index.csv, label.csv, category.csv and a folder images.",
    );
  });
});
