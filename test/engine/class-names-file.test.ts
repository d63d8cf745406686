import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readClassNames } from '../../src/engine/results/class-names-file.ts';
import { expectFault } from '../bad-files/bad-file.ts';

const read = (text: string, classes = 3): readonly string[] => readClassNames(text, 'names.txt', classes);

describe('a file of class names', () => {
  it.each([
    ['a name a line', 'airfield\r\n\r\ntaxi rank\nlake\n'],
    ['numbers behind names, in any order', 'taxi rank 1\nairfield 0\nlake 2'],
    ['numbers before names', '0: airfield\n1: taxi rank\n2: lake'],
    ['WordNet ids', 'n01440764 airfield\nn01443537 taxi rank\nn01484850 lake'],
    ['a JSON list', '["airfield", "taxi rank", "lake"]'],
    ['a JSON object', '{"0": "airfield", "2": "lake", "1": "taxi rank"}'],
    ['a config.json', '{"model_type": "resnet", "id2label": {"0": "airfield", "1": "taxi rank", "2": "lake"}}'],
    ['a byte order mark', '\u{feff}airfield\ntaxi rank\nlake'],
  ])('has %s', (_, text) => {
    expect(read(text)).toEqual(['airfield', 'taxi rank', 'lake']);
  });

  it('keeps names that are numbered only', () => {
    expect(read('class 0\nclass 1\nclass 2')).toEqual(['class 0', 'class 1', 'class 2']);
  });

  it('says what is wrong', async () => {
    await expectFault(
      () => read(' \n'),
      'class-names/empty',
      "names.txt has no names. Give the name of a class a line, in the order of the model's output.",
    );
    await expectFault(
      () => read('a\nb'),
      'class-names/count',
      "names.txt names 2 classes, but the model's output has 3. Give one name for each, in its order.",
    );
    expect(() => read('["a", "b"')).toThrow(/^names\.txt begins as JSON but cannot be read as such: .+\.$/);
    await expectFault(
      () => read('["a", 7, "c"]'),
      'class-names/members',
      'names.txt: 1 is no text. It must be a list of names, or an object of names by number (id2label).',
    );
    await expectFault(
      () => read('a 0\nb 1\nc 3'),
      'class-names/numbers',
      'names.txt: there is no name for 2. Number the classes from 0 without a gap, each once.',
    );
    await expectFault(
      () => read('a 0\nb 1\nc 1'),
      'class-names/numbers',
      'names.txt: there is no name for 2. Number the classes from 0 without a gap, each once.',
    );
  });
});

describe('the lists that come with the page', () => {
  it.each([
    ['imagenet', 1000, 'tench, Tinca tinca', 'toilet tissue, toilet paper, bathroom tissue'],
    ['places365', 365, '/a/airfield', '/z/zen_garden'],
    ['coco', 80, 'person', 'toothbrush'],
  ])('%s is whole', (name, count, first, last) => {
    const file = (ending: string): string =>
      readFileSync(new URL(`../../public/classes/${name}${ending}`, import.meta.url), 'utf8');
    const names = readClassNames(file('.txt'), name, count);
    expect([names.at(0), names.at(-1)]).toEqual([first, last]);
    expect(new Set(names).size).toBe(name === 'imagenet' ? 999 : count);
    expect(file('.source.txt')).toContain('https://github.com/');
  });
});
