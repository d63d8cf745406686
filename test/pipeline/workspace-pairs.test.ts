import { describe, expect, it } from 'vitest';
import { packBundle } from '../../src/engine/bits/bundle.ts';
import type { LayerResults } from '../../src/engine/results/layer-results.ts';
import type { SentencePair } from '../../src/engine/text/sentence-pair.ts';
import { sampleTextsProblem } from '../../src/pipeline/sample-texts.ts';
import type { WorkspaceContents } from '../../src/pipeline/workspace/contents.ts';
import { readWorkspace } from '../../src/pipeline/workspace/read-workspace.ts';
import { writeWorkspace } from '../../src/pipeline/workspace/write-workspace.ts';
import { workspaceContents } from './support/workspace-contents.ts';

const plain = workspaceContents();
const [{ results: pictures }] = plain.results;
const { sampleCount } = pictures.probing;

const sentence = (text: string) => ({ text, spans: [0, 1, 2, 5], tags: ['DT', 'NN'], lemmas: ['a', 'man'] });
const pairs: readonly SentencePair[] = Array.from({ length: sampleCount }, (_, i) => ({
  premise: sentence('a man <b>'),
  hypothesis: sentence('a dog'),
  gold: i % 2 === 0 ? 'neutral' : null,
  given: i === 1 ? 'maybe' : null,
}));
const names = Array.from({ length: sampleCount }, (_, i) => `row ${i + 1}`);

const made: LayerResults = {
  ...pictures,
  activations: {
    ...{ kind: 'model', name: 'bert.onnx', hash: 'c'.repeat(64), layer: 'states', operator: 'Add' },
    ...{ provider: 'wasm', providerNote: 'WebAssembly', runtimeVersion: '1.30.0' },
    feed: {
      kind: 'pairs',
      encoding: {
        roles: { input_ids: 'pair-ids', attention_mask: 'pair-mask', __proto: 'pair-types' },
        ...{ order: 'batch-first', maxTokens: 128, classes: ['contradiction', 'neutral', 'entailment'] },
        tokenizer: { kind: 'tokenizer', name: 'tokenizer.json', hash: 'd'.repeat(64) },
      },
    },
  },
  classes: {
    names: ['contradiction', 'neutral', 'entailment'],
    weights: Array.from({ length: pictures.unitCount }, (_, unit) => [unit, -0.5, 0.25]),
    predicted: Array.from({ length: sampleCount }, (_, i) => (i === 0 ? -1 : i % 3)),
  },
  units: pictures.units.map((unit) => ({ ...unit, top: unit.top.map((top, i) => ({ ...top, word: i - 1 })) })),
};

function contents(results: LayerResults): WorkspaceContents {
  const [cells] = plain.cells;
  return {
    ...plain,
    results: [{ results, cells: 0, pictures: null, activations: 0 }],
    cells: [{ ...cells, names: packBundle({ meta: { names, pairs }, arrays: {} }) }],
    pictures: [],
  };
}

describe('a workspace file of sentence pairs', () => {
  it('brings feed, classes, words and sentences back', async () => {
    const back = await readWorkspace(await writeWorkspace(contents(made)), 'w.formulens');
    expect(back.results[0].results).toEqual(made);
    expect(new Uint8Array(back.cells[0].names)).toEqual(new Uint8Array(contents(made).cells[0].names));
  });

  it.each([
    ['too few weights', { weights: [[1, 2, 3]] }, 'classes.weights'],
    ['a prediction of no class', { predicted: Array.from({ length: sampleCount }, () => 3) }, 'classes.predicted[0]'],
    ['too few predictions', { predicted: [0] }, 'classes.predicted'],
  ])('is refused with %s', async (_, change, where) => {
    const wrong = { ...made, classes: { ...(made.classes as NonNullable<typeof made.classes>), ...change } };
    const reading = writeWorkspace(contents(wrong)).then((blob) => readWorkspace(blob, 'w.formulens'));
    await expect(reading).rejects.toThrow(`at ${where}:`);
  });
});

describe('texts of samples', () => {
  const [first] = pairs;
  const withPair = (pair: unknown): unknown => ({ names: ['x'], pairs: [pair] });

  it('are whole, with pairs or without', () => {
    expect(sampleTextsProblem({ names: ['x'] }, 1)).toBeNull();
    expect(sampleTextsProblem(withPair(first), 1)).toBeNull();
  });

  it.each([
    [{ names: ['x', 'y'] }, 'it does not have the name of each sample'],
    [{ names: [7] }, 'it does not have the name of each sample'],
    [{ names: ['x'], pairs: [] }, 'it does not have the two sentences of each sample'],
    [withPair({ ...first, gold: 3 }), 'it does not have the two sentences of each sample'],
    [
      withPair({ ...first, premise: { text: 'ab', spans: [0, 9], tags: [] } }),
      'it does not have the two sentences of each sample',
    ],
    [
      withPair({ ...first, premise: { text: 'ab', spans: [1, 0], tags: [] } }),
      'it does not have the two sentences of each sample',
    ],
    [
      withPair({ ...first, premise: { text: 'ab', spans: [0, 1, 1, 2], tags: ['NN'] } }),
      'it does not have the two sentences of each sample',
    ],
  ])('are refused where they are not: %o', (texts, problem) => {
    expect(sampleTextsProblem(texts, 1)).toBe(problem);
  });
});
