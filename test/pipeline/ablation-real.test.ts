import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { classOutput } from '../../src/onnx/class-head.ts';
import { defaultLayer } from '../../src/onnx/default-layer.ts';
import { layers } from '../../src/onnx/layers.ts';
import { presets } from '../../src/onnx/preprocess.ts';
import { readModel } from '../../src/onnx/read-model.ts';
import { AblationBench } from '../../src/pipeline/ablation-bench.ts';
import { batchLength, fillBatch } from '../../src/pipeline/batches.ts';
import { feederOf, openModel } from '../../src/pipeline/open-model.ts';
import { scenesProbingSet } from '../../src/probing/scenes/scenes-probing-set.ts';
import { decodePicture } from '../../src/runtime/decode-node.ts';
import { openSession } from '../../src/runtime/ort-node.ts';

const real = process.env['FORMULENS_REAL'];

describe.skipIf(!real)('SqueezeNet (skipped without FORMULENS_REAL)', () => {
  it('says behind a layer, with all units on, what the whole model says', async () => {
    const bytes = new Uint8Array(await readFile(join(real ?? '', 'squeezenet-imagenet.onnx')));
    const model = await openModel(new Blob([bytes]), await readModel(bytes, 'squeezenet.onnx'));
    const feeder = await feederOf(
      model,
      { kind: 'pictures', preprocessing: presets['zero-to-one'], height: 227, width: 227 },
      null,
    );
    const all = layers(model.summary, model.input);
    const output = classOutput(model.summary, all) ?? expect.fail('it has no classes');
    const probing = await scenesProbingSet();
    const samples = [0, 100, 200, 300, 400, 500, 600];
    const values = new Float32Array(batchLength(feeder.spec));
    const rows = feeder.spec.fixedBatch ?? samples.length;
    const batches = Array.from({ length: samples.length / rows }, (_, at) => samples.slice(at * rows, (at + 1) * rows));
    const whole = await openSession(bytes, { taps: [output] });
    const expected: number[] = [];
    const sums = new Float64Array(1000);
    for (const batch of batches) {
      const filled = await fillBatch(probing, batch, feeder.spec, decodePicture, values);
      const { data } = (await feeder.run(whole, batch.length, filled)).tensors[output];
      for (const row of batch.keys()) {
        const scores = data.subarray(row * 1000, (row + 1) * 1000);
        expected.push(scores.indexOf(Math.max(...scores)));
        for (const [one, score] of scores.entries()) sums[one] += score;
      }
    }
    await whole.close();
    expect(new Set(expected).size).toBeGreaterThan(1);
    // The one proposed, and one whose values go around another layer before they meet again.
    const inside = all.filter(({ op, probeable }) => op === 'Relu' && probeable).at(4);
    for (const layer of [defaultLayer(model.summary, all)?.tensor ?? '', inside?.tensor ?? '']) {
      const ask = { layer, provider: 'wasm', output: null, names: [] } as const;
      const bench = await AblationBench.open(model, feeder, ask, openSession);
      for (const batch of batches)
        await bench.hold(batch, await fillBatch(probing, batch, feeder.spec, decodePicture, values));
      const { ground } = await bench.ready();
      expect([...ground.whole.predicted]).toEqual(expected);
      for (const [one, sum] of sums.entries())
        expect(ground.whole.meanScores[one]).toBeCloseTo(sum / samples.length, 3);
      expect(ground.operators.behind).toBeLessThan(ground.operators.all);
      await bench.close();
    }
  }, 120_000);
});
