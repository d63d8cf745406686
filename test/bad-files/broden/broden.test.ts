import { describe, expect, it } from 'vitest';
import { openBroden, type BrodenOptions } from '../../../src/probing/broden/broden.ts';
import { flatMask, goodBroden, LFS_POINTER, WEB_PAGE } from '../../probing/support/sets.ts';
import { asFolder, utf8 } from '../../probing/support/trees.ts';
import { expectFault } from '../bad-file.ts';
import { put, remove, type Files, type Mutation } from '../mutations.ts';

interface BadSet {
  readonly name: string;
  readonly mutate: Mutation;
  readonly options?: BrodenOptions;
  readonly code: string;
  readonly message: string;
}

const edit =
  (path: string, from: string, to: string) =>
  (files: Files): void => {
    const text = new TextDecoder().decode(files.get(path));
    expect(text).toContain(from);
    files.set(path, utf8(text.replace(from, to)));
  };

/** Each is the good set with one thing wrong. */
const badSets: readonly BadSet[] = [
  { name: 'no index.csv', mutate: remove('index.csv'), code: 'probing/missing-table', message: "set has no index.csv. Broden's layout needs index.csv, label.csv, category.csv and a folder images." },
  { name: 'no label.csv', mutate: remove('label.csv'), code: 'probing/missing-table', message: "set has no label.csv. Broden's layout needs index.csv, label.csv, category.csv and a folder images." },
  { name: 'no category.csv', mutate: remove('category.csv'), code: 'probing/missing-table', message: "set has no category.csv. Broden's layout needs index.csv, label.csv, category.csv and a folder images." },
  { name: 'index.csv without the column sw', mutate: edit('index.csv', 'sh,sw', 'sh,width'), code: 'probing/missing-column', message: 'index.csv has no column sw. Its first row reads image, sh, width, object, part, scene; columns are separated by commas.' },
  { name: 'a category without a column', mutate: edit('category.csv', 'scene,4,4', 'texture,4,4'), code: 'probing/category-column', message: 'index.csv has no column texture, which category.csv lists. Its first row reads image, sh, sw, object, part, scene.' },
  { name: 'a label of an unknown category', mutate: edit('label.csv', 'wheel,part(1)', 'wheel,prat(1)'), code: 'probing/unknown-category', message: 'label.csv, row 3, column category: prat is not in category.csv, which lists object, part, scene.' },
  { name: 'a category field that is no list', mutate: edit('label.csv', 'object(2)', 'object(2'), code: 'probing/label-category', message: 'label.csv, row 2, column category: "object(2" is not a list such as object(5);part(3).' },
  { name: 'a label without a category', mutate: edit('label.csv', 'part(1)', ''), code: 'probing/empty-field', message: 'label.csv, row 3, column category: the field is empty.' },
  { name: 'a label without a name', mutate: edit('label.csv', 'wheel', ''), code: 'probing/empty-field', message: 'label.csv, row 3, column name: the field is empty.' },
  { name: 'a label number twice', mutate: edit('label.csv', '2,wheel', '1,wheel'), code: 'probing/repeated-number', message: 'label.csv, row 3: number 1 is already used in row 2.' },
  { name: 'label 0', mutate: edit('label.csv', '2,wheel', '0,wheel'), code: 'probing/label-zero', message: "label.csv, row 3: number 0 means nothing in Broden's layout and cannot be a label." },
  { name: 'a label number that is no number', mutate: edit('label.csv', '2,wheel', 'two,wheel'), code: 'probing/not-a-number', message: 'label.csv, row 3, column number: "two" is not a whole number of 0 or more.' },
  { name: 'a label number beyond 16 bits', mutate: edit('label.csv', '300,sky', '70000,sky'), code: 'probing/label-number', message: 'label.csv, row 6, column number: 70000 is too large; masks can hold numbers up to 65534.' },
  { name: 'masks of two sizes', mutate: edit('index.csv', 'b.jpg,4,4', 'b.jpg,4,5'), code: 'probing/other-size', message: 'index.csv, row 3: its masks are 4 x 5 (sh x sw), but those of the first row are 4 x 4. All masks of a probing set must have one size.' },
  { name: 'masks of height 0', mutate: edit('index.csv', 'a.jpg,4,4', 'a.jpg,0,4'), code: 'probing/mask-size-zero', message: "index.csv, row 2: sh and sw, the masks' height and width, must be at least 1." },
  { name: 'a size that is no number', mutate: edit('index.csv', 'a.jpg,4,4', 'a.jpg,4.5,4'), code: 'probing/not-a-number', message: 'index.csv, row 2, column sh: "4.5" is not a whole number of 0 or more.' },
  { name: 'a row without a picture', mutate: edit('index.csv', 'b.jpg', ''), code: 'probing/empty-field', message: 'index.csv, row 3, column image: the field is empty.' },
  { name: 'a number that label.csv does not have', mutate: edit('index.csv', ',0\n', ',77\n'), code: 'probing/unknown-label', message: 'index.csv, row 3, column scene: label 77 is not in label.csv.' },
  { name: 'a missing mask', mutate: remove('images/a_part.png'), code: 'probing/missing-mask', message: 'index.csv, row 2, column part: the mask images/a_part.png is not in set.' },
  { name: 'a mask path that leaves images', mutate: edit('index.csv', 'b_object.png', '../b_object.png'), code: 'probing/missing-mask', message: 'index.csv, row 3, column object: the mask images/../b_object.png is not in set.' },
  { name: 'a missing picture', mutate: remove('images/b.jpg'), code: 'probing/missing-picture', message: 'index.csv, row 3, column image: the picture images/b.jpg is not in set.' },
  { name: 'no data in any row', mutate: put('index.csv', utf8('image,sh,sw,object,part,scene\na.jpg,4,4,,0,\n')), code: 'probing/no-data', message: 'index.csv has no row with data in the probed categories (object, part, scene), so there is nothing to probe.' },
  { name: 'no such category', mutate: () => undefined, options: { categories: ['texture'] }, code: 'probing/no-categories', message: 'None of the categories asked for (texture) has data: those with data in index.csv are object, part, scene.' },
  { name: 'a number of a category that is not probed', mutate: edit('index.csv', ';3,4', ';3,1'), options: { categories: ['scene'] }, code: 'probing/unprobed-label', message: 'index.csv, row 2, column scene: label 1 (car) belongs to no probed category; label.csv lists it under object.' },
  { name: 'a coverage that is no number', mutate: put('c_object.csv', utf8('code,number,coverage\n1,1,much\n')), code: 'probing/coverage', message: 'c_object.csv, row 2, column coverage: "much" is not a number.' },
];

describe('a set that cannot be opened', () => {
  it.each(badSets)('$name', async ({ mutate, options, code, message }) => {
    const files = goodBroden();
    mutate(files);
    await expectFault(() => openBroden(asFolder(files), options), code, message);
  });
});

/** Each is the good set with one file wrong that is only read with its sample, which is sample 0. */
const badSamples: readonly Omit<BadSet, 'options'>[] = [
  { name: 'a mask of another size', mutate: put('images/a_object.png', flatMask(1, 5, 4)), code: 'probing/mask-size', message: 'images/a_object.png is 4 x 5 pixels (height x width), but index.csv says 4 x 4.' },
  { name: 'a pixel with a number that label.csv does not have', mutate: put('images/a_object.png', flatMask(9)), code: 'probing/unknown-pixel', message: 'images/a_object.png, pixel x 0, y 0: label 9 (red + 256 x green) is not in label.csv, whose largest number is 300.' },
  { name: 'a pixel with a number above label.csv', mutate: put('images/a_object.png', flatMask(4000)), code: 'probing/unknown-pixel', message: 'images/a_object.png, pixel x 0, y 0: label 4000 (red + 256 x green) is not in label.csv, whose largest number is 300.' },
  { name: 'an LFS pointer for a mask', mutate: put('images/a_part.png', LFS_POINTER), code: 'probing/wrong-kind', message: 'images/a_part.png is a Git LFS pointer, not a PNG mask. Fetch the real file with git lfs pull.' },
  { name: 'a web page for a mask', mutate: put('images/a_part.png', WEB_PAGE), code: 'probing/wrong-kind', message: 'images/a_part.png is a web page (HTML), not a PNG mask. Download the file itself again.' },
  { name: 'an empty mask', mutate: put('images/a_part.png', utf8('')), code: 'probing/wrong-kind', message: 'images/a_part.png is empty (0 bytes), not a PNG mask. Make or download it again.' },
];

describe('a sample that cannot be read', () => {
  it.each(badSamples)('$name', async ({ mutate, code, message }) => {
    const files = goodBroden();
    mutate(files);
    const set = await openBroden(asFolder(files));
    await expectFault(() => set.labels(0), code, message);
    expect((await set.labels(1)).planes).toHaveLength(1);
  });

  it('a label of a category that is not probed', async () => {
    const set = await openBroden(asFolder(goodBroden()), { categories: ['part', 'scene'] });
    const files = goodBroden();
    files.set('images/a_part.png', flatMask(1));
    const broken = await openBroden(asFolder(files), { categories: ['part', 'scene'] });
    expect((await set.labels(0)).planes).toHaveLength(1);
    await expectFault(() => broken.labels(0), 'probing/unprobed-label', 'images/a_part.png, pixel x 0, y 0: label 1 (car) belongs to no probed category; label.csv lists it under object.');
  });

  it('a picture that is none', async () => {
    const files = goodBroden();
    files.set('images/a.jpg', LFS_POINTER);
    const set = await openBroden(asFolder(files));
    await expectFault(() => set.picture(0), 'probing/wrong-kind', 'images/a.jpg is a Git LFS pointer, not a picture. Fetch the real file with git lfs pull.');
    expect(await set.picture(1)).toMatchObject({ kind: 'encoded', mime: 'image/jpeg', name: 'images/b.jpg' });
  });
});
