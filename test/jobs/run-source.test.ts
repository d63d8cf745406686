import { describe, expect, it } from 'vitest';
import type { ExplainSettings } from '../../src/engine/results/explanation.ts';
import { presets } from '../../src/onnx/preprocess.ts';
import type { OpenedModel, OpenedProbing, RunRequest } from '../../src/jobs/api.ts';
import type { Reopening } from '../../src/jobs/reopening.ts';
import { runSource, samplesToRead, type RunSource } from '../../src/jobs/run-source.ts';

const settings: ExplainSettings = {
  ...{ threshold: { kind: 'quantile', quantile: 0.005 }, length: 3, beam: 10, penalty: 1, candidates: null },
  ...{ mode: 'default', minActive: 0, minConcept: 0, operators: ['or', 'and', 'and-not'], without: [] },
};

/** What a run of pictures reads of a model with so many classes. */
function sourceOf(
  classes: number | null,
  sampleCount: number,
  layers: readonly string[] = ['relu'],
): Promise<RunSource> {
  const layer = (tensor: string, unitCount: number) => {
    return { tensor, operator: 'Relu', shape: null, unitCount, probeable: true, tokens: false };
  };
  const model: Partial<OpenedModel> = {
    ...{ name: 'm.onnx', hash: 'abc', classOutput: classes === null ? null : 'scores' },
    layers: [layer('relu', 8), layer('scores', classes ?? 5)],
  };
  const probing: Partial<OpenedProbing> = { contentHash: 'set', title: 'Set', sampleCount, hasPictures: true };
  const feed = { kind: 'pictures', preprocessing: presets.imagenet, height: 8, width: 8 } as const;
  const request: RunRequest = { activations: { kind: 'model', layers, feed }, settings, units: null, samples: null };
  const opened = <Info>(info: Partial<Info>): Reopening<Info> =>
    ({ info, ready: async () => undefined }) as Reopening<Info>;
  const open = { probing: opened(probing), model: opened(model), activations: null, tokenizer: null };
  const read = samplesToRead(request, probing as OpenedProbing);
  return runSource(open, request, read, async () => '1.0');
}

describe('what a run of pictures reads', () => {
  it('is the class output too, of which only the highest value of each sample is kept', async () => {
    const source = await sourceOf(12, 960);
    expect(source.layers.map(({ name, explained }) => [name, explained])).toEqual([
      ['relu', true],
      ['scores', false],
    ]);
    expect(source).toMatchObject({ classOutput: 'scores', withoutPredictions: null, run: { peaksOnly: ['scores'] } });
  });

  it('is the class output once, where its units are explained', async () => {
    const source = await sourceOf(12, 960, ['scores', 'relu']);
    expect(source.layers.map(({ name, explained }) => [name, explained])).toEqual([
      ['scores', true],
      ['relu', true],
    ]);
    expect(source).toMatchObject({ classOutput: 'scores', run: { peaksOnly: [] } });
  });

  it.each([
    [2000, 1000, null],
    [2001, 10, "The model's predictions are not kept: it has 2001 classes, and they are kept of 2000 at most."],
    [1000, 33_554, null],
    [
      1000,
      33_555,
      "The model's predictions are not kept: it has 1000 classes, whose numbers on 33555 samples would take 129 MB. Up to 128 MB they are kept.",
    ],
  ])('of %i classes and %i samples has a bound', async (classes, samples, told) => {
    const { withoutPredictions, classOutput, layers } = await sourceOf(classes, samples);
    expect(withoutPredictions).toBe(told);
    expect(classOutput).toBe(told === null ? 'scores' : null);
    expect(layers).toHaveLength(told === null ? 2 : 1);
  });

  it('is the layer alone, where the model has no classes', async () => {
    const { layers, classOutput, withoutPredictions } = await sourceOf(null, 960);
    expect(layers.map(({ name }) => name)).toEqual(['relu']);
    expect([classOutput, withoutPredictions]).toEqual([null, null]);
  });
});
