import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ActivationCollector } from '../../src/engine/activation/collector.ts';
import type { KeptActivations } from '../../src/engine/activation/kept.ts';
import { unitThreshold } from '../../src/engine/activation/threshold.ts';
import { sampleCells, type CellMaps } from '../../src/engine/cells/cell-maps.ts';
import type { CellTable } from '../../src/engine/cells/cell-table.ts';
import { CellPartBuilder } from '../../src/engine/cells/cell-part-builder.ts';
import { joinCellParts } from '../../src/engine/cells/join-cell-parts.ts';
import { partOfCells } from '../../src/engine/cells/part-of-cells.ts';
import { Explainer } from '../../src/engine/explain.ts';
import type { ExplainSettings } from '../../src/engine/results/explanation.ts';
import { prepareSearch } from '../../src/engine/search/tables.ts';
import { partOf } from './support/cells-of.ts';
import { build, randomProbing, type RandomProbing } from './support/random-probing.ts';

/** Probing sets with activations of two units, and an order of their samples. */
const layers = randomProbing.chain((probing) => {
  const count = probing.samples.length;
  const size = { height: fc.integer({ min: 1, max: 3 }), width: fc.integer({ min: 1, max: 3 }) };
  const rare = fc.constantFrom(0, -0, NaN, Infinity, -Infinity);
  const value = fc.oneof({ weight: 30, arbitrary: fc.integer({ min: -3, max: 5 }) }, { weight: 1, arbitrary: rare });
  const all = Array.from({ length: count }, (_, sample) => sample);
  return fc.record(size).chain(({ height, width }) => {
    const map = fc.array(value, { minLength: 2 * height * width, maxLength: 2 * height * width });
    return fc.record({
      ...{ probing: fc.constant(probing), height: fc.constant(height), width: fc.constant(width) },
      values: fc.array(map, { minLength: count, maxLength: count }),
      order: fc.shuffledSubarray(all, { minLength: count }),
      part: fc.shuffledSubarray(all, { minLength: 1 }),
      keptQuantile: fc.constantFrom(0.1, 0.3, 1),
    });
  });
});
type Layer = typeof layers extends fc.Arbitrary<infer Type> ? Type : never;

function collect({ probing, height, width, values, keptQuantile }: Layer, samples: readonly number[]): KeptActivations {
  const sampleCount = probing.samples.length;
  const sizes = { unitCount: 2, sampleCount, samplesToRead: samples.length, height, width, keptQuantile };
  const collector = new ActivationCollector(sizes);
  for (const [i, sample] of samples.entries()) {
    collector.addSamples([sample], Float32Array.from(values[sample]));
    // What is looked at on the way must not show in the end.
    if (i % 2 === 0) collector.finish();
  }
  return collector.finish();
}

function cellsOf({ grid, conceptCount, samples }: RandomProbing, order: readonly number[], of?: readonly number[]) {
  return joinCellParts([partOf(grid, conceptCount, samples, order)], of && { samples: of });
}

const bytes = ({ buffer }: { readonly buffer: ArrayBufferLike }): Uint8Array => new Uint8Array(buffer);

/** Signature at every position of a sample. */
function signatures({ signatureStart, signatures: all }: CellTable, maps: CellMaps, sample: number): string[] {
  const { palette, index } = sampleCells(maps, sample);
  return Array.from(index, (i) => all.subarray(signatureStart[palette[i]], signatureStart[palette[i] + 1]).join());
}

describe('the order in which samples are read', () => {
  it('does not show in kept activations', () => {
    fc.assert(
      fc.property(layers, (layer) => {
        const ascending = layer.order.toSorted((a, b) => a - b);
        expect(bytes(collect(layer, layer.order))).toEqual(bytes(collect(layer, ascending)));
      }),
    );
  });

  it('does not show in cells', () => {
    fc.assert(
      fc.property(layers, ({ probing, order }) => {
        const expected = build(probing);
        const found = cellsOf(probing, order);
        expect(bytes(found.table)).toEqual(bytes(expected.table));
        expect(bytes(found.maps)).toEqual(bytes(expected.maps));
      }),
    );
  });

  it('does not show in explanations', () => {
    const settings: ExplainSettings = {
      ...{ threshold: { kind: 'quantile', quantile: 0.1 }, length: 3, beam: 4, penalty: 1, candidates: null },
      ...{ mode: 'default', minActive: 0, minConcept: 0, operators: ['or', 'and', 'and-not'], without: [] },
    };
    fc.assert(
      fc.property(layers, (layer) => {
        const { concepts } = build(layer.probing);
        const explained = [layer.order, layer.order.toSorted((a, b) => a - b)].map((order) => {
          const { table, maps } = cellsOf(layer.probing, order);
          const search = prepareSearch(table, concepts, { grid: { height: 2, width: 2 } });
          const explainer = new Explainer({ search, maps, activations: collect(layer, order) });
          return [0, 1].map((unit) => explainer.explain(unit, settings));
        });
        expect(explained[0]).toEqual(explained[1]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a part of the samples', () => {
  it('counts in cells as if there were no others', () => {
    fc.assert(
      fc.property(layers, ({ probing, order, part }) => {
        const sampleCount = probing.samples.length;
        const alone = cellsOf(probing, part, part);
        const among = cellsOf(probing, order, part);
        const whole = build(probing);
        const cut = partOfCells(whole.table, whole.maps, part);
        for (const { table, maps } of [among, cut]) {
          expect(bytes(table)).toEqual(bytes(alone.table));
          expect(bytes(maps)).toEqual(bytes(alone.maps));
        }
        expect(alone.table.positionCount).toBe(part.length * probing.grid.height * probing.grid.width);
        expect(alone.maps.sampleCount).toBe(sampleCount);
        for (let sample = 0; sample < sampleCount; sample++) {
          const expected = part.includes(sample) ? signatures(whole.table, whole.maps, sample) : [];
          expect(signatures(alone.table, alone.maps, sample)).toEqual(expected);
        }
      }),
    );
  });

  it('has the threshold and the highest values of its own', () => {
    fc.assert(
      fc.property(layers, (layer) => {
        const { part, values, probing, height, width } = layer;
        const size = height * width;
        const kept = collect(layer, part);
        expect(kept.samplesRead).toBe(part.length);
        for (let unit = 0; unit < 2; unit++) {
          const mapOf = (sample: number): number[] => values[sample].slice(unit * size, (unit + 1) * size);
          for (let sample = 0; sample < probing.samples.length; sample++) {
            const finite = mapOf(sample).filter(Number.isFinite);
            const expected = part.includes(sample) ? Math.max(...finite) : NaN;
            // One zero counts as the other.
            expect(kept.highest[unit * probing.samples.length + sample] + 0).toBe(expected + 0);
          }
          const all = part.flatMap(mapOf);
          if (all.some((value) => !Number.isFinite(value))) continue;
          const sorted = all.sort((a, b) => b - a);
          const rank = Math.min(sorted.length, Math.floor(0.1 * sorted.length) + 1);
          expect(unitThreshold(kept, unit, { kind: 'quantile', quantile: 0.1 })).toBe(sorted[rank - 1] + 0);
        }
      }),
    );
  });

  it('refuses a sample that comes twice or is none', () => {
    const collector = new ActivationCollector({ unitCount: 1, sampleCount: 2, height: 1, width: 1, keptQuantile: 1 });
    collector.add(1, 1, Float32Array.of(3));
    expect(() => collector.addSamples([1], Float32Array.of(3))).toThrow('Sample 1 is none of 2, or came twice.');
    expect(() => collector.addSamples([2], Float32Array.of(3))).toThrow(RangeError);
    const nothing = new CellPartBuilder({ height: 1, width: 1 }, 1, 1).finish();
    expect(() => joinCellParts([nothing], { samples: [0] })).toThrow('Sample 0 was not added.');
    const builder = new CellPartBuilder({ height: 1, width: 1 }, 1, 2);
    builder.add({ planes: [], everywhere: [] }, 1);
    for (const sample of [1, 2])
      expect(() => builder.add({ planes: [], everywhere: [] }, sample)).toThrow(
        `Sample ${sample} is none of 2, or came twice.`,
      );
  });
});
