import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ActivationCollector } from '../../src/engine/activation/collector.ts';
import { activationMap, unitMask } from '../../src/engine/activation/unit-mask.ts';
import { UnitMasks } from '../../src/engine/activation/unit-masks.ts';
import { joinCellParts } from '../../src/engine/cells/join-cell-parts.ts';
import type { Concept } from '../../src/engine/concepts.ts';
import type { Formula } from '../../src/engine/formula/formula.ts';
import type { ConceptId } from '../../src/engine/ids.ts';
import { conceptCoverage } from '../../src/engine/measures/coverage.ts';
import { FormulaCounter } from '../../src/engine/measures/formula-counter.ts';
import { parts } from '../../src/engine/measures/measure.ts';
import { Measurer } from '../../src/engine/measures/measurer.ts';
import type { FormulaMeasures, SampleList, SampleListKind } from '../../src/engine/results/measures.ts';
import { prepareSearch } from '../../src/engine/search/tables.ts';
import { partOf } from './support/cells-of.ts';
import { holds, positionsOf, randomFormula, randomProbing, type RandomProbing } from './support/random-probing.ts';

interface Case {
  readonly probing: RandomProbing;
  /** Samples that were read; the others have neither cells nor activations. */
  readonly read: readonly boolean[];
  /** `[samples, 2 units, 2 x 2]` */
  readonly values: Float32Array;
  readonly formula: Formula;
  readonly threshold: number;
  readonly unit: 0 | 1;
}

const cases: fc.Arbitrary<Case> = randomProbing.chain((probing) =>
  fc.record({
    probing: fc.constant(probing),
    read: fc.array(fc.boolean(), { minLength: probing.samples.length, maxLength: probing.samples.length }),
    values: fc
      .array(fc.integer({ min: -3, max: 4 }), {
        minLength: probing.samples.length * 8,
        maxLength: probing.samples.length * 8,
      })
      .map((values) => Float32Array.from(values)),
    formula: randomFormula(probing.conceptCount),
    threshold: fc.constantFrom(-4, -1, 0, 1.5, 3, 5),
    unit: fc.constantFrom(0, 1),
  }),
);

function open({ probing, read, values }: Case) {
  const sampleCount = probing.samples.length;
  const collector = new ActivationCollector({ unitCount: 2, sampleCount, height: 2, width: 2, keptQuantile: 1 });
  const numbers = [...read.keys()].filter((sample) => read[sample]);
  for (const sample of numbers) {
    collector.add(sample, 1, values.subarray(sample * 8, (sample + 1) * 8));
  }
  const part = partOf(probing.grid, probing.conceptCount, probing.samples, numbers);
  const { table, maps } = joinCellParts([part]);
  const concepts: readonly Concept[] = Array.from({ length: probing.conceptCount }, (_, id) => ({
    ...{ id: id as ConceptId, number: id, name: `c${id}`, category: 'object' },
  }));
  const search = prepareSearch(table, concepts, { grid: { height: 2, width: 2 } });
  const activations = collector.finish();
  const masks = new UnitMasks(activations, maps, table.cellCount);
  const formulas = new FormulaCounter(search, maps);
  return { table, maps, activations, formulas, measurer: new Measurer({ search, maps, activations }, masks, formulas) };
}

/** For each sample read: its number, the unit's largest value, and at each position whether mask and formula hold. */
function bySample(
  { probing, read, values, formula, threshold, unit }: Case,
  activations: ReturnType<typeof open>['activations'],
) {
  const all = positionsOf(probing);
  const size = probing.grid.height * probing.grid.width;
  return probing.samples.flatMap((_, sample) => {
    if (!read[sample]) return [];
    const mask = unitMask(activations, unit, sample, threshold, probing.grid);
    const inFormula = all.slice(sample * size, (sample + 1) * size).map((concepts) => holds(formula, concepts));
    const map = values.subarray(sample * 8 + unit * 4, sample * 8 + unit * 4 + 4);
    return [{ sample, peak: Math.max(...map), mask: [...mask].map((value) => value === 1), inFormula }];
  });
}

type Row = ReturnType<typeof bySample>[number];

const count = (flags: readonly boolean[]): number => flags.filter(Boolean).length;
const both = ({ mask, inFormula }: Row): number => count(mask.map((inMask, at) => inMask && inFormula[at]));
const share = (some: number, all: number): number | null => (all === 0 ? null : some / all);

/** The measures as their definitions read, position by position and pair by pair. */
function slowMeasures(rows: readonly Row[]): Omit<FormulaMeasures, 'formula' | 'parts'> {
  const sum = (of: (row: Row) => number): number => rows.reduce((total, row) => total + of(row), 0);
  const area = sum(({ mask }) => count(mask));
  const size = sum(({ inFormula }) => count(inFormula));
  const intersection = sum(both);
  const holding = rows.filter(({ inFormula }) => inFormula.includes(true));
  const others = rows.filter(({ inFormula }) => !inFormula.includes(true));
  const firing = rows.filter(({ mask }) => mask.includes(true));
  const together = rows.filter((row) => both(row) > 0).length;
  const won = holding.flatMap((one) =>
    others.map((other): number => (one.peak > other.peak ? 1 : one.peak === other.peak ? 0.5 : 0)),
  );
  return {
    ...{ area, size, intersection, iou: area + size === 0 ? 0 : intersection / (area + size - intersection) },
    activationCoverage: share(intersection, area),
    detectionAccuracy: share(intersection, size),
    samplesCoverage: share(together, holding.length),
    explanationCoverage: share(together, firing.length),
    auroc: share(
      won.reduce((total, one) => total + one, 0),
      won.length,
    ),
  };
}

function slowList(rows: readonly Row[], kind: SampleListKind): SampleList {
  const wanted = rows.filter((row) => {
    const fires = row.mask.includes(true);
    if (kind === 'firing') return fires;
    return kind === 'formula-only' ? !fires && row.inFormula.includes(true) : fires && both(row) === 0;
  });
  const by = (row: Row): number => (kind === 'formula-only' ? count(row.inFormula) : row.peak);
  const sorted = wanted.sort((a, b) => by(b) - by(a) || a.sample - b.sample);
  return {
    samples: Uint32Array.from(sorted, ({ sample }) => sample),
    peaks: Float32Array.from(sorted, ({ peak }) => peak),
    inMask: Uint32Array.from(sorted, ({ mask }) => count(mask)),
    inFormula: Uint32Array.from(sorted, ({ inFormula }) => count(inFormula)),
    inBoth: Uint32Array.from(sorted, both),
  };
}

describe('measures', () => {
  it('are those of their definitions over all positions of the samples read', () => {
    fc.assert(
      fc.property(cases, (drawn) => {
        const { activations, measurer } = open(drawn);
        const { parts: found, ...measures } = measurer.measure(drawn.unit, drawn.threshold, drawn.formula);
        expect(measures).toEqual({ formula: drawn.formula, ...slowMeasures(bySample(drawn, activations)) });
        for (const { part, alone, rest, without } of found) {
          const iouOf = (formula: Formula): number => slowMeasures(bySample({ ...drawn, formula }, activations)).iou;
          expect(alone).toBe(iouOf(part));
          expect(without).toBe(rest ? iouOf(rest) : 0);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('take a formula apart concept by concept', () => {
    const concept = (id: number): Formula => ({ kind: 'concept', concept: id as ConceptId });
    const near: Formula = { kind: 'neighbors', of: 2 as ConceptId };
    const or: Formula = { kind: 'or', left: concept(0), right: { kind: 'not', of: concept(1) } };
    expect(parts({ kind: 'and', left: or, right: near })).toEqual([
      { concept: 0, part: concept(0), rest: { kind: 'and', left: { kind: 'not', of: concept(1) }, right: near } },
      { concept: 1, part: concept(1), rest: { kind: 'and', left: concept(0), right: near } },
      { concept: 2, part: near, rest: or },
    ]);
    expect(parts({ kind: 'not', of: concept(3) })).toEqual([{ concept: 3, part: concept(3), rest: null }]);
  });
});

describe('lists of samples', () => {
  it.each(['firing', 'formula-only', 'unit-only'] as const)('have the samples, order and counts of %s', (kind) => {
    fc.assert(
      fc.property(cases, (drawn) => {
        const { activations, measurer } = open(drawn);
        const rows = bySample(drawn, activations);
        expect(measurer.sampleList(drawn.unit, drawn.threshold, drawn.formula, kind)).toEqual(slowList(rows, kind));
        if (kind !== 'firing') return;
        const none = slowList(
          rows.map((row) => ({ ...row, inFormula: row.inFormula.map(() => false) })),
          kind,
        );
        expect(measurer.sampleList(drawn.unit, drawn.threshold, null, kind)).toEqual(none);
      }),
      { numRuns: 300 },
    );
  });

  it('of what differs from a formula need one', () => {
    const [drawn] = fc.sample(cases, 1);
    expect(() => open(drawn).measurer.sampleList(0, 0, null, 'unit-only')).toThrow(RangeError);
  });

  it('of a formula are its samples by falling size', () => {
    fc.assert(
      fc.property(cases, (drawn) => {
        const { activations, formulas } = open(drawn);
        const rows = bySample(drawn, activations).filter(({ inFormula }) => inFormula.includes(true));
        rows.sort((a, b) => count(b.inFormula) - count(a.inFormula) || a.sample - b.sample);
        expect(formulas.samples(drawn.formula)).toEqual({
          size: rows.reduce((sum, { inFormula }) => sum + count(inFormula), 0),
          samples: Uint32Array.from(rows, ({ sample }) => sample),
          inFormula: Uint32Array.from(rows, ({ inFormula }) => count(inFormula)),
        });
      }),
    );
  });
});

describe('coverage', () => {
  it('counts positions and samples of each concept, and only what was read', () => {
    fc.assert(
      fc.property(cases, (drawn) => {
        const { table, maps, activations } = open(drawn);
        const { grid, conceptCount } = drawn.probing;
        const samplesRead = count(drawn.read);
        const rowsOf = (id: number) =>
          bySample({ ...drawn, formula: { kind: 'concept', concept: id as ConceptId } }, activations);
        const rows = Array.from({ length: conceptCount }, (_, id) => rowsOf(id));
        expect(conceptCoverage(table, maps)).toEqual({
          ...{ samplesRead, positions: samplesRead * grid.height * grid.width },
          sizes: Float64Array.from(rows, (of) => of.reduce((sum, { inFormula }) => sum + count(inFormula), 0)),
          samples: Uint32Array.from(rows, (of) => of.filter(({ inFormula }) => inFormula.includes(true)).length),
        });
      }),
    );
  });
});

describe('activation maps', () => {
  it('lie above the threshold where the mask is', () => {
    fc.assert(
      fc.property(cases, ({ probing, ...drawn }) => {
        const { activations } = open({ probing, ...drawn });
        for (const [sample, wasRead] of drawn.read.entries()) {
          const map = activationMap(activations, drawn.unit, sample, probing.grid);
          if (!wasRead) expect(map).toBeNull();
          else {
            const mask = unitMask(activations, drawn.unit, sample, drawn.threshold, probing.grid);
            expect(Array.from(map ?? [], (value) => Number(value > drawn.threshold))).toEqual([...mask]);
          }
        }
      }),
    );
  });
});
