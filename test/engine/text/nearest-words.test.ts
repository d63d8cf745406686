import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WordVectors } from '../../../src/engine/concepts.ts';
import { nearestWords } from '../../../src/engine/text/nearest-words.ts';

/** The plain form: every cosine in float64, sorted; Array.prototype.sort keeps ties in order. */
function plainly({ words, values, dimensions }: WordVectors, query: number, count: number): number[] {
  const row = (at: number): Float32Array => values.subarray(at * dimensions, (at + 1) * dimensions);
  const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, i) => sum + value * b[i], 0);
  const norm = (at: number): number => Math.sqrt(row(at).reduce((sum, value) => sum + value ** 2, 0));
  if (norm(query) === 0) return [];
  return Array.from(words.keys())
    .filter((at) => norm(at) > 0)
    .map((at) => ({ at, cosine: dot(row(query), row(at)) / (norm(query) * norm(at)) }))
    .sort((a, b) => b.cosine - a.cosine)
    .slice(0, count)
    .map(({ at }) => at);
}

const named = (rows: readonly (readonly number[])[]): WordVectors => ({
  words: rows.map((_, at) => `w${at}`),
  values: Float32Array.from(rows.flat()),
  dimensions: rows[0].length,
});

describe('nearestWords', () => {
  const value = fc.oneof(
    fc.integer({ min: -2, max: 2 }),
    fc.float({ min: -4, max: 4, noNaN: true, noDefaultInfinity: true }),
  );
  const table = fc
    .integer({ min: 1, max: 12 })
    .chain((dimensions) =>
      fc.array(fc.array(value, { minLength: dimensions, maxLength: dimensions }), { minLength: 1, maxLength: 60 }),
    );

  it('gives the words of the plain form in its order, ties and zero vectors among them', () => {
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 7 }), (rows, count) => {
        const vectors = named(rows);
        const queries = Array.from(rows.keys());
        const found = nearestWords(vectors, queries, count);
        for (const query of queries) expect(found.get(query), `w${query}`).toEqual(plainly(vectors, query, count));
      }),
    );
  });

  it('tells words apart that differ by less than rounding', () => {
    const near = (shift: number): number[] => [
      1,
      0.5 + shift,
      -0.25,
      ...Array.from({ length: 97 }, (_, i) => Math.sin(i)),
    ];
    const rows = [0, 3e-6, 1e-6, 2e-6, 2e-6, -1e-6, 4e-6, 1e-3, -5e-6].map(near);
    const vectors = named([...rows, ...rows.map((row) => row.map((entry) => 3 * entry))]);
    const queries = Array.from(vectors.words.keys());
    const found = nearestWords(vectors, queries, 6);
    for (const query of queries) expect(found.get(query)).toEqual(plainly(vectors, query, 6));
  });
});
