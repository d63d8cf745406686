import { expect, it } from 'vitest';
import type { LayerResults } from '../../src/engine/results/layer-results.ts';
import type { EvidenceSources } from '../../src/jobs/evidence-sources.ts';
import { LayerContributions } from '../../src/jobs/layer-contributions.ts';
import type { SearchMember } from '../../src/jobs/search-member.ts';
import type { SearchMemory } from '../../src/pipeline/search-service.ts';
import { explained, is, layer } from '../engine/analysis/support/made-layer.ts';
import { results as given } from '../engine/support/small-report.ts';

function made(name: string, units: number): LayerResults {
  const { activations } = given;
  if (activations.kind !== 'model') throw new Error('the results are to be of a model');
  const list = Array.from({ length: units }, (_, unit) => explained(unit, [[is(0), 0.1]]));
  return { ...layer(list, 1), key: name, activations: { ...activations, layer: name } };
}

const memory: SearchMemory = {
  search: { cells: new ArrayBuffer(1), extras: new ArrayBuffer(1) },
  maps: new ArrayBuffer(1),
  activations: new ArrayBuffer(1),
};

/** What units are made of, with a worker that gives each unit its number, and notes what it reads. */
function open(weights: unknown = null) {
  const asked: { readonly memory: SearchMemory; readonly units: readonly number[] }[] = [];
  const found: string[] = [];
  const worker = {
    ask: async (
      from: SearchMemory,
      _: string,
      units: readonly { readonly unit: number }[],
      below: readonly unknown[],
    ) => {
      asked.push({ memory: from, units: units.map(({ unit }) => unit) });
      return Float32Array.from(units.flatMap(({ unit }) => below.map(() => unit)));
    },
  } as unknown as SearchMember;
  const call = async (...call: readonly unknown[]): Promise<unknown> => {
    found.push(call.join(' '));
    return weights;
  };
  const sources = {
    keeper: { anyLayer: async () => ({ buffer: new ArrayBuffer(2) }) },
    model: () =>
      weights && { link: { call }, opened: { info: { hash: given.activations.hash }, ready: async () => undefined } },
  } as unknown as EvidenceSources;
  const contributions = new LayerContributions(sources, worker, made('up', 20), async () => memory);
  return { asked, found, contributions };
}

it('asks a few units at a time, of the same memory as long as the lower layer is the same', async () => {
  const { asked, contributions } = open();
  const lower = made('low', 3);
  const units = [...Array(20).keys()];
  const answer = await contributions.ask(lower, units, 'iou');
  expect(answer).toEqual({
    ...{ kind: 'values', weights: null },
    values: units.map((unit) => Float32Array.from([unit, unit, unit])),
  });
  expect(asked.map((one) => one.units.length)).toEqual([8, 8, 4]);
  expect(new Set(asked.map((one) => one.memory)).size).toBe(1);
  expect(asked[0].memory.lower?.byteLength).toBe(2);
  await contributions.ask(made('lower', 2), [0], 'correlation');
  expect(asked[3].memory).not.toBe(asked[0].memory);
});

it('ends between two answers, and says which unit there is not', async () => {
  const { asked, contributions } = open();
  const ended = new AbortController();
  ended.abort();
  await expect(contributions.ask(made('low', 3), [0], 'iou', ended.signal)).rejects.toMatchObject({
    code: 'jobs/cancelled',
  });
  await expect(contributions.ask(made('low', 3), [3, 77], 'iou')).rejects.toThrow(
    'Unit 77 is not among these results.',
  );
  expect(asked).toEqual([]);
});

it('reads weights once from the open model, and says so where it is not open', async () => {
  const name = given.activations.name;
  expect(await open().contributions.ask(made('low', 3), [0], 'weight')).toEqual({
    kind: 'none',
    reason: `The weights are in the model's file, which is not open. Open ${name} to see them.`,
    needsModel: true,
  });
  const weights = Float32Array.from({ length: 40 }, (_, at) => at);
  const facts = { operator: 'Conv', positions: 9, addedBeside: false };
  const { found, contributions } = open({ weights, lowerUnits: 2, upperUnits: 20, ...facts });
  const lower = made('low', 2);
  await contributions.ask(lower, [0], 'weight');
  expect(await contributions.ask(lower, [3, 1], 'weight')).toEqual({
    ...{ kind: 'values', weights: facts },
    values: [Float32Array.from([6, 7]), Float32Array.from([2, 3])],
  });
  expect(found).toEqual(['layerWeights low up']);
  const none = open({ reason: 'There is no way.' });
  expect(await none.contributions.ask(lower, [0], 'weight')).toEqual({
    ...{ kind: 'none', reason: 'There is no way.', needsModel: false },
  });
});
