import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { UnitCounts } from '../../../src/engine/activation/unit-mask.ts';
import { sampleCells, type CellMaps } from '../../../src/engine/cells/cell-maps.ts';
import { bareName } from '../../../src/engine/formula/bare-name.ts';
import { formulaBits } from '../../../src/engine/formula/evaluate.ts';
import { formulaConcepts, formulaLength } from '../../../src/engine/formula/length.ts';
import type { Formula } from '../../../src/engine/formula/formula.ts';
import type { UnitId } from '../../../src/engine/ids.ts';
import { kindAgreement } from '../../../src/engine/kinds/agreement.ts';
import { branchFormula, formulaShape } from '../../../src/engine/kinds/formula-shape.ts';
import { judgedUnits, kindAnalysis, pairKey, pairsToCompare } from '../../../src/engine/kinds/kind-analysis.ts';
import { kindGround, sharedLeast, sharedLift } from '../../../src/engine/kinds/kind-ground.ts';
import { kindLabels, kinds } from '../../../src/engine/kinds/kind.ts';
import { kindsCsv, readLabelsCsv } from '../../../src/engine/kinds/kinds-csv.ts';
import { randomUnits } from '../../../src/engine/kinds/random-units.ts';
import { suggestKind } from '../../../src/engine/kinds/suggest.ts';
import { build, holds, maskOf, positionsOf, randomFormula, randomProbing } from '../support/random-probing.ts';
import {
  and,
  concepts,
  explained,
  is,
  layer,
  near,
  not,
  or,
  randomLayer,
  without,
} from '../analysis/support/made-layer.ts';

const unlike = (): { tree: number; cosine: number } => ({ tree: 0.1, cosine: 0 });
const alike = (): { tree: number; cosine: number } => ({ tree: 0.9, cosine: 0.6 });
const unheard = (): { tree: null; cosine: null } => ({ tree: null, cosine: null });

const suggested = (formula: Formula, similarity: () => ReturnType<Parameters<typeof suggestKind>[2]> = unlike) =>
  suggestKind({ formula, iou: 0.2, shorter: 0.1, ground: null }, concepts, similarity);

/** All assignments of true and false to the six concepts. */
const worlds = Array.from({ length: 64 }, (_, bits) => new Set([0, 1, 2, 3, 4, 5].filter((id) => (bits >> id) & 1)));

describe('the shape of a formula', () => {
  it('has a branch for each side of an OR, and what all have or lack', () => {
    const shape = formulaShape(and(and(or(is(0), is(1)), is(2)), not(is(3))));
    expect(shape.branches).toEqual([
      { positives: [is(0), is(2)], negatives: [is(3)] },
      { positives: [is(1), is(2)], negatives: [is(3)] },
    ]);
    expect(shape.common).toEqual([is(2)]);
    expect(shape.without).toEqual([is(3)]);
    expect(formulaShape(or(and(is(0), not(is(1))), is(2))).without).toEqual([]);
    expect(formulaShape(and(is(0), not(or(is(1), is(2))))).without).toEqual([is(1), is(2)]);
  });

  it('holds where the formula holds', () => {
    fc.assert(
      fc.property(randomFormula(concepts.length), (formula) => {
        const { branches } = formulaShape(formula);
        for (const world of worlds) {
          const some = branches.map(branchFormula).some((branch) => branch !== null && holds(branch, world));
          expect(some).toBe(holds(formula, world));
        }
      }),
    );
  });
});

describe('a suggestion by the form of a formula', () => {
  it.each([
    ['one concept', is(0), 'none'],
    ['one word in two categories', or(is(0), is(4)), 'none'],
    ['NEIGHBORS of a word', near(0), 'lexical'],
    ['L AND NOT C', and(is(0), not(is(2))), 'specialization'],
    ['(L OR C) AND NOT D', and(or(is(0), is(5)), not(is(2))), 'specialization'],
    ['L AND C', and(is(0), is(2)), 'specialization'],
    ['unlike sides', or(is(0), is(5)), 'polysemantic'],
    ['(L AND NOT C) OR D', or(and(is(0), not(is(2))), is(5)), 'polysemantic'],
    ['unlike sides with something in common', and(or(is(0), is(5)), is(2)), 'perceptual'],
    ['only NOT', not(is(0)), 'specialization'],
  ] as const)('%s', (_, formula, kind) => {
    expect(suggested(formula).kind).toBe(kind);
  });

  it('needs all sides to be alike', () => {
    expect(suggested(or(is(0), is(5)), alike).kind).toBe('lexical');
    const three = or(or(is(0), is(1)), is(5));
    const some = (one: number, other: number) => (one === 0 && other === 1 ? alike() : unlike());
    expect(suggestKind({ formula: three, iou: 1, shorter: 0, ground: null }, concepts, some).kind).toBe('polysemantic');
    expect(suggested(three, alike).kind).toBe('lexical');
  });

  it('is less sure where names are not known', () => {
    const formula = or(is(0), is(5));
    expect(suggested(formula, unheard).kind).toBe('polysemantic');
    expect(suggested(formula, unheard).confidence).toBeLessThan(suggested(formula).confidence);
    expect(suggested(formula, unheard).evidence.slice(0, 2)).toEqual([
      { what: 'tree', text: "Similarity in WordNet's tree: water and wheel", value: null },
      { what: 'cosine', text: 'Cosine of the word vectors: water and wheel', value: null },
    ]);
  });

  it('is of the shortest formula that is nearly as good', () => {
    const found = (...ious: readonly number[]) => {
      const formulas = [is(0), or(is(0), is(5)), and(or(is(0), is(5)), not(is(2)))];
      const unit = explained(
        0,
        ious.map((iou, at) => [formulas[at], iou] as const),
      );
      return judgedUnits(layer([unit], 3))[0];
    };
    expect(formulaLength(found(0.1, 0.2, 0.3).formula)).toBe(3);
    expect(found(0.1, 0.2, 0.3).shorter).toBe(0.2);
    expect(formulaLength(found(0.1, 0.29, 0.3).formula)).toBe(2);
    expect(formulaLength(found(0.29, 0.295, 0.3).formula)).toBe(1);
    expect(found(0.29, 0.295, 0.3).shorter).toBe(0);
    expect(judgedUnits(layer([explained(0, [[is(0), 0.1]])], 3))[0].formula).toEqual(is(0));
  });
});

describe('kinds of random layers', () => {
  it('are told of every explained unit, with evidence, and add up', () => {
    fc.assert(
      fc.property(randomLayer, fc.integer({ min: 1, max: 5 }), (results, length) => {
        const pairs = new Set(pairsToCompare(judgedUnits(results, length)).map((pair) => pairKey(...pair)));
        const analysis = kindAnalysis(
          results,
          (one, other) => {
            expect(pairs).toContain(pairKey(one, other));
            return (one + other) % 2 === 0 ? alike() : unlike();
          },
          null,
          length,
        );
        const explainedUnits = results.units.filter(({ state }) => state === 'explained');
        expect(analysis.units.map(({ unit }) => unit)).toEqual(explainedUnits.map(({ unit }) => unit));
        for (const { confidence, evidence } of analysis.units) {
          expect(confidence).toBeGreaterThanOrEqual(0);
          expect(confidence).toBeLessThanOrEqual(1);
          expect(evidence.length).toBeGreaterThan(0);
        }
        expect(analysis.shares.map(({ kind }) => kind)).toEqual(kinds);
        expect(analysis.shares.reduce((sum, { units }) => sum + units, 0)).toBe(explainedUnits.length);
      }),
    );
  });

  it('of no unit have no shares', () => {
    const { units, shares } = kindAnalysis(layer([without(0, 'silent')], 3), unlike, null);
    expect(units).toEqual([]);
    expect(shares.every(({ share, interval }) => share === null && interval === null)).toBe(true);
  });
});

describe('what masks tell', () => {
  it('is what walking all positions tells', () => {
    fc.assert(
      fc.property(
        randomProbing.chain((probing) => fc.tuple(fc.constant(probing), randomFormula(probing.conceptCount))),
        ([probing, formula]) => {
          const { tables, table, maps } = build(probing);
          const mask = maskOf(probing);
          const positions = positionsOf(probing);
          const counts = countsOf(table.cellCount, maps, mask);
          const ground = kindGround(formula, counts, tables, (part) => formulaBits(part, tables));
          const { branches } = formulaShape(formula);
          const fired = positions.filter((_, at) => mask[at] === 1);
          const sides = branches.map((branch) => {
            const side = branchFormula(branch);
            return fired.filter((here) => side !== null && holds(side, here));
          });
          expect(ground.hits).toEqual(sides.map(({ length }) => length));
          for (let id = 0; id < probing.conceptCount; id++) {
            const shares = sides.map((side) => side.filter((here) => here.has(id)).length / side.length);
            const base = positions.filter((here) => here.has(id)).length / positions.length;
            const least = Math.min(...shares);
            const counted = sides.length > 1 && sides.every(({ length }) => length > 0);
            const isShared =
              counted && !formulaConcepts(formula).includes(id) && least >= sharedLeast && least >= sharedLift * base;
            const found = ground.shared.find(({ concept }) => concept === id);
            if (found) expect(found).toEqual({ concept: id, shares, base });
            if (ground.shared.length < 3 || !isShared) expect(found !== undefined).toBe(isShared);
          }
        },
      ),
    );
  });
});

describe('agreement', () => {
  const labelled = fc.record({ label: fc.constantFrom(...kindLabels), suggestion: fc.constantFrom(...kinds) });

  it('is what counting pairs of units gives', () => {
    fc.assert(
      fc.property(fc.array(labelled, { maxLength: 40 }), (units) => {
        const told = units.filter(({ label }) => label !== 'unsure');
        const { compared, unsure, agreed, share, kappa, table } = kindAgreement(units);
        expect([compared, unsure]).toEqual([told.length, units.length - told.length]);
        expect(agreed).toBe(told.filter(({ label, suggestion }) => label === suggestion).length);
        expect(table.flat().reduce((sum, count) => sum + count, 0)).toBe(told.length);
        if (told.length === 0) return void expect([share, kappa]).toEqual([null, null]);
        // Chance: a label and a suggestion drawn from any two of the units.
        const pairs = told.flatMap((one) => told.map((other) => Number(one.label === other.suggestion)));
        const chance = pairs.reduce((sum, same) => sum + same, 0) / pairs.length;
        expect(share).toBeCloseTo(agreed / told.length);
        if (chance === 1) expect(kappa).toBeNull();
        else expect(kappa).toBeCloseTo((agreed / told.length - chance) / (1 - chance));
      }),
    );
  });

  it('of a textbook table has its kappa', () => {
    // 20 and 15 agreed, 5 and 10 not (Cohen's kappa 0.4).
    const units = [
      ...Array.from({ length: 20 }, () => ({ label: 'lexical', suggestion: 'lexical' }) as const),
      ...Array.from({ length: 5 }, () => ({ label: 'lexical', suggestion: 'none' }) as const),
      ...Array.from({ length: 10 }, () => ({ label: 'none', suggestion: 'lexical' }) as const),
      ...Array.from({ length: 15 }, () => ({ label: 'none', suggestion: 'none' }) as const),
    ];
    expect(kindAgreement(units).kappa).toBeCloseTo(0.4);
  });
});

describe('random units', () => {
  it('are different ones of those given, the same for the same seed, and more begin with fewer', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(999), { maxLength: 60 }), fc.nat(80), fc.nat(), (given, count, seed) => {
        const units = given as UnitId[];
        const drawn = randomUnits(units, count, seed);
        expect(new Set(drawn).size).toBe(Math.min(count, units.length));
        expect(drawn.every((unit) => units.includes(unit))).toBe(true);
        expect(randomUnits(units, count, seed)).toEqual(drawn);
        expect(randomUnits(units, count + 5, seed).slice(0, drawn.length)).toEqual(drawn);
      }),
    );
  });
});

describe('labels as a table', () => {
  const unit = (formula: Formula, number: number) => explained(number, [[formula, 0.2]]);
  const results = layer([unit(is(0), 0), unit(or(is(0), is(5)), 7)], 1);
  const analysis = kindAnalysis(results, unlike, null);
  const known = new Set(analysis.units.map((one) => one.unit));
  const read = (text: string) => readLabelsCsv(text, 'labels.csv', known);

  it('come back as they were written', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('0', '7'), fc.constantFrom(...kindLabels)), (given) => {
        const labels = new Map(Object.entries(given).map(([number, label]) => [Number(number) as UnitId, label]));
        expect(new Map(read(kindsCsv(analysis, results, labels)))).toEqual(labels);
      }),
    );
    const [header, first] = kindsCsv(analysis, results).split('\n');
    expect(header).toBe('unit,label,suggestion,confidence,iou,formula,evidence');
    expect(first).toBe(`0,,none,1,0.2,${concepts[0].name},The formula names one concept: ${bareName(concepts[0])}`);
  });

  it.each([
    [
      '',
      'labels.csv has no column unit, or no column label. It has nothing; a file of labels has both, as the page saves it.',
    ],
    [
      'unit,kind\n0,lexical',
      'labels.csv has no column unit, or no column label. It has unit, kind; a file of labels has both, as the page saves it.',
    ],
    [
      'unit,label\n0,lexical\n3,none',
      'labels.csv, row 3: "3" is not the number of an explained unit of these results.',
    ],
    ['unit,label\n0.0,lexical', 'labels.csv, row 2: "0.0" is not the number of an explained unit of these results.'],
    [
      'unit,label\n0,car',
      'labels.csv, row 2: "car" is no label. Use one of lexical, perceptual, specialization, polysemantic, none, unsure, or nothing.',
    ],
    ['label,unit\nnone,0\nnone,0', 'labels.csv, row 3: unit 0 stands there twice. Keep one of its rows.'],
  ])('that are wrong say where: %j', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  it('may come from a spreadsheet', () => {
    expect([...read('\ufeffunit,note,label\r\n7,x, none \r\n0,,\r\n\r\n')]).toEqual([[7, 'none']]);
  });
});

/** A mask's positions by cell. */
function countsOf(cellCount: number, maps: CellMaps, mask: readonly number[]): UnitCounts {
  const inCell = new Uint32Array(cellCount);
  let at = 0;
  for (let sample = 0; sample < maps.sampleCount; sample++) {
    const { palette, index } = sampleCells(maps, sample);
    for (const entry of index) inCell[palette[entry]] += mask[at++];
  }
  const cells = Uint32Array.from(inCell.keys()).filter((cell) => inCell[cell] > 0);
  const counts = cells.map((cell) => inCell[cell]);
  return { cells, counts, area: mask.reduce((sum, value) => sum + value, 0), firing: 0 };
}
