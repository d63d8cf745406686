import { defaultSettings } from '../../src/engine/results/default-settings.ts';
import type { KeptOfProbing, KnownFile, OpenedProbing, ProbingOptions, UnfinishedRun } from '../../src/jobs/api.ts';
import { fakeFeed, fakeModel, fakeProbing, fakeSurvey } from './fake-data.ts';

const ade = { title: 'ADE20K_2021_17_01', contentHash: 'ade20'.repeat(12) };

/** A little of the fake probing set, and two layers of the fake model on it. */
export const fakeKept: KeptOfProbing = {
  contentHash: fakeProbing.contentHash,
  title: fakeProbing.title,
  cells: 3_200_000,
  thumbnails: 2_400_000,
  layers: ['features', 'block4/relu'].map((layer, at) => ({
    ...{ source: fakeModel.hash, sourceName: fakeModel.name, layer },
    ...{ activations: 8_100_000 - at * 2_000_000, results: 310_000, unfinished: 0 },
  })),
};

/** Much of a set as large as the paper's, with two models, one of them not finished. */
export const largeKept: KeptOfProbing = {
  ...ade,
  cells: 214_000_000,
  thumbnails: 88_000_000,
  layers: [
    ...['layer3.1.relu', 'layer4'].map((layer) => ({
      ...{ source: 'feed'.repeat(16), sourceName: 'resnet18_places365_imagenet_normalised.onnx', layer },
      ...{ activations: 620_000_000, results: 1_900_000, unfinished: layer === 'layer4' ? 73_000_000 : 0 },
    })),
    {
      ...{ source: 'beef'.repeat(16), sourceName: 'activations.npy', layer: 'activations.npy' },
      ...{ activations: 91_000_000, results: 800_000, unfinished: 0 },
    },
  ],
};

/** Runs that were broken off: one of the fake files, one of others. */
export const fakeUnfinished: readonly UnfinishedRun[] = [
  {
    id: 'run-a',
    probing: { title: fakeProbing.title, contentHash: fakeProbing.contentHash },
    source: { name: fakeModel.name, hash: fakeModel.hash },
    request: {
      activations: {
        kind: 'model',
        layers: ['features', 'block4/relu'],
        feed: fakeFeed,
      },
      settings: { ...defaultSettings, length: 5 },
      units: null,
      samples: null,
    },
    done: 206,
    total: 480,
    at: '2026-11-23T11:19:00Z',
  },
  {
    id: 'run-b',
    probing: ade,
    source: { name: 'activations.npy', hash: 'beef'.repeat(16) },
    request: { activations: { kind: 'file' }, settings: defaultSettings, units: null, samples: null },
    done: 12_400,
    total: 22_210,
    at: '2026-11-22T09:02:00Z',
  },
];

/** A folder and a model that were opened before; their handles open nothing. */
export const fakeFiles: readonly KnownFile[] = [
  known('folder', 'probing', 'ADE20K_2021_17_01', ade.contentHash),
  known('file', 'model', 'resnet18_places365_imagenet_normalised.onnx', 'feed'.repeat(16)),
];

function known(kind: KnownFile['kind'], role: KnownFile['role'], name: string, hash: string): KnownFile {
  const handle = { kind: kind === 'folder' ? 'directory' : 'file', name } as unknown as FileSystemHandle;
  return { id: `${role}-${name}`, kind, role, name, hash, handle, usedAt: '2026-11-22T09:00:00Z' };
}

/** A large probing set that can be chosen from. */
export const largeProbing: OpenedProbing = {
  ...fakeProbing,
  ...{ ...ade, format: 'ade20k', sampleCount: 22_210, synthetic: false, survey: fakeSurvey },
  notes: ['3 pictures have no annotation and are left out.', 'The file index_ade20k.pkl is not needed.'],
};

/** A probing set of which only some is read. */
export function probed(probing: OpenedProbing, { categories, splits, colors, pairs }: ProbingOptions): OpenedProbing {
  const { survey } = probing;
  const names = survey.categories.map(({ name }) => name).filter((name) => categories?.includes(name) ?? true);
  const chosen = survey.splits.map((split) => ({ ...split, chosen: splits?.includes(split.name) ?? true }));
  const count = chosen.reduce((sum, { samples, chosen: read }) => sum + (read ? samples : 0), 0);
  return {
    ...probing,
    contentHash: Array.from(
      `${names.join()}${splits?.join()}${colors}${pairs ? JSON.stringify(pairs) : ''}`,
      (letter) => letter.charCodeAt(0).toString(16),
    )
      .join('')
      .padEnd(60, '0')
      .slice(-60),
    categories: names,
    sampleCount: survey.splits.length > 0 ? count : probing.sampleCount,
    survey: {
      ...survey,
      categories: survey.categories.map((category) => ({ ...category, probed: names.includes(category.name) })),
      splits: chosen,
      colors: colors === undefined ? survey.colors : colors ? 'computed' : 'off',
      ...(survey.pairs ? { pairs: { ...survey.pairs, ...pairs } } : {}),
    },
  };
}
