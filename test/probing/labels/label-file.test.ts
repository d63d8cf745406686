import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLabelFile } from '../../../src/probing/labels/label-file.ts';
import { SampleIndex } from '../../../src/probing/labels/sample-index.ts';
import { expectFault } from '../../bad-files/bad-file.ts';

const names = ['val/a/1.jpg', 'val/b/1.jpg', 'val/b/2.jpg'];
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string, samples = names) => readLabelFile(bytes(text), 'labels.csv', samples);

describe('a file of gold labels', () => {
  it.each([
    ['commas', 'a/1.jpg,street\n2.jpg,taxi rank\n'],
    ['tabs', 'a/1.jpg\tstreet\r\n2.jpg\ttaxi rank\r\n'],
    ['semicolons', '"a/1.jpg";"street"\n2.jpg;taxi rank'],
    ['a header', 'path,label\nval/a/1.jpg,street\nval/b/2.jpg,taxi rank\n'],
    ['columns in another order, among others', 'label,score,file_name\nstreet,0.5,a/1\ntaxi rank,0.2,2\n'],
    ['a byte order mark and empty lines', '\u{feff}a/1.jpg,street\n\n2.jpg, taxi rank \n\n'],
    ['longer paths, backslashes', 'C:\\data\\val\\a\\1.jpg,street\n./val/b/2.jpg,taxi rank\n'],
  ])('has rows with %s', (_, text) => {
    expect(read(text)).toEqual({ labels: ['street', null, 'taxi rank'], labelled: 2, unknown: null });
  });

  it('has a space between name and label, as the lists of ImageNet and Places365', () => {
    expect(read('1.jpg 165\n2.jpg 8\n', ['val/1.jpg', 'val/2.jpg']).labels).toEqual(['165', '8']);
  });

  it('has a label a line in the order of the samples, quoted or not, also an empty one', () => {
    expect(read('street\n\ntench, Tinca tinca\n').labels).toEqual(['street', null, 'tench, Tinca tinca']);
    expect(read('label\n"a ""b"""\npark\nlake').labels).toEqual(['a "b"', 'park', 'lake']);
  });

  it('passes over rows of other samples, and says so', () => {
    expect(read('other/7.jpg,park\n2.jpg,lake\n9.jpg,park\n')).toEqual({
      ...{ labels: [null, null, 'lake'], labelled: 1 },
      unknown: { rows: 2, first: 'other/7.jpg' },
    });
  });

  it('says what is wrong, and where', async () => {
    await expectFault(
      () => read('  \n'),
      'labels/empty',
      'labels.csv has no labels. Give a label a line, or rows of sample name and label.',
    );
    await expectFault(
      () => read('a/1.jpg,street\n1.jpg,park\n'),
      'labels/ambiguous',
      'labels.csv, row 2: "1.jpg" may be val/a/1.jpg or val/b/1.jpg. Write more of the path, so that it is one of them.',
    );
    await expectFault(
      () => read('path,label\n2.jpg,lake\n\nb/2.jpg,park\n'),
      'labels/twice',
      'labels.csv, row 4: val/b/2.jpg is "park" here, but "lake" in a row above. Keep one of them.',
    );
    await expectFault(
      () => read('2.jpg,lake\na/1.jpg\n'),
      'labels/columns',
      'labels.csv, row 2 has a sample name but no label behind it. Give both, with a comma or a tab between them.',
    );
    await expectFault(
      () => read('2.jpg,lake\na/1.jpg,"street\n'),
      'labels/quotes',
      'labels.csv, row 2: a double quote is not closed or stands in the wrong place. Inside quotes write it twice.',
    );
    await expectFault(
      () => read('street\nlake\n'),
      'labels/count',
      'labels.csv has 2 lines, and none begins with the name of a sample, such as val/a/1.jpg. Give a name and a label in each row, or one label a line for each of the 3 samples.',
    );
    const picture = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
    await expectFault(
      () => readLabelFile(picture, 'labels.png', names),
      'probing/wrong-kind',
      'labels.png is a PNG picture, not a list of gold labels. Make or download it again.',
    );
    await expectFault(
      () => readLabelFile(Uint8Array.of(0x61, 0xff), 'l.csv', names),
      'probing/not-utf8',
      'l.csv is not UTF-8 text. Save it again in UTF-8.',
    );
    await expectFault(
      () => readLabelFile(new Uint8Array(64 * 2 ** 20 + 1), 'l.csv', names),
      'labels/too-large',
      'l.csv has 65 MB, but a file of labels may have 64. Give the name and the label of each sample only.',
    );
  });
});

describe('a name of a sample', () => {
  const path = fc
    .array(fc.constantFrom('a', 'b', 'c.jpg', 'd.png'), { minLength: 1, maxLength: 3 })
    .map((all) => all.join('/'));

  it('is found as by looking at all names', () => {
    fc.assert(
      fc.property(fc.uniqueArray(path, { minLength: 1, maxLength: 12 }), path, (samples, asked) => {
        const bare = (name: string): string => name.replace(/(?<=[^/])\.(jpg|png)$/, '');
        const ends = (name: string, end: string): boolean => name === end || name.endsWith(`/${end}`);
        const alike = [...samples.keys()].filter((at) => ends(samples[at], asked) || ends(bare(samples[at]), asked));
        const told = new SampleIndex(samples).find(asked);
        const exact = samples.indexOf(asked);
        if (exact >= 0) expect(told).toEqual({ sample: exact });
        else if (alike.length === 1) expect(told).toEqual({ sample: alike[0] });
        else if (alike.length > 1) expect(told).toEqual({ several: alike.slice(0, 2) });
        else {
          const longest = samples
            .filter((name) => ends(asked, name))
            .sort((one, other) => other.length - one.length)
            .at(0);
          expect(told).toEqual(longest === undefined ? null : { sample: samples.indexOf(longest) });
        }
      }),
    );
  });
});
