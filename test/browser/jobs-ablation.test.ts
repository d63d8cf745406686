import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ExplainSettings } from '../../src/engine/results/explanation.ts';
import type { LayerResults } from '../../src/engine/results/layer-results.ts';
import type { Ablation, AblationProgress, OpenedModel, RunRequest, Workbench } from '../../src/jobs/api.ts';
import { createWorkbench } from '../../src/jobs/workbench.ts';
import { plainNetwork } from '../onnx/support/networks.ts';
import { pictureFeed } from './support/picture-feed.ts';
import { tinyActivations, tinyZip } from './support/tiny-golden.ts';

const settings: ExplainSettings = {
  ...{ threshold: { kind: 'quantile', quantile: 0.05 }, length: 2, beam: 5, penalty: 1, candidates: null },
  ...{ mode: 'default', minActive: 0, minConcept: 0, operators: ['or', 'and', 'and-not'], without: [] },
};
const silent = { onProgress: () => undefined, onUnits: () => undefined };
const nothing = (): void => undefined;

let zip: File;
let workbench: Workbench;

beforeAll(async () => {
  zip = await tinyZip();
});

beforeEach(async () => {
  workbench = createWorkbench();
  await workbench.clearStorage();
});

const plain = (name = 'plain.onnx'): File => new File([plainNetwork()], name);
const otherPlain = (name = 'other.onnx'): File => new File([plainNetwork('NCHW', { producer: 'another' })], name);

function requestFor(model: OpenedModel, layer = 'relu2', size: readonly [number, number] = [16, 20]): RunRequest {
  const activations = { kind: 'model', layers: [layer], feed: pictureFeed(model, ...size) } as const;
  return { activations, settings, units: null, samples: null };
}

/** Results of the tiny golden, its model and its probing set being open. */
async function tinyResults(layer = 'relu2'): Promise<LayerResults> {
  await workbench.openProbing({ kind: 'zip', file: zip });
  const [results] = await workbench.run(requestFor(await workbench.openModel(plain()), layer), silent).finished;
  return results;
}

/** Opens an ablation. */
async function opened(results: LayerResults, samples: number | null = null): Promise<Ablation> {
  return workbench.ablation(results, samples, nothing).finished;
}

describe('on samples of a probing set', () => {
  it('says with all units on what the run said, and changes with units off or replaced', async () => {
    const results = await tinyResults();
    const progress: AblationProgress[] = [];
    const ablation = await workbench.ablation(results, null, (step) => progress.push(step)).finished;
    const { ground } = ablation;
    expect([...ground.samples]).toEqual(Array.from({ length: 24 }, (_, sample) => sample));
    expect(ground).toMatchObject({ unitCount: 6, operators: { behind: 3, all: 8 } });
    expect([...ground.whole.predicted]).toEqual(results.classes?.predicted);
    expect(ground.classNames).toEqual(results.classes?.names);
    expect(ablation.leftOut).toBe(0);
    expect(progress[0]).toEqual({ stage: 'model', done: 0, total: 1 });
    expect(progress.at(-1)).toEqual({ stage: 'activations', done: 24, total: 24 });

    const done: number[] = [];
    const all = [0, 1, 2, 3, 4, 5];
    const [on, off, none, alone] = await ablation.try(
      [
        { kind: 'off', units: [] },
        { kind: 'off', units: [0] },
        { kind: 'off', units: all },
        { kind: 'formulas', units: all, others: 'off' },
      ],
      { onDone: (count) => done.push(count) },
    );
    expect(done).toEqual([1, 2, 3, 4]);
    expect(on).toEqual(ground.whole);
    expect(off.meanScores).not.toEqual(on.meanScores);
    // Nothing is left but the bias of the linear layer.
    expect(new Set(none.predicted).size).toBe(1);
    const lines = await ablation.standIns();
    expect(lines.map(({ unit }) => unit)).toEqual(all);
    for (const { told } of lines) expect(told).toBeGreaterThanOrEqual(0);
    // A line has the activation's mean, and behind the layer is nothing but means: so mean outputs stay as they are.
    for (const [place, score] of alone.meanScores.entries()) expect(score).toBeCloseTo(on.meanScores[place], 4);
    expect(await ablation.standIns({ length: 2 })).toEqual(lines);
    ablation.close();
    const closed = ablation.try([{ kind: 'off', units: [0] }]);
    await expect(closed).rejects.toMatchObject({
      code: 'jobs/ablation-closed',
      message: 'The activations were let go of. Load the activations again to go on.',
    });
  });

  it('reads as many samples as asked for, spread over the set', async () => {
    const ablation = await opened(await tinyResults(), 5);
    expect(ablation.ground.samples).toHaveLength(5);
    expect(ablation.leftOut).toBe(0);
    ablation.close();
  });

  it('ends between two outcomes when told to, and goes on with the next', async () => {
    const ablation = await opened(await tinyResults(), 5);
    const stop = new AbortController();
    const change = { kind: 'off', units: [1] } as const;
    const options = { signal: stop.signal, onDone: () => stop.abort(new Error('enough')) };
    await expect(ablation.try([change, change], options)).rejects.toThrow('enough');
    expect(await ablation.try([change])).toHaveLength(1);
    ablation.close();
  });

  it('is cancelled while it reads, and opens again', async () => {
    const results = await tinyResults();
    const job = workbench.ablation(results, null, ({ stage }) => {
      if (stage === 'activations') job.cancel();
    });
    await expect(job.finished).rejects.toMatchObject({ code: 'jobs/cancelled' });
    const ablation = await opened(results);
    expect(ablation.ground.samples).toHaveLength(24);
    ablation.close();
  });
});

describe('one at a time', () => {
  it('lets go of the one before when another is opened', async () => {
    const results = await tinyResults();
    const first = await opened(results, 3);
    const second = await opened(results, 4);
    await expect(first.try([{ kind: 'off', units: [0] }])).rejects.toMatchObject({
      code: 'jobs/ablation-closed',
      message: 'The activations were let go of, since others were asked for. Load the activations again to go on.',
    });
    expect(await second.try([{ kind: 'off', units: [0] }])).toHaveLength(1);
    second.close();
  });

  it('lets go of it when a run is started, and is refused while one is under way', async () => {
    const results = await tinyResults();
    const ablation = await opened(results, 3);
    const model = await workbench.openModel(plain());
    const run = workbench.run({ ...requestFor(model), settings: { ...settings, length: 3 } }, silent);
    const refused = workbench.ablation(results, 3, nothing).finished;
    await expect(refused).rejects.toMatchObject({
      code: 'jobs/run-first',
      message:
        'A run is under way, and units are switched off by the same machinery. Wait until it is done, or cancel it, and try again.',
    });
    expect(await run.finished).toHaveLength(1);
    await expect(ablation.standIns()).rejects.toMatchObject({
      code: 'jobs/ablation-closed',
      message: 'The activations were let go of, since a run was started. Load the activations again to go on.',
    });
  });
});

describe('refusals', () => {
  const message = async (results: LayerResults): Promise<unknown> =>
    workbench.ablation(results, null, nothing).finished.then(
      () => 'it was opened',
      (error: unknown) => (error as Error).message,
    );

  it('name what must be open', async () => {
    const results = await tinyResults();
    await workbench.openModel(otherPlain());
    expect(await message(results)).toBe(
      'Switching units off needs what these results were made from: the model plain.onnx. Open that in place of the model other.onnx and try again.',
    );
    const { hash } = await workbench.openModel(otherPlain('plain.onnx'));
    expect(await message(results)).toBe(
      `Switching units off needs what these results were made from: the model plain.onnx (${results.activations.hash.slice(0, 8)}). Open that in place of the model plain.onnx (${hash.slice(0, 8)}) and try again.`,
    );
    workbench = createWorkbench();
    expect(await message(results)).toBe(
      `Switching units off needs what these results were made from: the model plain.onnx and the probing set ${results.probing.title}. Open that and try again.`,
    );
    await workbench.openModel(plain('renamed.onnx'));
    expect(await message(results)).toBe(
      `Switching units off needs what these results were made from: the probing set ${results.probing.title}. Open that and try again.`,
    );
  });

  it('say that activations of a file have no model', async () => {
    await workbench.openProbing({ kind: 'zip', file: zip });
    await workbench.openActivations(await tinyActivations('maps.npy'));
    const request: RunRequest = { activations: { kind: 'file' }, settings, units: null, samples: null };
    const [results] = await workbench.run(request, silent).finished;
    expect(await message(results)).toBe(
      'The activations of these results come from maps.npy, not from a model, so there is nothing whose units could be switched off. Open the model itself and run it.',
    );
  });
});

it('works on the sample', async () => {
  workbench = createWorkbench(`${location.origin}/`);
  const [model] = await Promise.all([
    workbench.openModel('scenes'),
    workbench.openProbing({ kind: 'sample', name: 'scenes' }),
  ]);
  if (model.input.kind !== 'pictures') throw new Error('It takes no pictures.');
  const size = [model.input.height ?? 224, model.input.width ?? 224] as const;
  const request = { ...requestFor(model, model.defaultLayer ?? '', size), samples: 64 };
  const [results] = await workbench.run(request, silent).finished;
  const ablation = await opened(results, 40);
  expect(ablation.ground.samples).toHaveLength(40);
  const { predicted } = ablation.ground.whole;
  for (const [held, sample] of ablation.ground.samples.entries())
    expect(predicted[held]).toBe(results.classes?.predicted[sample]);
  const [off] = await ablation.try([{ kind: 'off', units: Array.from({ length: 128 }, (_, unit) => unit) }]);
  expect(new Set(off.predicted).size).toBe(1);
  const lines = await ablation.standIns();
  expect(Math.max(...lines.map(({ told }) => told ?? 0))).toBeGreaterThan(0.1);
  ablation.close();
});

it('works on sentence pairs', async () => {
  workbench = createWorkbench(`${location.origin}/`);
  const [model] = await Promise.all([
    workbench.openModel('entailment'),
    workbench.openProbing({ kind: 'sample', name: 'entailment' }),
  ]);
  if (model.input.kind !== 'pairs') throw new Error('It takes no pairs.');
  const feed = { kind: 'pairs', encoding: model.input.encoding } as const;
  const activations = { kind: 'model', layers: [model.defaultLayer ?? ''], feed } as const;
  const request: RunRequest = { activations, settings: { ...settings, length: 1 }, units: [0, 15], samples: 128 };
  const [results] = await workbench.run(request, silent).finished;
  const ablation = await opened(results);
  const { ground } = ablation;
  expect(ground).toMatchObject({ unitCount: 256, classNames: results.classes?.names });
  expect(ground.samples).toHaveLength(128);
  for (const [held, sample] of ground.samples.entries())
    expect(ground.whole.predicted[held]).toBe(results.classes?.predicted[sample]);
  const explained = results.units.filter(({ state }) => state === 'explained').map(({ unit }) => unit);
  expect((await ablation.standIns()).map(({ unit }) => unit)).toEqual(explained);
  const [alone] = await ablation.try([{ kind: 'formulas', units: explained, others: 'off' }]);
  expect(alone.meanScores).not.toEqual(ground.whole.meanScores);
  ablation.close();
});
