import { describe, expect, it } from 'vitest';
import type { Formula } from '../../src/engine/formula/formula.ts';
import type { ConceptId } from '../../src/engine/ids.ts';
import type { UnitExplanation } from '../../src/engine/results/explanation.ts';
import { suggestEncoding } from '../../src/onnx/text/suggest-encoding.ts';
import { presets } from '../../src/onnx/preprocess.ts';
import { readModel } from '../../src/onnx/read-model.ts';
import { maskedModel } from '../../src/onnx/tail-model.ts';
import { AblationBench, type BenchAsk } from '../../src/pipeline/ablation-bench.ts';
import { AblationTries } from '../../src/pipeline/ablation-tries.ts';
import type { Batch } from '../../src/pipeline/batches.ts';
import { feederOf, openModel } from '../../src/pipeline/open-model.ts';
import { openSession } from '../../src/runtime/ort-node.ts';
import { network, node, plainNetwork, wave, weights } from '../onnx/support/networks.ts';
import { pair, WORDS } from '../onnx/support/pairs.ts';
import { twoSentenceModel } from '../onnx/support/pair-models.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const PICTURE = 3 * 16 * 20;
const feed = { kind: 'pictures', preprocessing: presets['zero-to-one'], height: 16, width: 20 } as const;
const ask = (layer: string): BenchAsk => ({ layer, provider: 'wasm', output: null, names: [] });

/** A picture for each sample; those of one channel brightest take turns. */
function pictureOf(sample: number): Float32Array {
  const values = wave(PICTURE).map((value) => 0.2 * Math.abs(value) * (1 + (sample % 5) / 10));
  const bright = sample % 3;
  values.subarray((bright * PICTURE) / 3, ((bright + 1) * PICTURE) / 3).fill(1 + sample / 100);
  return values;
}

const batchOf = (samples: readonly number[], rows = samples.length): Batch => {
  const values = new Float32Array(rows * PICTURE);
  for (const [row, sample] of samples.entries()) values.set(pictureOf(sample), row * PICTURE);
  return { values, pairs: null };
};

/** A bench with samples in batches of these. */
async function benchOf(bytes: Bytes, change: Partial<BenchAsk> & { readonly layer: string }, batches: number[][]) {
  const model = await openModel(new Blob([bytes]), await readModel(bytes, 'made.onnx'));
  const feeder = await feederOf(model, feed, null);
  const bench = await AblationBench.open(model, feeder, { ...ask(change.layer), ...change }, openSession);
  const rows = feeder.spec.fixedBatch;
  const most: number[] = [];
  for (const samples of batches) most.push(await bench.hold(samples, batchOf(samples, rows ?? samples.length)));
  return { bench, most, ready: await bench.ready() };
}

/** Predictions and mean scores of the whole model with the mask behind the layer, one sample at a time. */
async function oneByOne(
  bytes: Bytes,
  layer: string,
  units: number,
  samples: readonly number[],
  off: readonly number[],
) {
  const { model, mask } = await maskedModel(bytes, await readModel(bytes), layer, 'logits');
  const session = await openSession(model, { taps: ['logits'] });
  const factors = Float32Array.from({ length: units }, (_, unit) => (off.includes(unit) ? 0 : 1));
  const predicted: number[] = [];
  const sums: number[] = [];
  for (const sample of samples) {
    const picture = { dims: [1, 3, 16, 20], data: pictureOf(sample) };
    const { logits } = await session.run({ picture, [mask]: { dims: [1, units, 1, 1], data: factors } });
    for (const [one, score] of logits.data.entries()) sums[one] = (sums[one] ?? 0) + score;
    predicted.push(logits.data.indexOf(Math.max(...logits.data)));
  }
  await session.close();
  return { predicted, meanScores: sums.map((sum) => sum / samples.length) };
}

/** Each of three classes is the mean of one unit. */
const oneUnitAClass = network(
  [
    node('Relu', 'picture', 'layer'),
    node('GlobalAveragePool', 'layer', 'mean'),
    node('Flatten', 'mean', 'flat'),
    node('Gemm', ['flat', 'w'], 'logits', { transB: 1 }),
  ],
  [{ name: 'w', dims: [3, 3], values: [1, 0, 0, 0, 1, 0, 0, 0, 1] }],
  [{ name: 'logits', dims: ['batch', 3] }],
);

describe('a bench', () => {
  const batches = [
    [7, 0, 5],
    [1, 9, 4],
    [8, 2],
  ];

  it('says with all units on, and with some off, what the whole model says', async () => {
    const { bench, ready } = await benchOf(plainNetwork(), { layer: 'relu2' }, batches);
    const { ground } = ready;
    expect(ground).toMatchObject({
      ...{ samples: Uint32Array.of(0, 1, 2, 4, 5, 7, 8, 9), unitCount: 6, operators: { behind: 3, all: 8 } },
      classNames: ['class 0', 'class 1', 'class 2', 'class 3', 'class 4'],
    });
    expect(ready).toMatchObject({ batches, height: 8, width: 10 });
    for (const off of [[], [2], [0, 1, 3, 4]]) {
      const found = await bench.tryOff(off);
      const expected = await oneByOne(plainNetwork(), 'relu2', 6, [...ground.samples], off);
      expect([...found.predicted]).toEqual(expected.predicted);
      for (const [one, score] of expected.meanScores.entries()) expect(found.meanScores[one]).toBeCloseTo(score, 5);
    }
    expect(ground.whole).toEqual(await bench.tryOff([]));
    await bench.close();
  });

  it('loses a class that one unit decides, and no other', async () => {
    const samples = Array.from({ length: 9 }, (_, sample) => sample);
    const { bench, ready } = await benchOf(oneUnitAClass, { layer: 'layer' }, [samples]);
    expect([...ready.ground.whole.predicted]).toEqual(samples.map((sample) => sample % 3));
    const { predicted } = await bench.tryOff([1]);
    for (const sample of samples) {
      if (sample % 3 === 1) expect(predicted[sample]).not.toBe(1);
      else expect(predicted[sample]).toBe(sample % 3);
    }
    await bench.close();
  });

  it('works for units that lie last, and for a model that fixes its batch', async () => {
    const last = network(
      [
        node('Transpose', 'picture', 'turned', { perm: [0, 2, 3, 1] }),
        node('Relu', 'turned', 'layer'),
        node('ReduceMean', 'layer', 'flat', { axes: [1, 2], keepdims: 0 }),
        node('MatMul', ['flat', 'w'], 'logits'),
      ],
      [{ name: 'w', dims: [3, 3], values: [1, 0, 0, 0, 1, 0, 0, 0, 1] }],
      [{ name: 'logits', dims: [4, 3] }],
      { inputs: [{ name: 'picture', dims: [4, 3, 16, 20] }] },
    );
    const { bench, ready } = await benchOf(last, { layer: 'layer', names: ['a', 'b', 'c'] }, [[3, 1, 2], [0]]);
    expect(ready).toMatchObject({ height: 16, width: 20, ground: { unitCount: 3, classNames: ['a', 'b', 'c'] } });
    expect([...ready.ground.whole.predicted]).toEqual([0, 1, 2, 0]);
    expect([...(await bench.tryOff([0, 2])).predicted]).toEqual([1, 1, 1, 1]);
    bench.beginReplaced([{ unit: 1, base: 9, slope: 0, told: null }], 'stay');
    for (const [at, { length }] of ready.batches.entries())
      await bench.addReplaced(at, new Float32Array(length * 16 * 20));
    const replaced = bench.endReplaced();
    expect([...replaced.predicted]).toEqual([1, 1, 1, 1]);
    expect(replaced.meanScores[1]).toBeCloseTo(9, 5);
    expect(replaced.meanScores[0]).toBeCloseTo(ready.ground.whole.meanScores[0], 5);
    await bench.close();
  });

  it('says how many samples fit', async () => {
    const aSample = 6 * 8 * 10 * 4;
    const bytes = 100 * aSample;
    const { most } = await benchOf(plainNetwork(), { layer: 'relu2', bytes }, [range(0, 32), range(32, 64)]);
    expect(most).toEqual([96, 96]);
    const { most: few } = await benchOf(plainNetwork(), { layer: 'relu2', bytes: 1 }, [range(0, 32)]);
    expect(few).toEqual([32]);
  });

  it('counts what a skip connection needs behind the layer', async () => {
    const bytes = network(
      [
        node('Conv', ['picture', 'w1'], 'first', { kernel_shape: [1, 1] }),
        node('Relu', 'first', 'layer'),
        node('Add', ['layer', 'first'], 'sum'),
        node('Add', ['sum', 'picture'], 'more'),
        node('GlobalAveragePool', 'more', 'mean'),
        node('Flatten', 'mean', 'flat'),
        node('Gemm', ['flat', 'w3'], 'logits', { transB: 1 }),
      ],
      [weights('w1', [3, 3, 1, 1], 1), weights('w3', [4, 3], 3)],
      [{ name: 'logits', dims: ['batch', 4] }],
    );
    const { bench, ready, most } = await benchOf(bytes, { layer: 'layer', bytes: 9 * PICTURE * 4 }, [[2, 0], [1]]);
    expect(most[0]).toBe(2);
    const { predicted } = await bench.tryOff([0]);
    expect([...predicted]).toEqual((await oneByOne(bytes, 'layer', 3, [...ready.ground.samples], [0])).predicted);
    await bench.close();
  });

  it('works for sentence pairs, and refuses layers of tokens', async () => {
    const bytes = twoSentenceModel({ words: WORDS });
    const model = await openModel(new Blob([bytes]), await readModel(bytes, 'pairs.onnx'));
    if (model.input.kind !== 'pairs') throw new Error('It takes no pairs.');
    const encoding = suggestEncoding(model.summary, model.input, model.tokenizer?.info ?? null);
    const feeder = await feederOf(model, { kind: 'pairs', encoding }, null);
    const bench = await AblationBench.open(model, feeder, ask('hidden'), openSession);
    const values = new Float32Array();
    const pairs = [pair('a man sleeps', 'a dog runs outside'), pair('nobody is in the park', 'a man runs')];
    await bench.hold([1, 0], { values, pairs });
    const { ground, height, width } = await bench.ready();
    expect({ units: ground.unitCount, height, width }).toEqual({ units: 10, height: 1, width: 1 });
    const session = await openSession(bytes, { taps: ['logits'] });
    const { tensors } = await feeder.run(session, 2, { values, pairs: [...pairs].reverse() });
    await session.close();
    const rows = [0, 1].map((row) => [...tensors['logits'].data.subarray(3 * row, 3 * row + 3)]);
    expect([...ground.whole.predicted]).toEqual(rows.map((row) => row.indexOf(Math.max(...row))));
    for (const [one, mean] of ground.whole.meanScores.entries())
      expect(mean).toBeCloseTo((rows[0][one] + rows[1][one]) / 2, 5);
    await bench.close();
    await expect(AblationBench.open(model, feeder, ask('premise_states'), openSession)).rejects.toMatchObject({
      code: 'pipeline/tokens-not-ablated',
      message:
        'The layer premise_states has a value for each token, and its units are explained by the largest of them. Units of such a layer cannot be switched off: explain a layer that has one value for each unit and pair.',
    });
  });

  it('refuses a model without classes, and units that there are not', async () => {
    const bytes = network([node('Relu', 'picture', 'layer')], [], ['layer']);
    await expect(benchOf(bytes, { layer: 'layer' }, [])).rejects.toMatchObject({ code: 'onnx/no-classes' });
    const { bench } = await benchOf(oneUnitAClass, { layer: 'layer' }, [[0]]);
    await expect(bench.tryOff([3])).rejects.toMatchObject({ code: 'pipeline/unit-range' });
    await bench.close();
  });
});

describe('tries', () => {
  const concept = (id: number): Formula => ({ kind: 'concept', concept: id as ConceptId });
  const explained = (unit: number, ...lengths: readonly Formula[]): UnitExplanation => {
    const byLength = lengths.map((formula) => ({ formula, size: 1, intersection: 1, iou: 1, score: 1 }));
    const state = byLength.length > 0 ? 'explained' : 'silent';
    const rest = { threshold: 0, area: 1, firing: 1, beam: [], top: [] };
    return { ...rest, unit: unit as UnitExplanation['unit'], state, best: byLength.at(-1) ?? null, byLength };
  };
  const units = [explained(0, concept(0)), explained(1, concept(3), concept(1)), explained(2)];

  /** Concept 0 and 1 are where the channel is brightest; others nowhere. */
  const sharesOf = (formulas: readonly Formula[], samples: readonly number[]): Float32Array =>
    Float32Array.from(
      samples.flatMap((sample) =>
        formulas.flatMap((formula) => {
          const holds = formula.kind === 'concept' && formula.concept === sample % 3;
          return new Array<number>(16 * 20).fill(holds ? 1 : 0);
        }),
      ),
    );

  async function tries(): Promise<{ readonly tried: AblationTries; readonly bench: AblationBench }> {
    const { bench, ready } = await benchOf(oneUnitAClass, { layer: 'layer' }, [
      [4, 0, 5],
      [1, 3, 2],
    ]);
    return { tried: new AblationTries(bench, ready, units, sharesOf), bench };
  }

  it('put formulas in place of units, the others as they are or off', async () => {
    const { tried, bench } = await tries();
    const told: number[] = [];
    const [on, stay, off, shorter] = await tried.try(
      [
        { kind: 'off', units: [] },
        { kind: 'formulas', units: [0, 1, 2], others: 'stay' },
        { kind: 'formulas', units: [0, 1, 2], others: 'off' },
        { kind: 'formulas', units: [1], others: 'off', length: 1 },
      ],
      { onDone: (done) => told.push(done) },
    );
    expect(told).toEqual([1, 2, 3, 4]);
    expect([...on.predicted]).toEqual([0, 1, 2, 0, 1, 2]);
    expect([...stay.predicted]).toEqual([0, 1, 2, 0, 1, 2]);
    // A unit without a formula is off with the others, and its class is lost.
    expect([...off.predicted].map((one, sample) => one === sample % 3)).toEqual([
      ...[true, true, false],
      ...[true, true, false],
    ]);
    expect(off.meanScores[2]).toBe(0);
    // The shorter formula holds nowhere: the unit's mean takes its place.
    expect(shorter.meanScores[1]).toBeCloseTo(on.meanScores[1], 4);
    expect([...shorter.predicted]).toEqual([1, 1, 1, 1, 1, 1]);
    await bench.close();
  });

  it('find a line for each explained unit, of any length, once', async () => {
    const { tried, bench } = await tries();
    const done: (readonly [number, number])[] = [];
    const lines = await tried.standIns({ onDone: (...how) => done.push(how) });
    expect(done).toEqual([
      [3, 6],
      [6, 6],
    ]);
    expect(lines.map(({ unit }) => unit)).toEqual([0, 1]);
    expect(lines[0].told).toBeGreaterThan(0.8);
    const [, one] = await tried.standIns({ length: 1 });
    expect(one).toMatchObject({ unit: 1, slope: 0, told: 0 });
    expect(await tried.standIns({ length: 7 })).toBe(lines);
    await bench.close();
  });

  it('end between two outcomes when told to', async () => {
    const { tried, bench } = await tries();
    const stop = new AbortController();
    const change = { kind: 'off', units: [0] } as const;
    const trying = tried.try([change, change, change], {
      signal: stop.signal,
      onDone: (done) => {
        if (done === 1) stop.abort(new Error('enough'));
      },
    });
    await expect(trying).rejects.toThrow('enough');
    expect(await tried.try([change])).toHaveLength(1);
    await bench.close();
  });
});

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, at) => from + at);
