import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeCellTable } from '../../../src/engine/cells/cell-table.ts';
import type { Concept } from '../../../src/engine/concepts.ts';
import { CountsExplainer } from '../../../src/engine/explain-counts.ts';
import { formulaBits } from '../../../src/engine/formula/evaluate.ts';
import { formulaText } from '../../../src/engine/formula/print.ts';
import type { ConceptId } from '../../../src/engine/ids.ts';
import type { UnitKind } from '../../../src/engine/kinds/kind-analysis.ts';
import { kindGround } from '../../../src/engine/kinds/kind-ground.ts';
import { kindsOfResults } from '../../../src/engine/kinds/kinds-of-results.ts';
import type { NameComparer } from '../../../src/engine/kinds/name-similarity.ts';
import { defaultSettings } from '../../../src/engine/results/default-settings.ts';
import { prepareSearch } from '../../../src/engine/search/tables.ts';
import { openComparer } from '../../../src/pipeline/word-tables.ts';

const table = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(new URL(`../../../public/words/${name}`, import.meta.url)));

let comparer: NameComparer;
beforeAll(async () => {
  comparer = await openComparer(table('nouns.bin'), table('vectors.bin'));
});

const names = ['river', 'lake', 'chair', 'dog', 'tree', 'street', 'blue-c', 'sky'];
const concepts: readonly Concept[] = names.map((name, id) => ({
  id: id as ConceptId,
  number: id,
  name,
  category: name === 'blue-c' ? 'color' : 'object',
}));

/** A group of positions: their concepts, how many they are, and in how many of them the unit fires. */
type Cell = readonly [concepts: string, positions: number, firing: number];

/** The kind suggested for a unit that fires so, by the search itself. */
function kindOf(cells: readonly Cell[], grounded = true): UnitKind {
  const signatures = cells.map(([listed]) =>
    listed
      .split(' ')
      .map((name) => names.indexOf(name))
      .filter((id) => id >= 0)
      .sort((a, b) => a - b),
  );
  const signatureStart = new Uint32Array(cells.length + 1);
  for (const [at, one] of signatures.entries()) signatureStart[at + 1] = signatureStart[at] + one.length;
  const made = makeCellTable({
    conceptCount: names.length,
    n: Uint32Array.from(cells, ([, positions]) => positions),
    signatureStart,
    signatures: Uint16Array.from(signatures.flat()),
  });
  const search = prepareSearch(made, concepts, { grid: { height: 2, width: 2 } });
  const firing = cells.flatMap(([, , count], at) => (count > 0 ? [[at, count] as const] : []));
  const counts = {
    cells: Uint32Array.from(firing, ([at]) => at),
    counts: Uint32Array.from(firing, ([, count]) => count),
    area: firing.reduce((sum, [, count]) => sum + count, 0),
    firing: 1,
  };
  const units = [new CountsExplainer(search).explain(0, counts, defaultSettings)];
  const ground = ({ formula }: { readonly formula: Parameters<typeof kindGround>[0] }) =>
    kindGround(formula, counts, search, (part) => formulaBits(part, search));
  return kindsOfResults({ units, concepts }, comparer, grounded ? ground : null).units[0];
}

const text = ({ formula }: UnitKind): string => formulaText(formula, (id) => names[id]);

describe('units that are made to be of a kind', () => {
  it('fires on two unrelated things: polysemantic', () => {
    const found = kindOf([
      ['chair', 100, 90],
      ['dog', 100, 80],
      ['tree', 400, 5],
      ['sky blue-c', 400, 0],
      ['', 1000, 10],
    ]);
    expect(text(found)).toBe('chair OR dog');
    expect(found.kind).toBe('polysemantic');
    expect(found.confidence).toBeCloseTo(0.6);
    expect(found.evidence.at(-1)?.text).toBe(
      'Where the unit fires, the sides share nothing that the probing set knows',
    );
  });

  it('fires on two bodies of water: lexically coherent', () => {
    const found = kindOf([
      ['river', 100, 90],
      ['lake', 100, 80],
      ['tree', 400, 5],
      ['', 1000, 10],
    ]);
    expect(text(found)).toBe('river OR lake');
    expect(found.kind).toBe('lexical');
    expect(found.evidence.map(({ what }) => what)).toEqual(['tree', 'cosine', 'gain']);
    expect(found.evidence[0]).toEqual({
      what: 'tree',
      text: "Similarity in WordNet's tree: river and lake",
      value: comparer.compare(concepts[0], concepts[1]).tree,
    });
  });

  const blueThings: readonly Cell[] = [
    ['chair blue-c', 70, 62],
    ['chair', 40, 35],
    ['dog blue-c', 70, 62],
    ['dog', 40, 35],
    ['sky blue-c', 300, 3],
    ['', 2000, 10],
  ];

  it('fires on two unrelated things that mostly are blue: perceptual-only', () => {
    const found = kindOf(blueThings);
    expect(text(found)).toBe('chair OR dog');
    expect(found.kind).toBe('perceptual');
    const [share, base] = found.evidence.slice(-2);
    expect(share).toEqual({ what: 'share', text: 'blue, where the unit fires on each side, at least', value: 62 / 97 });
    expect(base).toEqual({ what: 'base', text: 'blue, everywhere', value: 440 / 2520 });
  });

  it('says that it does not know what the sides share where masks are not known', () => {
    const found = kindOf(blueThings, false);
    expect(found.kind).toBe('polysemantic');
    expect(found.confidence).toBeCloseTo(0.3);
    expect(found.evidence.at(-1)?.text).toBe('What the sides may share where the unit fires is not known');
  });

  it('fires on trees but not in streets: a specialization', () => {
    const found = kindOf([
      ['tree', 100, 90],
      ['tree street', 100, 2],
      ['street', 300, 1],
      ['', 1000, 3],
    ]);
    expect(text(found)).toBe('tree AND NOT street');
    expect(found.kind).toBe('specialization');
    expect(found.evidence.find(({ what }) => what === 'rest')).toEqual({
      what: 'rest',
      text: 'IoU without AND NOT street',
      value: 92 / (200 + 4),
    });
    const gain = found.evidence.find(({ what }) => what === 'gain')?.value ?? 0;
    expect(gain).toBeCloseTo((90 / 106 - 92 / 204) / (90 / 106));
    expect(found.confidence).toBe(1);
  });

  it('fires on one thing, and a little more on another: not composed', () => {
    const found = kindOf([
      ['tree', 100, 95],
      ['dog', 4, 3],
      ['', 1000, 0],
    ]);
    expect(text(found)).toBe('tree');
    expect(found.kind).toBe('none');
  });

  it('fires on trees in streets: narrowed by AND, with less confidence', () => {
    const found = kindOf([
      ['tree', 100, 2],
      ['tree street', 100, 95],
      ['street', 300, 1],
      ['', 1000, 3],
    ]);
    expect([text(found), found.kind, found.confidence]).toEqual(['tree AND street', 'specialization', 0.5]);
  });
});
