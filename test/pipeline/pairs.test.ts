import { describe, expect, it } from 'vitest';
import type { ThresholdRule } from '../../src/engine/results/explanation.ts';
import { predictedClasses, withWords } from '../../src/engine/results/samples-facts.ts';
import { wordsOf, type SentencePair } from '../../src/engine/text/sentence-pair.ts';
import type { UnitExplanation } from '../../src/engine/results/explanation.ts';
import { layers } from '../../src/onnx/layers.ts';
import { readModel } from '../../src/onnx/read-model.ts';
import { tap } from '../../src/onnx/tap.ts';
import { suggestEncoding } from '../../src/onnx/text/suggest-encoding.ts';
import { collectActivations } from '../../src/pipeline/collect.ts';
import { classWeights } from '../../src/pipeline/class-weights.ts';
import { wordsLayer } from '../../src/pipeline/companions.ts';
import { feederOf, openModel, type OpenModel } from '../../src/pipeline/open-model.ts';
import type { ModelRun } from '../../src/pipeline/model-run.ts';
import { ProbingService } from '../../src/pipeline/probing-service.ts';
import { RuntimeService } from '../../src/pipeline/runtime-service.ts';
import { openKeptActivations } from '../../src/engine/activation/kept.ts';
import type { PairSource, SourcePair } from '../../src/probing/pairs/pair-source.ts';
import { pairsSet } from '../../src/probing/pairs/pairs-set.ts';
import type { FloatTensor } from '../../src/runtime/model-session.ts';
import { openSession } from '../../src/runtime/ort-node.ts';
import { jointModel, twoSentenceModel, type TwoSentenceOptions } from '../onnx/support/pair-models.ts';

const vocabulary = ['UNK', 'PAD', 'a', 'man', 'woman', 'dog', 'sleeps', 'runs', 'eats', 'outside', 'fast', 'nobody'];
const texts: readonly (readonly [string, string, string | null])[] = [
  ['a man runs outside', 'a man runs', 'entailment'],
  ['a woman eats', 'nobody eats', 'contradiction'],
  ['a dog runs fast outside', 'a dog sleeps', 'contradiction'],
  ['a man sleeps', 'a man sleeps', 'entailment'],
  ['a woman runs outside', 'a zebra runs fast', null],
  ['a dog eats', 'a dog eats fast outside a man', 'neutral'],
  ['runs', 'eats', 'neutral'],
];

function source(): PairSource {
  const sentence = (text: string) => ({ text, tokenised: true });
  const pairs = texts.map(([premise, hypothesis, gold], i): SourcePair => {
    return { premise: sentence(premise), hypothesis: sentence(hypothesis), gold, given: null, name: `row ${i + 1}` };
  });
  const nothing = { found: [], columns: null, digests: ['made'], notes: [], vectors: undefined };
  return { title: 'made', layout: 'made here', pairs, ...nothing };
}

const above: ThresholdRule = { kind: 'fixed', above: 0 };
const decode = async (): Promise<never> => expect.fail('there are no pictures');

async function opened(options: TwoSentenceOptions): Promise<OpenModel> {
  const bytes = twoSentenceModel({ words: vocabulary, ...options });
  return openModel(new Blob([bytes]), await readModel(bytes, 'two.onnx'));
}

/** What a layer gives for one pair at a time, without any padding. */
async function oneByOne(model: OpenModel, tensor: string, pairs: readonly SentencePair[]): Promise<FloatTensor[]> {
  const session = await openSession(tap(model.file, model.summary, [tensor]), { taps: [tensor] });
  const found: FloatTensor[] = [];
  const { input } = model;
  if (input.kind !== 'pairs') throw new Error('It takes no pairs.');
  for (const pair of pairs) {
    const idsOf = (words: readonly string[]) => words.map((word) => BigInt(Math.max(0, vocabulary.indexOf(word))));
    const sides = { premise: idsOf(wordsOf(pair.premise)), hypothesis: idsOf(wordsOf(pair.hypothesis)) };
    const inputs = Object.entries(sides).flatMap(([name, ids]) => [
      [
        name,
        { dims: input.order === 'batch-first' ? [1, ids.length] : [ids.length, 1], data: BigInt64Array.from(ids) },
      ] as const,
      [`${name}_lengths`, { dims: [1], data: BigInt64Array.of(BigInt(ids.length)) }] as const,
    ]);
    const wanted = inputs.filter(([name]) => input.tensors.some((one) => one.name === name));
    found.push((await session.run(Object.fromEntries(wanted)))[tensor]);
  }
  await session.close();
  return found;
}

async function collected(model: OpenModel, tensor: string, what: 'activations' | 'words' = 'activations') {
  const set = await pairsSet(source(), {}, undefined);
  const { input, summary, tokenizer } = model;
  if (input.kind !== 'pairs') throw new Error('It takes no pairs.');
  const feed = { kind: 'pairs', encoding: suggestEncoding(summary, input, tokenizer?.info ?? null) } as const;
  const feeder = await feederOf(model, feed, null);
  const layer = layers(summary, input).find((one) => one.tensor === tensor) ?? expect.fail(`no ${tensor}`);
  const session = await openSession(tap(model.file, summary, [tensor]), { taps: [tensor] });
  const spec = { fixedBatch: feeder.spec.fixedBatch, layer, what, threshold: above };
  const [kept] = await collectActivations(set, session, feeder, [spec], { decode });
  await session.close();
  return { kept, set, pairs: texts.map((_, sample) => set.pair?.(sample) ?? expect.fail('no pair')) };
}

describe.each([
  ['batch-first, with lengths', {}],
  ['tokens-first, with lengths', { tokensFirst: true }],
  ['int32', { ids: 'int32' }],
  ['without lengths', { lengths: false }],
] as const)('a model of two sentences (%s)', (name, options) => {
  // The twin writes int64.
  const comparable = name !== 'int32';

  it('gives sentence units as one pair at a time gives them', async () => {
    const model = await opened(options);
    const { kept, pairs } = await collected(model, 'hidden');
    expect(kept).toMatchObject({ unitCount: 10, sampleCount: pairs.length, height: 1, width: 1 });
    const twin = await opened(comparable ? options : {});
    const expected = await oneByOne(twin, 'hidden', pairs);
    for (const [sample, { data }] of expected.entries())
      for (const [unit, value] of data.entries())
        expect(kept.highest[unit * pairs.length + sample]).toBeCloseTo(value, 5);
  });

  it('pools the tokens of a sentence by maximum, and tells the word', async () => {
    const model = await opened(options);
    const { kept, pairs } = await collected(model, 'hypothesis_states');
    const { kept: words } = await collected(model, 'hypothesis_states', 'words');
    const expected = await oneByOne(await opened(comparable ? options : {}), 'hypothesis_states', pairs);
    const units = kept.unitCount;
    for (const [sample, { data }] of expected.entries()) {
      const before = pairs[sample].premise.spans.length / 2;
      for (let unit = 0; unit < units; unit++) {
        const states = Array.from({ length: data.length / units }, (_, token) => data[token * units + unit]);
        const most = Math.max(...states);
        expect(kept.highest[unit * pairs.length + sample]).toBeCloseTo(most, 5);
        const word = words.highest[unit * pairs.length + sample];
        const sameLength = pairs[sample].premise.spans.length === pairs[sample].hypothesis.spans.length;
        // Without padding, two sentences of the same length cannot be told apart.
        if (word === -1) expect(name === 'without lengths' && sameLength).toBe(true);
        else expect(states[word - before]).toBeCloseTo(most, 5);
      }
    }
  });
});

describe('services with pairs', () => {
  async function services(bytes: Uint8Array<ArrayBuffer>) {
    const probing = new ProbingService({
      ...{ open: async () => pairsSet(source(), {}, undefined), decode },
      ...{ drawThumbnail: async () => expect.fail('drawn'), drawPicture: async () => expect.fail('drawn') },
    });
    const runtime = new RuntimeService({ openSession, runtimeVersion: async () => '0' });
    const overview = await probing.open({ kind: 'folder' });
    const model = await runtime.openModel(new File([bytes], 'pairs.onnx'));
    return { probing, runtime, overview, model };
  }

  it('read, run and collect a layer, its words and the classes', async () => {
    const { probing, runtime, overview, model } = await services(twoSentenceModel({ words: vocabulary }));
    expect(overview).toMatchObject({ hasPairs: true, hasPictures: false, sampleCount: texts.length });
    expect(model).toMatchObject({ defaultLayer: 'hidden', classOutput: 'logits', input: { kind: 'pairs' } });
    if (model.input.kind !== 'pairs') expect.fail('no pairs');
    const names = ['premise_states', 'logits', wordsLayer('premise_states')];
    const run: ModelRun = {
      ...{ layers: names, peaksOnly: names.slice(1), tokenizer: null, threshold: above },
      ...{ sampleCount: texts.length, samples: texts.length, provider: 'wasm' },
      feed: { kind: 'pairs', encoding: model.input.encoding },
    };
    const { spec, length } = runtime.plan(run);
    await runtime.start(run);
    for (const [first, count] of [
      [0, 3],
      [3, 4],
    ]) {
      const { part, ...batch } = await probing.fill(first, count, spec, new Float32Array(length), true);
      expect(part).not.toBeNull();
      await runtime.runBatch(first, count, batch);
    }
    const [states, logits, words] = (await runtime.finish()).map(({ buffer }) => openKeptActivations(buffer));
    expect(states.unitCount).toBe(8);
    const predicted = predictedClasses(logits);
    expect(predicted).toHaveLength(texts.length);
    for (const [sample, found] of predicted.entries()) {
      const scores = [0, 1, 2].map((unit) => logits.highest[unit * texts.length + sample]);
      expect(scores[found]).toBe(Math.max(...scores));
    }
    const top = [{ sample: 2, peak: 1 }];
    const [unit] = withWords([{ unit: 3, top } as unknown as UnitExplanation], words);
    expect(unit.top[0].word).toBe(words.highest[3 * texts.length + 2]);
    expect(unit.top[0].word).toBeLessThan(5);
  });

  it('show pairs spread over the set, with their texts', async () => {
    const { probing } = await services(twoSentenceModel({ words: vocabulary }));
    const shown = probing.previewPairs(3);
    expect(shown).toHaveLength(3);
    for (const { sample, pair } of shown) expect(pair.premise.text).toBe(texts[sample][0]);
  });

  it('read class weights out of the file', async () => {
    const bytes = twoSentenceModel({ words: vocabulary });
    const model = await openModel(new Blob([bytes]), await readModel(bytes, 'two.onnx'));
    const weights = await classWeights(model, 'hidden');
    expect(weights).toHaveLength(10);
    expect(weights?.[0]).toHaveLength(3);
    expect(await classWeights(model, 'features')).toBeNull();
  });

  it('say that a tokenizer is missing, and that pairs do not fit a model of pictures', async () => {
    const { runtime, model } = await services(jointModel());
    if (model.input.kind !== 'pairs') expect.fail('no pairs');
    expect(model.input.tokenizer).toBeNull();
    const run: ModelRun = {
      ...{ layers: ['states'], peaksOnly: [], tokenizer: null, threshold: above },
      ...{ sampleCount: texts.length, samples: texts.length, provider: 'wasm' },
      feed: { kind: 'pairs', encoding: model.input.encoding },
    };
    await expect(runtime.start(run)).rejects.toMatchObject({ code: 'pipeline/encoding' });
  });
});
