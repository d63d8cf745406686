import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { writeWordTable } from '../../../scripts/words/write-word-table.ts';
import { readWordTable } from '../../../src/probing/pairs/word-table.ts';

const embedded = new Uint8Array(readFileSync(new URL('../../../public/words/vectors.bin', import.meta.url)));

describe('readWordTable', () => {
  it('reads what was written, to half precision', () => {
    const value = fc.oneof(
      fc.float({ min: -60000, max: 60000, noNaN: true }),
      fc.float({ min: -1, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(
        fc.array(fc.string(), { minLength: 1, maxLength: 5 }),
        fc.array(value, { minLength: 10, maxLength: 10 }),
        (made, pool) => {
          const words = made.map((word, at) => `${at}${word.replaceAll('\n', '')}`);
          const values = Float32Array.from(words.flatMap(() => pool.slice(0, 2)));
          const read = readWordTable(writeWordTable({ words, values, dimensions: 2 }));
          expect(read.words).toEqual(words);
          expect(read.dimensions).toBe(2);
          for (const [at, found] of read.values.entries()) {
            expect(Math.abs(found - values[at])).toBeLessThanOrEqual(
              Math.max(Math.abs(values[at]) * 2 ** -11, 2 ** -25),
            );
          }
          expect(readWordTable(writeWordTable(read)).values).toEqual(read.values);
        },
      ),
    );
  });

  it('reads the embedded table: 5,000 words of 100 numbers, everyday words among them', () => {
    const { words, values, dimensions } = readWordTable(embedded);
    expect(words.length).toBe(5000);
    expect(new Set(words).size).toBe(5000);
    expect(dimensions).toBe(100);
    expect(values.every(Number.isFinite)).toBe(true);
    expect(words).toEqual(
      expect.arrayContaining(['nobody', 'sleeping', 'outdoors', 'guitar', 'skateboard', 'kitten', 'woman', ',']),
    );
    // GloVe 6B, 100 dimensions, of "the": -0.038194 -0.24487 0.72812 -0.39961.
    const the = words.indexOf('the') * dimensions;
    expect(Array.from(values.slice(the, the + 4), (value) => Number(value.toFixed(3)))).toEqual([
      -0.038, -0.245, 0.728, -0.4,
    ]);
  });

  it.each([
    ['another file', new TextEncoder().encode('the 0.1 0.2\n'.repeat(4))],
    ['an empty file', new Uint8Array(0)],
    ['a table cut short', embedded.slice(0, -2)],
    ['a table with one word less', embedded.map((byte, at) => (at === 4 ? byte - 1 : byte))],
  ])('says so of %s', (_, bytes) => {
    expect(() => readWordTable(bytes)).toThrow(
      'The word vectors that come with Formulens are damaged. Load the page again, or drop a GloVe text file with the pairs.',
    );
  });
});
