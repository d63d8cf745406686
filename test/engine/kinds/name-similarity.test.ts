import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { WordVectors } from '../../../src/engine/concepts.ts';
import { centeredVectors } from '../../../src/engine/kinds/centered-vectors.ts';
import { conceptTerms } from '../../../src/engine/kinds/concept-words.ts';
import type { NameComparer, NameSimilarity } from '../../../src/engine/kinds/name-similarity.ts';
import { isSimilar } from '../../../src/engine/kinds/suggest.ts';
import { openComparer } from '../../../src/pipeline/word-tables.ts';
import { pairsOf, related, unrelated } from './fixtures/name-pairs.ts';

const table = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(new URL(`../../../public/words/${name}`, import.meta.url)));

let comparer: NameComparer;
beforeAll(async () => {
  comparer = await openComparer(table('nouns.bin'), table('vectors.bin'));
});

const object = (name: string) => ({ name, category: 'object' });
const compare = (one: string, other: string): NameSimilarity => comparer.compare(object(one), object(other));

describe('the words of a concept', () => {
  it.each([
    ['street-s', 'scene', ['street']],
    ['bow_window-indoor-s', 'scene', ['bow window-indoor']],
    ['sky-blue-c', 'color', ['sky-blue']],
    ['person, individual, someone', 'object', ['person', 'individual', 'someone']],
    ['building;edifice', 'object', ['building', 'edifice']],
    ['pre:Dog', 'pre:tok', ['dog']],
    ['pre:tok:dog', 'pre:tok', ['dog']],
    ['hyp:lemma:run', 'hyp:lemma', ['run']],
    ['hyp::', 'hyp:tok', [':']],
    ['pre:tag:NN', 'pre:tag', []],
    ['overlap-25%', 'overlap', []],
  ] as const)('%s of %s', (name, category, terms) => {
    expect(conceptTerms({ name, category })).toEqual(terms);
  });
});

describe('similarity of names', () => {
  it('is high for a river and a stream, low for a river and a chair', () => {
    expect(compare('river', 'stream').tree).toBeCloseTo(10 / 11);
    expect(isSimilar(compare('river', 'stream'))).toBe(true);
    expect(isSimilar(compare('river', 'chair'))).toBe(false);
  });

  it('takes the whole name where it is a noun, else its last words, else what stands before', () => {
    expect(compare('swivel chair', 'chair').tree).toBeGreaterThan(0.9);
    expect(compare('blue chair', 'chair').tree).toBe(1);
    expect(compare('bow window-indoor', 'bow window').tree).toBe(1);
    expect(compare('horses', 'horse').tree).toBe(1);
    expect(compare('children', 'child').tree).toBe(1);
    expect(compare('benches', 'bench').tree).toBe(1);
  });

  it('is not known of names that no table has', () => {
    expect(compare('qwertz', 'river')).toEqual({ tree: null, cosine: null });
    expect(isSimilar(compare('qwertz', 'river'))).toBeNull();
    expect(compare('qwertz', 'qwertz')).toEqual({ tree: 1, cosine: 1 });
  });

  it('is the same both ways, and of the nearest of several meanings', () => {
    expect(compare('dog', 'cat')).toEqual(compare('cat', 'dog'));
    expect(compare('qwertz, river', 'stream')).toEqual(compare('river', 'stream'));
  });

  it('does not take a color for a fruit', () => {
    const color = { name: 'orange-c', category: 'color' };
    expect(comparer.compare(color, object('banana')).tree).toBeLessThan(0.3);
    expect(compare('orange', 'banana').tree).toBeGreaterThan(0.75);
    expect(comparer.compare(color, { name: 'red-c', category: 'color' }).tree).toBeGreaterThan(0.75);
  });

  it('tells related from unrelated names by the limits that docs/kinds.md names', () => {
    const similar = (text: string): number =>
      pairsOf(text).filter(([a, b]) => isSimilar(compare(a, b)) === true).length;
    expect([pairsOf(related).length, similar(related)]).toEqual([90, 84]);
    expect([pairsOf(unrelated).length, similar(unrelated)]).toEqual([90, 3]);
  });

  it('of frequent words does not come from their being frequent', () => {
    const words = ([one, other]: readonly [string, string]): boolean | null =>
      isSimilar(
        comparer.compare({ name: `hyp:${one}`, category: 'hyp:tok' }, { name: `hyp:${other}`, category: 'hyp:tok' }),
      );
    expect(
      (
        [
          ['on', 'later'],
          ['has', 'later'],
          ['near', 'by'],
          ['red', 'there'],
        ] as const
      ).map(words),
    ).toEqual([false, false, false, false]);
    expect(
      (
        [
          ['asleep', 'sleeping'],
          ['happy', 'sad'],
          ['eating', 'drinking'],
        ] as const
      ).map(words),
    ).toEqual([true, true, true]);
  });
});

describe('centered vectors', () => {
  it('have mean 0 and nothing along the direction in which all varied most; zero vectors stay', () => {
    const rows = Array.from({ length: 40 }, (_, row) => [1 + Math.sin(row) * 5, Math.cos(3 * row), Math.sin(7 * row)]);
    const vectors: WordVectors = {
      words: [...rows.map((_, row) => `w${row}`), 'none'],
      values: Float32Array.from([...rows.flat(), 0, 0, 0]),
      dimensions: 3,
    };
    const { values } = centeredVectors(vectors);
    const columns = [0, 1, 2].map((i) => rows.map((_, row) => values[3 * row + i]));
    for (const column of columns) expect(column.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 4);
    // What is left lies in a plane: the determinant of the covariances is 0.
    const c = columns.map((one) => columns.map((other) => one.reduce((sum, value, at) => sum + value * other[at], 0)));
    const determinant =
      c[0][0] * (c[1][1] * c[2][2] - c[1][2] * c[2][1]) -
      c[0][1] * (c[1][0] * c[2][2] - c[1][2] * c[2][0]) +
      c[0][2] * (c[1][0] * c[2][1] - c[1][1] * c[2][0]);
    expect(Math.abs(determinant)).toBeLessThan(1e-3);
    expect(c[0][0] + c[1][1] + c[2][2]).toBeGreaterThan(1);
    expect([...values.subarray(-3)]).toEqual([0, 0, 0]);
  });
});
