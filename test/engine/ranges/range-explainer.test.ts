import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ActivationCollector } from '../../../src/engine/activation/collector.ts';
import { activationMap } from '../../../src/engine/activation/unit-mask.ts';
import type { Concept, SampleLabels } from '../../../src/engine/concepts.ts';
import type { ConceptId } from '../../../src/engine/ids.ts';
import { RangeExplainer } from '../../../src/engine/ranges/range-explainer.ts';
import type { UnitRanges } from '../../../src/engine/ranges/ranges.ts';
import type { SearchSettings } from '../../../src/engine/results/explanation.ts';
import { prepareSearch } from '../../../src/engine/search/tables.ts';
import { cellsOf } from '../support/cells-of.ts';
import { holds, positionsOf, randomProbing, type RandomProbing } from '../support/random-probing.ts';

const settings: SearchSettings = {
  length: 2,
  beam: 5,
  penalty: 1,
  candidates: null,
  mode: 'default',
  minActive: 500,
  minConcept: 0,
  operators: ['or', 'and', 'and-not', 'neighbors'],
  without: [],
};

const named = (names: readonly string[]): readonly Concept[] =>
  names.map((name, id) => ({ id: id as ConceptId, number: id, name, category: 'object' }));

/** Two units' maps of 2 x 2, or of the grid's size, over all samples. */
function open(
  probing: Pick<RandomProbing, 'grid' | 'conceptCount' | 'samples'>,
  values: Float32Array,
  map: { readonly height: number; readonly width: number } = { height: 2, width: 2 },
  keptQuantile = 1,
) {
  const sampleCount = probing.samples.length;
  const collector = new ActivationCollector({ unitCount: 2, sampleCount, ...map, keptQuantile });
  collector.add(0, sampleCount, values);
  const { table, maps } = cellsOf(probing.grid, probing.conceptCount, probing.samples);
  const names = Array.from({ length: probing.conceptCount }, (_, id) => `c${id}`);
  const search = prepareSearch(table, named(names), { grid: { height: 2, width: 2 } });
  const activations = collector.finish();
  return { activations, explainer: new RangeExplainer({ search, maps, activations }) };
}

interface Case {
  readonly probing: RandomProbing;
  /** `[samples, 2 units, 2 x 2]` */
  readonly values: Float32Array;
  readonly unit: 0 | 1;
  readonly k: number;
}

const cases: fc.Arbitrary<Case> = randomProbing.chain((probing) =>
  fc.record({
    probing: fc.constant(probing),
    values: fc
      .array(fc.integer({ min: -6, max: 12 }), {
        minLength: probing.samples.length * 8,
        maxLength: probing.samples.length * 8,
      })
      .map((values) => Float32Array.from(values, (value) => value / 4)),
    unit: fc.constantFrom(0, 1),
    k: fc.integer({ min: 1, max: 8 }),
  }),
);

describe('ranges of a unit', () => {
  it('have the positions whose enlarged activation lies in them, and the samples these are in', () => {
    fc.assert(
      fc.property(cases, ({ probing, values, unit, k }) => {
        const { activations, explainer } = open(probing, values);
        const found = explainer.explain(unit, k, settings);
        const concepts = positionsOf(probing);
        const size = probing.grid.height * probing.grid.width;
        const enlarged = probing.samples.map((_, sample) => activationMap(activations, unit, sample, probing.grid));
        const inSome = found.ranges.map(({ low, high, area, firing, best, top }, at) => {
          const last = at === found.ranges.length - 1;
          const masks = enlarged.map((map) => Array.from(map ?? [], (value) => value > low && (last || value <= high)));
          const counts = masks.map((mask) => mask.filter(Boolean).length);
          expect(area).toBe(counts.reduce((sum, count) => sum + count, 0));
          expect(firing).toBe(counts.filter((count) => count > 0).length);
          expect(top.map(({ sample, positions }) => [sample, positions])).toEqual(
            top.map(({ sample }) => [sample, counts[sample]]),
          );
          expect(top[0]?.positions ?? 0).toBe(Math.max(0, ...counts));
          if (best) {
            const flat = masks.flat();
            const hold = concepts.slice(0, size * masks.length).map((position) => holds(best.formula, position));
            const both = flat.filter((inMask, position) => inMask && hold[position]).length;
            const either = flat.filter((inMask, position) => inMask || hold[position]).length;
            expect(best.iou).toBeCloseTo(both / either, 12);
          }
          return area;
        });
        // Together they are the mask above the lowest bound.
        const above = enlarged.flatMap((map) => [...(map ?? [])]).filter((value) => value > found.from).length;
        expect(inSome.reduce((sum, area) => sum + area, 0)).toBe(above);
      }),
      { numRuns: 150 },
    );
  });

  it('part the un-upsampled activations above 0, by rising bounds that lie between clusters', () => {
    fc.assert(
      fc.property(cases, ({ probing, values, unit, k }) => {
        const { explainer } = open(probing, values);
        const { ranges, histogram, from, ...found } = explainer.explain(unit, k, settings);
        const own = [...values].filter((value, at) => Math.floor(at / 4) % 2 === unit && value > 0);
        expect(from).toBe(0);
        expect(found).toMatchObject({ unit, k, values: own.length, total: values.length / 2, step: 0 });
        expect(ranges).toHaveLength(Math.min(k, new Set(own).size));
        ranges.forEach(({ low, high, mean, values: count }, at) => {
          const members = own.filter((value) => value > low && value <= high);
          expect(low).toBe(at === 0 ? 0 : ranges[at - 1]?.high);
          expect(count).toBe(members.length);
          expect(mean).toBeCloseTo(members.reduce((sum, value) => sum + value, 0) / members.length, 6);
        });
        expect(histogram.counts.reduce((sum, count) => sum + count, 0)).toBe(own.length);
      }),
      { numRuns: 150 },
    );
  });

  it('are explained by what each of them is about, however few positions it has', () => {
    // Water in two columns of every sample, a river in the last but one: the unit is 1 on water and 2 on rivers.
    const [water, river, road] = [1, 2, 3];
    const plane = Uint16Array.of(
      water,
      water,
      river,
      road,
      water,
      0,
      river,
      road,
      0,
      water,
      river,
      road,
      water,
      0,
      river,
      0,
    );
    const samples: readonly SampleLabels[] = Array.from({ length: 3 }, () => ({ planes: [plane], everywhere: [] }));
    const sees = Float32Array.from(plane, (label) => (label === water ? 1 : label === river ? 2 : 0));
    const other = new Float32Array(16);
    const values = Float32Array.from(samples.flatMap(() => [...sees, ...other]));
    const { explainer } = open({ grid: { height: 4, width: 4 }, conceptCount: 3, samples }, values, {
      height: 4,
      width: 4,
    });
    const { ranges } = explainer.explain(0, 2, settings);
    expect(
      ranges.map(({ best, state, area, firing }) => ({ formula: best?.formula, iou: best?.iou, state, area, firing })),
    ).toEqual([
      { formula: { kind: 'concept', concept: water - 1 }, iou: 1, state: 'explained', area: 15, firing: 3 },
      { formula: { kind: 'concept', concept: river - 1 }, iou: 1, state: 'explained', area: 12, firing: 3 },
    ]);
    expect(ranges.map(({ low, high, mean }) => [low, high, mean])).toEqual([
      [0, 1.5, 1],
      [1.5, 2, 2],
    ]);
    expect(explainer.explain(1, 2, settings)).toMatchObject({ values: 0, ranges: [] } satisfies Partial<UnitRanges>);
  });

  it('begin where all maps were kept', () => {
    const samples: readonly SampleLabels[] = Array.from({ length: 100 }, () => ({
      planes: [Uint16Array.of(1, 0, 0, 0)],
      everywhere: [],
    }));
    const values = Float32Array.from({ length: 100 * 8 }, (_, at) => Math.floor(at / 8) + (at % 4) / 4);
    const { activations, explainer } = open(
      { grid: { height: 2, width: 2 }, conceptCount: 1, samples },
      values,
      { height: 2, width: 2 },
      0.1,
    );
    const { from, values: count, total, ranges } = explainer.explain(0, 3, settings);
    expect(from).toBe(activations.floor[0]);
    expect(from).toBeGreaterThan(50);
    expect(count).toBe([...values].filter((value, at) => at % 8 < 4 && value > from).length);
    expect(total).toBe(400);
    expect(ranges[0]?.low).toBe(from);
  });

  it('are none where an activation is no number', () => {
    const samples: readonly SampleLabels[] = [{ planes: [Uint16Array.of(1, 0, 0, 0)], everywhere: [] }];
    const values = Float32Array.of(Number.NaN, 1, 2, 3, 1, 1, 1, 1);
    const { explainer } = open({ grid: { height: 2, width: 2 }, conceptCount: 1, samples }, values);
    expect(explainer.explain(0, 3, settings).ranges).toEqual([]);
  });
});
