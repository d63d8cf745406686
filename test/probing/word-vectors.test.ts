import { describe, expect, it } from 'vitest';
import { readVectorsOf, readWordVectors } from '../../src/probing/word-vectors.ts';
import { asFolder, utf8 } from './support/trees.ts';

describe('readWordVectors', () => {
  const read = async (text: string, mostValues?: number) => {
    const file = asFolder(new Map([['vectors.txt', utf8(text)]])).files.get('vectors.txt');
    if (file === undefined) throw new Error('vectors.txt');
    return readWordVectors(file, new Set(['cat']), mostValues);
  };

  it.each([
    { name: 'a word2vec header', text: '2 2\ndog 1 2\ncat 3 4\n' },
    { name: 'no line end at the end', text: 'dog 1 2\ncat 3 4' },
    { name: 'CRLF and spaces at line ends', text: 'dog 1 2 \r\ncat 3 4\r\n' },
    { name: 'a word twice', text: 'dog 1 2\ncat 3 4\ncat 5 6\n' },
  ])('reads $name', async ({ text }) => {
    const { vectors } = await read(text);
    expect(vectors).toEqual({ words: ['dog', 'cat'], values: Float32Array.of(1, 2, 3, 4), dimensions: 2 });
  });

  it('reads words with spaces, and numbers as words', async () => {
    const { vectors } = await read('hot dog 1 2\n7 3 4\n. . 5 6\n');
    expect(vectors.words).toEqual(['hot dog', '7', '. .']);
  });

  it('keeps only words of concepts where all would be too many', async () => {
    const found = await read('dog 1 2\ncat 3 4\nhorse 5 6\n', 5);
    expect(found.onlyConcepts).toBe(true);
    expect(found.vectors).toEqual({ words: ['cat'], values: Float32Array.of(3, 4), dimensions: 2 });
    expect((await read('dog 1 2\ncat 3 4\n', 4)).onlyConcepts).toBe(false);
  });
});

describe('readVectorsOf', () => {
  const read = (text: string, ...words: string[]) => {
    const file = asFolder(new Map([['glove/glove.txt', utf8(text)]])).files.get('glove/glove.txt');
    if (file === undefined) throw new Error('glove.txt');
    return readVectorsOf(file, new Set(words));
  };

  it('keeps the words asked for, in the order of the file', async () => {
    const text = '. . 9 9\ndog 1 2\ncat 3 4\n. 5 6\nhot dog 7 8\nhorse\n';
    const { words, values } = await read(text, '.', 'cat', 'hot dog', 'unicorn');
    expect(words).toEqual(['cat', '.', 'hot dog']);
    expect(values).toEqual(Float32Array.of(3, 4, 5, 6, 7, 8));
    expect((await read(text, 'unicorn')).words).toEqual([]);
  });

  it('names the file in what is wrong with it', async () => {
    await expect(read('dog 1 2\ncat 1\n', 'cat')).rejects.toMatchObject({
      code: 'probing/vector-length',
      message: 'glove/glove.txt, line 2: the word "cat" has 1 values, but the first one has 2.',
    });
    await expect(read('dog 1 2\ncat 1 x\n', 'cat')).rejects.toMatchObject({
      message: 'glove/glove.txt, line 2: the word "cat" has the value "x", which is not a number.',
    });
  });
});
