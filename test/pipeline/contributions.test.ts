import { describe, expect, it } from 'vitest';
import { ActivationCollector } from '../../src/engine/activation/collector.ts';
import type { KeptActivations } from '../../src/engine/activation/kept.ts';
import { unitMask } from '../../src/engine/activation/unit-mask.ts';
import type { SampleLabels } from '../../src/engine/concepts.ts';
import { strongest } from '../../src/engine/contributions/contributions.ts';
import type { MaskFacts } from '../../src/engine/contributions/mask-overlap.ts';
import type { UnitId } from '../../src/engine/ids.ts';
import { prepareSearch } from '../../src/engine/search/tables.ts';
import { layerWeights } from '../../src/onnx/layer-weights.ts';
import { readModel } from '../../src/onnx/read-model.ts';
import { SearchService } from '../../src/pipeline/search-service.ts';
import { cellsOf } from '../engine/support/cells-of.ts';
import { network, node, weights } from '../onnx/support/networks.ts';

const grid = { height: 8, width: 8 };
const [samples, side, units] = [30, 4, 6];
/** Rows of the convolution: upper unit 0 is lower unit 4, twice; upper unit 1 is lower unit 2 turned around, and a little of 5. */
const kernel = [
  [0, 0, 0, 0, 2, 0],
  [0, 0, -1, 0, 0, 0.125],
];

/** Values 0 to 1 that look random but are the same everywhere. */
const lowerValues = Float32Array.from(
  { length: samples * units * side * side },
  (_, at) => Math.abs(Math.sin(at * 12.9898) * 43758.5453) % 1,
);

/** What the convolution makes of them. */
const upperValues = Float32Array.from({ length: samples * kernel.length * side * side }, (_, at) => {
  const place = at % (side * side);
  const unit = Math.floor(at / (side * side)) % kernel.length;
  const sample = Math.floor(at / (side * side * kernel.length));
  return kernel[unit].reduce(
    (sum, weight, lower) => sum + weight * lowerValues[(sample * units + lower) * side * side + place],
    0,
  );
});

function collect(values: Float32Array, unitCount: number): KeptActivations {
  const sizes = { unitCount, sampleCount: samples, height: side, width: side, keptQuantile: 1 };
  const collector = new ActivationCollector(sizes);
  collector.add(0, samples, values);
  return collector.finish();
}

function masksOf(activations: KeptActivations, threshold: number): MaskFacts[] {
  return Array.from({ length: activations.unitCount }, (_, unit) => {
    const area = Array.from({ length: samples }, (_, sample) => unitMask(activations, unit, sample, threshold, grid))
      .flatMap((mask) => [...mask])
      .reduce((sum, value) => sum + value, 0);
    return { unit: unit as UnitId, threshold, area };
  });
}

async function model(): Promise<Uint8Array<ArrayBuffer>> {
  const values = kernel.flat();
  return network(
    [
      node('Conv', ['picture', 'w0'], 'maps'),
      node('Relu', 'maps', 'lower'),
      node('Conv', ['lower', 'w1'], 'upper', { kernel_shape: [1, 1] }),
    ],
    [weights('w0', [units, 3, 1, 1]), { name: 'w1', dims: [kernel.length, units, 1, 1], values }],
    ['upper'],
  );
}

describe('an upper unit that is made of one lower unit', () => {
  it('has it first by weight, by correlation and by IoU', async () => {
    const file = await model();
    const found = await layerWeights(file, await readModel(file, 'made.onnx'), 'lower', 'upper');
    if ('reason' in found) throw new Error(found.reason);
    expect(strongest(found.weights.subarray(0, units), 3)).toEqual({
      ...{ contributors: [{ unit: 4, value: 2 }], inhibitors: [], unknown: 0 },
    });
    expect(strongest(found.weights.subarray(units), 3)).toEqual({
      ...{ contributors: [{ unit: 5, value: 0.125 }], inhibitors: [{ unit: 2, value: -1 }], unknown: 0 },
    });

    const [upper, lower] = [collect(upperValues, kernel.length), collect(lowerValues, units)];
    const labels: SampleLabels[] = Array.from({ length: samples }, () => ({ planes: [], everywhere: [] }));
    const { table, maps } = cellsOf(grid, 1, labels);
    const search = prepareSearch(table, [], { grid }).buffers;
    const service = new SearchService();
    service.attach({ search, maps: maps.buffer, activations: upper.buffer, lower: lower.buffer });
    const above = masksOf(upper, 1.2);
    const below = masksOf(lower, 0.6);
    const byIou = service.contributions([above[0]], below, 'iou');
    // Twice the value against twice the threshold: the same mask.
    expect(strongest(byIou, 1).contributors).toEqual([{ unit: 4, value: 1 }]);
    expect(strongest(byIou, 1).inhibitors).toEqual([]);
    const byCorrelation = service.contributions(above, below, 'correlation');
    const [first] = strongest(byCorrelation.subarray(0, units), 1).contributors;
    expect(first).toEqual({ unit: 4, value: 1 });
  });

  it('is not told of before a lower layer is attached', () => {
    const labels: SampleLabels[] = Array.from({ length: samples }, () => ({ planes: [], everywhere: [] }));
    const { table, maps } = cellsOf(grid, 1, labels);
    const service = new SearchService();
    const upper = collect(upperValues, kernel.length);
    service.attach({
      search: prepareSearch(table, [], { grid }).buffers,
      maps: maps.buffer,
      activations: upper.buffer,
    });
    expect(() => service.contributions(masksOf(upper, 1), [], 'iou')).toThrow('There is no lower layer open.');
  });
});
