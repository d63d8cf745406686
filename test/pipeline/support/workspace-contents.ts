import { packBundle } from '../../../src/engine/bits/bundle.ts';
import { ActivationCollector } from '../../../src/engine/activation/collector.ts';
import type { Concept, SampleLabels } from '../../../src/engine/concepts.ts';
import { Explainer } from '../../../src/engine/explain.ts';
import type { ConceptId } from '../../../src/engine/ids.ts';
import { defaultSettings } from '../../../src/engine/results/default-settings.ts';
import type { ExplainSettings } from '../../../src/engine/results/explanation.ts';
import type { LayerResults } from '../../../src/engine/results/layer-results.ts';
import { prepareSearch } from '../../../src/engine/search/tables.ts';
import { presets } from '../../../src/onnx/preprocess.ts';
import type { WorkspaceContents } from '../../../src/pipeline/workspace/contents.ts';
import { cellsOf } from '../../engine/support/cells-of.ts';

const sampleCount = 12;
const unitCount = 5;
const grid = { height: 6, width: 6 };
const hash = (letter: string): string => letter.repeat(64);

/** A one-pixel PNG. */
const dot = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAfbLI3wAAAABJRU5ErkJggg=='),
  (letter) => letter.charCodeAt(0),
);

/** Names that could go wrong on the way. */
const names = ['water', '<b>bold</b>', 'größer "als"', '=SUM(A1)', 'sky\u2028'];

/** Settings of the first results. */
export const firstSettings: ExplainSettings = { ...defaultSettings, threshold: { kind: 'quantile', quantile: 0.1 } };

/** Settings of the second results, which share cells and activations with the first. */
export const otherSettings: ExplainSettings = {
  ...defaultSettings,
  ...{ length: 2, beam: 4, candidates: 3, penalty: 0.95, without: ['color'], operators: ['or'] },
  threshold: { kind: 'fixed', above: 0.5 },
};

/** A small made-up workspace: 12 samples of 6 x 6 positions, 5 units of 3 x 3, two results, everything that belongs to them. */
export function workspaceContents(): WorkspaceContents {
  let state = 7;
  const dice = (sides: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
  const concepts: Concept[] = names.map((name, id) => ({
    ...{ id: id as ConceptId, number: id + 10, name, category: id < 3 ? 'object' : 'color' },
  }));
  const samples: SampleLabels[] = [];
  for (let sample = 0; sample < sampleCount; sample++) {
    const plane = (): Uint16Array => Uint16Array.from({ length: 36 }, () => dice(concepts.length + 1));
    samples.push({ planes: [plane(), plane()], everywhere: sample % 3 === 0 ? [1 as ConceptId] : [] });
  }
  const { table, maps } = cellsOf(grid, concepts.length, samples);
  const collector = new ActivationCollector({ unitCount, sampleCount, height: 3, width: 3, keptQuantile: 1 });
  const values = Float32Array.from({ length: sampleCount * unitCount * 9 }, (_, i) =>
    Math.floor(i / 9) % unitCount === 4 ? 0 : dice(1000) / 500,
  );
  collector.add(0, sampleCount, values);
  const activations = collector.finish();
  const search = prepareSearch(table, concepts, { grid });
  const explainer = new Explainer({ search, maps, activations });
  const made = (key: string, settings: ExplainSettings): LayerResults => ({
    ...{ key, madeAt: '2026-11-02T03:04:05.678Z', samplesRead: sampleCount, tookMs: 12, settings, unitCount, concepts },
    probing: {
      ...{ format: 'broden', title: 'made up', contentHash: hash('a'), sampleCount, grid },
      ...{ notes: ['3 rows left out'], synthetic: false },
    },
    activations: {
      ...{ kind: 'model', name: 'm.onnx', hash: hash('b'), layer: 'conv/Relu:0', operator: 'Relu' },
      feed: { kind: 'pictures', preprocessing: presets.imagenet, height: 224, width: 224 },
      ...{ provider: 'wasm', providerNote: 'WebAssembly', runtimeVersion: '1.30.0' },
    },
    unitRange: [0, unitCount - 1],
    categories: ['object', 'color'],
    units: Array.from({ length: unitCount }, (_, unit) => explainer.explain(unit, settings)),
  });
  const sampleNames = Array.from({ length: sampleCount }, (_, sample) => `pictures/${sample}.jpg`);
  const picture = new Blob([dot], { type: 'image/png' });
  return {
    madeAt: '2026-11-03T00:00:00.000Z',
    view: 'page=unit&unit=2',
    results: [
      { results: made('0123456789abcdef', firstSettings), cells: 0, pictures: 0, activations: 0 },
      { results: made('fedcba9876543210', otherSettings), cells: 0, pictures: null, activations: 0 },
    ],
    cells: [
      {
        ...search.buffers,
        maps: maps.buffer,
        names: packBundle({ meta: { names: sampleNames }, arrays: {} }),
      },
    ],
    pictures: [[0, 3, 11].map((sample) => ({ sample, picture }))],
    activations: [
      { buffer: activations.buffer, provider: 'wasm', providerNote: 'WebAssembly', runtimeVersion: '1.30.0' },
    ],
  };
}
