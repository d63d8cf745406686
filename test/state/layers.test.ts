import { describe, expect, it } from 'vitest';
import { weightLinks } from '../../src/engine/analysis/class-units.ts';
import type { ContributionAnswer, ContributionMeasure } from '../../src/engine/contributions/contributions.ts';
import { contributionsCsv, contributionsJson } from '../../src/engine/contributions/contributions-export.ts';
import type { LayerResults } from '../../src/engine/results/layer-results.ts';
import { labelOf } from '../../src/engine/results/results-label.ts';
import type { Evidence, OpenedModel } from '../../src/jobs/api.ts';
import { keptLayers } from '../../src/state/kept-layers.ts';
import { makeFlow } from '../../src/state/layer-flow.ts';
import { LayerStudy, type StudiedLayer } from '../../src/state/layer-study.ts';
import { explained, is, layer, without } from '../engine/analysis/support/made-layer.ts';
import { results as given } from '../engine/support/small-report.ts';

/** Results of a layer of the same model, with these units explained. */
function made(name: string, units: number, change: Partial<LayerResults> = {}): LayerResults {
  const { activations } = given;
  if (activations.kind !== 'model') throw new Error('the results are to be of a model');
  const list = Array.from({ length: units }, (_, unit) => explained(unit, [[is(unit % 6), unit / 10]]));
  return { ...layer(list, 1), key: name, activations: { ...activations, layer: name }, ...change };
}

/** Evidence that gives these numbers, and notes what it was asked for. */
function evidenceOf(rows: Readonly<Record<string, readonly (readonly number[])[]>>) {
  const asked: string[] = [];
  const contributions = async (
    lower: LayerResults,
    units: readonly number[],
    by: ContributionMeasure,
  ): Promise<ContributionAnswer> => {
    asked.push(`${lower.key} ${by} ${units.join()}`);
    const known = rows[lower.key];
    if (!known) return { kind: 'none', reason: 'Nothing lies between.', needsModel: false };
    return { kind: 'values', values: units.map((unit) => Float32Array.from(known[unit])), weights: null };
  };
  return { asked, evidence: { contributions } as unknown as Evidence };
}

const study = (): LayerStudy =>
  new LayerStudy({ load: () => Promise.resolve(null), evidenceOf: () => evidenceOf({}).evidence });

const options = { onProgress: () => undefined, signal: new AbortController().signal };

describe('kept layers', () => {
  const own = made('b', 2);
  const others = [made('c', 2), made('a', 2), made('d', 2)];
  const model = {
    hash: own.activations.hash,
    layers: ['d', 'a', 'b', 'c'].map((tensor) => ({ tensor })),
  } as unknown as OpenedModel;
  const names = (list: readonly { readonly layer: string }[]): string[] => list.map((one) => one.layer);

  it('are those below and above in the order of the open model, the nearest first', () => {
    const kept = keptLayers([own, ...others].map(labelOf), own, model);
    expect([names(kept.below), names(kept.above), kept.ordered]).toEqual([['a', 'd'], ['c'], true]);
  });

  it('are all others by name where the model is not open', () => {
    for (const open of [null, { ...model, hash: 'another' }]) {
      const kept = keptLayers([own, ...others].map(labelOf), own, open);
      expect([names(kept.below), names(kept.above), kept.ordered]).toEqual([['d', 'c', 'a'], [], false]);
    }
  });

  it('are of the same model, probing set and samples only', () => {
    const strangers = [
      made('x', 1, { activations: { ...own.activations, hash: 'another' } }),
      made('y', 1, { probing: { ...own.probing, contentHash: 'another' } }),
      made('z', 1, { samplesRead: own.samplesRead + 1 }),
      made('f', 1, { activations: { kind: 'file', name: 'f.npy', hash: own.activations.hash } }),
    ];
    expect(keptLayers(strangers.map(labelOf), own, null).below).toEqual([]);
    const file = { ...own, activations: { kind: 'file', name: 'f', hash: own.activations.hash } as const };
    expect(keptLayers(others.map(labelOf), file, model).below).toEqual([]);
  });

  it('are one of each layer: with the same settings first, then the newest', () => {
    const settings = { ...own.settings, length: own.settings.length + 1 };
    const list = [
      made('a', 1, { key: 'other settings', madeAt: '2030-01-01T00:00:00Z', settings }),
      made('a', 1, { key: 'old', madeAt: '2020-01-01T00:00:00Z' }),
      made('a', 1, { key: 'new', madeAt: '2021-01-01T00:00:00Z' }),
    ];
    expect(keptLayers(list.map(labelOf), own, model).below.map(({ key }) => key)).toEqual(['new']);
  });
});

describe('a study of layers', () => {
  it('asks only for what it does not know', async () => {
    const { asked, evidence } = evidenceOf({
      low: [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    });
    const upper: StudiedLayer = { results: made('up', 3), evidence };
    const lower: StudiedLayer = { results: made('low', 2), evidence };
    const one = study();
    const question = { upper, lower, by: 'iou' } as const;
    await one.contributions(question, [1]);
    const answer = await one.contributions(question, [0, 1, 2]);
    expect(answer).toEqual({
      ...{ kind: 'values', weights: null },
      values: [
        [1, 2],
        [3, 4],
        [5, 6],
      ].map((row) => Float32Array.from(row)),
    });
    await one.contributions({ ...question, by: 'correlation' }, [1]);
    expect(asked).toEqual(['low iou 1', 'low iou 0,2', 'low correlation 1']);
  });
});

describe('a flow', () => {
  const { evidence } = evidenceOf({
    mid: [
      [0.5, 0.25, -1],
      [0, 0, 0],
      [0, 0, 1],
    ],
    low: [[1], [1], [1]],
  });
  const mid = { results: made('mid', 3), evidence };
  const low = { results: made('low', 1), evidence };

  it('leads from a class through its units to their contributors', async () => {
    const classes = {
      names: ['sea', 'land'],
      weights: [
        [3, 0],
        [1, 0],
        [-2, 0],
      ],
      predicted: [],
    };
    const results = { ...made('top', 3), classes };
    const links = weightLinks(classes);
    if (!links) throw new Error('there are weights');
    const question = { width: 2, by: 'iou', below: [mid, low], top: { results, evidence } } as const;
    const found = await makeFlow(study(), { ...question, start: { kind: 'class', place: 0, links } }, options);
    expect(found.flow.nodes.map(({ level, number, share }) => [level, number, share])).toEqual([
      [0, 0, 1],
      [1, 0, 0.75],
      [1, 1, 0.25],
      [2, 0, 0.5],
      [2, 1, 0.25],
      [3, 0, 0.75],
    ]);
    expect(found.levels.map((one) => one?.key ?? 'class')).toEqual(['class', 'top', 'mid', 'low']);
    expect(found.ended).toBeNull();
    const none = await makeFlow(study(), { ...question, start: { kind: 'class', place: 1, links } }, options);
    expect(none.ended?.reason).toBe('No explained unit of this layer goes with the class.');
  });

  it('leaves out units that are not explained, and ends where nothing is known', async () => {
    const units = [without(0, 'silent'), ...made('mid', 3).units.slice(1)];
    const few = { results: { ...made('mid', 3), units }, evidence };
    const apart = { results: made('apart', 1), evidence };
    const top = { results: made('top', 3), evidence };
    const question = { start: { kind: 'unit', unit: 0 }, top, width: 8, by: 'correlation' } as const;
    const found = await makeFlow(study(), { ...question, below: [few, apart] }, options);
    expect(found.flow.nodes.map(({ level, number }) => [level, number])).toEqual([
      [0, 0],
      [1, 1],
    ]);
    expect(found.ended).toEqual({ reason: 'Nothing lies between.', needsModel: false });
    const dead = await makeFlow(study(), { ...question, start: { kind: 'unit', unit: 1 }, below: [mid, low] }, options);
    expect(dead.ended?.reason).toBe('No explained unit of the next layer contributes to these.');
  });
});

it('contributions are written as a table and as JSON', () => {
  const [upper, lower] = [made('up', 2), made('low', 3)];
  const contributors = [{ unit: 2, value: 0.5 }];
  const one = {
    upper,
    lower,
    unit: 1,
    by: 'weight',
    contributors,
    inhibitors: [{ unit: 0, value: -2 }],
    unknown: 0,
  } as const;
  expect(contributionsCsv(one).trim().split('\n')).toEqual([
    'upper_layer,unit,by,lower_layer,way,rank,lower_unit,value,iou,formula',
    'up,1,weight,low,contributor,1,2,0.5,0.2,blue',
    'up,1,weight,low,inhibitor,1,0,-2,0,water',
  ]);
  expect(JSON.parse(contributionsJson(one))).toMatchObject({
    ...{ schema: 'formulens/contributions/1', unit: 1, formula: 'river', by: 'weight', unknown: 0 },
    contributors: [{ unit: 2, value: 0.5, iou: 0.2, formula: 'blue' }],
    inhibitors: [{ unit: 0, value: -2, iou: 0, formula: 'water' }],
    lower: { layer: 'low', unitCount: 3 },
  });
});
