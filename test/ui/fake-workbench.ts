import { Fault } from '../../src/engine/fault.ts';
import type { Concept } from '../../src/engine/concepts.ts';
import type { Formula } from '../../src/engine/formula/formula.ts';
import type { ConceptId, UnitId } from '../../src/engine/ids.ts';
import type { ScoredFormula, UnitExplanation } from '../../src/engine/results/explanation.ts';
import type { LayerResults } from '../../src/engine/results/layer-results.ts';
import type {
  Evidence,
  Job,
  OpenedModel,
  OpenedProbing,
  RunListener,
  RunRequest,
  Workbench,
} from '../../src/jobs/api.ts';

/** How a fake workbench behaves. */
export interface FakeOptions {
  readonly unitCount?: number;
  /** Milliseconds between batches of eight units. */
  readonly pace?: number;
}

const grid = { height: 56, width: 56 };
const names: Readonly<Record<string, readonly string[]>> = {
  scene: ['street-s', 'harbour-s', 'beach-s', 'farm-s', 'forest-s', 'kitchen-s'],
  object: [
    'sky',
    'water',
    'sand',
    'grass',
    'tree',
    'house',
    'car',
    'boat',
    'person',
    'sun',
    'lighthouse',
    'traffic light',
  ],
  part: ['roof', 'wheel', 'hull', 'leaves', 'door', 'sail'],
  color: ['blue-c', 'green-c', 'red-c', 'yellow-c', 'white-c', 'gray-c'],
};

/** Concepts of the fake probing set. */
export const fakeConcepts: readonly Concept[] = Object.entries(names)
  .flatMap(([category, list]) => list.map((name) => ({ category, name })))
  .map(({ category, name }, index) => ({ id: index as ConceptId, number: index + 1, name, category }));

/** The fake probing set. */
export const fakeProbing: OpenedProbing = {
  format: 'scenes',
  title: 'Scenes',
  contentHash: 'c0ffee'.repeat(10),
  sampleCount: 480,
  grid,
  notes: ['Drawn by a seeded generator.'],
  synthetic: true,
  concepts: fakeConcepts,
  categories: Object.keys(names),
  hasPictures: true,
  hasVectors: false,
};

/** The fake model. */
export const fakeModel: OpenedModel = {
  name: 'scenes.onnx',
  hash: 'ab12cd34ef56'.repeat(5),
  bytes: 2_140_000,
  layers: Array.from({ length: 14 }, (_, index) => ({
    tensor: index === 12 ? 'features' : `block${Math.floor(index / 2)}/${index % 2 ? 'relu' : 'conv'}`,
    operator: index % 2 ? 'Relu' : 'Conv',
    shape: ['batch', 32 << Math.floor(index / 5), 56 >> Math.floor(index / 5), 56 >> Math.floor(index / 5)],
    unitCount: 32 << Math.floor(index / 5),
    probeable: true,
  })),
  defaultLayer: 'features',
  inputName: 'image',
  inputHeight: 112,
  inputWidth: 112,
  preprocessing: { preset: 'zero-to-one', order: 'RGB', scale: 1 / 255, mean: [0, 0, 0], std: [1, 1, 1] },
  producer: 'pytorch 1.13',
};

function random(seed: number): () => number {
  let state = seed * 2654435761 + 1;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 374761393) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
}

function fakeUnit(unit: number, length: number): UnitExplanation {
  const next = random(unit + 1);
  const threshold = 0.8 + next();
  const base = {
    unit: unit as UnitId,
    threshold,
    area: Math.round(2000 + 9000 * next()),
    firing: Math.round(20 + 90 * next()),
  };
  const nothing = { best: null, byLength: [], beam: [], top: [] };
  if (unit % 41 === 17) return { ...base, ...nothing, state: 'constant', area: 0, firing: 0 };
  if (unit % 53 === 29) return { ...base, ...nothing, state: 'silent', area: 0, firing: 0 };
  const pick = (): Formula => ({ kind: 'concept', concept: Math.floor(next() * fakeConcepts.length) as ConceptId });
  const byLength: ScoredFormula[] = [];
  let formula = pick();
  let iou = 0.02 + 0.3 * next() ** 2;
  for (let step = 1; step <= length; step += 1) {
    const intersection = Math.round(iou * base.area);
    byLength.push({ formula, iou, score: iou, size: Math.round(intersection * 1.8), intersection });
    const right = pick();
    const kind = next();
    if (kind < 0.15) continue;
    formula =
      kind < 0.55
        ? { kind: 'or', left: formula, right }
        : { kind: 'and', left: formula, right: kind < 0.8 ? { kind: 'not', of: right } : right };
    iou *= 1.05 + 0.3 * next();
  }
  const best = byLength[byLength.length - 1];
  const beam = [
    best,
    ...Array.from({ length: 5 }, (_, rank) => {
      const lower = best.iou * (0.97 - 0.03 * rank);
      return {
        ...best,
        formula: {
          kind: 'or',
          left: best.formula.kind === 'or' ? best.formula.left : best.formula,
          right: pick(),
        } as Formula,
        iou: lower,
        score: lower,
      };
    }),
  ];
  const top = Array.from({ length: 18 }, (_, rank) => ({
    sample: (unit * 7 + rank * 5) % 480,
    peak: threshold * (3 - rank * 0.1),
  }));
  return { ...base, state: 'explained', best, byLength, beam, top };
}

function blob(key: number): Uint8Array {
  const next = random(key + 77);
  const [x, y, r] = [12 + 32 * next(), 12 + 32 * next(), 6 + 16 * next()];
  return Uint8Array.from({ length: grid.width * grid.height }, (_, p) =>
    Number(((p % grid.width) - x) ** 2 + 1.6 * (Math.floor(p / grid.width) - y) ** 2 < r * r),
  );
}

function holds(formula: Formula, sample: number): Uint8Array {
  switch (formula.kind) {
    case 'concept':
      return blob(sample * 31 + formula.concept);
    case 'neighbors':
      return blob(sample * 31 + formula.of);
    case 'not':
      return holds(formula.of, sample).map((value) => 1 - value);
    default: {
      const [left, right] = [holds(formula.left, sample), holds(formula.right, sample)];
      return left.map((value, p) => (formula.kind === 'and' ? value & right[p] : value | right[p]));
    }
  }
}

async function draw(sample: number): Promise<string> {
  const canvas = new OffscreenCanvas(112, 112);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  const next = random(sample);
  const colors = ['#bfe0f2', '#86b8d8', '#e7d3a0', '#7fb069', '#c94f4f', '#f2c14e', '#8d99ae'];
  context.fillStyle = colors[Math.floor(next() * 2)];
  context.fillRect(0, 0, 112, 112);
  context.fillStyle = colors[2 + Math.floor(next() * 2)];
  context.fillRect(0, 50 + 20 * next(), 112, 112);
  for (let index = 0; index < 6; index += 1) {
    context.fillStyle = colors[Math.floor(next() * colors.length)];
    context.fillRect(100 * next(), 100 * next(), 8 + 24 * next(), 8 + 24 * next());
  }
  return URL.createObjectURL(await canvas.convertToBlob());
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A workbench that reads and computes nothing and answers with plausible data, for tests of the page and work on its looks. */
export class FakeWorkbench implements Workbench {
  readonly #unitCount: number;
  readonly #pace: number;
  readonly #kept = new Map<string, LayerResults>();
  readonly #pictures = new Map<number, Promise<string>>();

  constructor({ unitCount = 128, pace = 120 }: FakeOptions = {}) {
    this.#unitCount = unitCount;
    this.#pace = pace;
    const results = this.#made(
      {
        settings: {
          threshold: { kind: 'quantile', quantile: 0.005 },
          length: 3,
          beam: 10,
          penalty: 1,
          candidates: null,
          mode: 'default',
          minActive: 0,
        },
        units: null,
        activations: { kind: 'file' },
      },
      'kept',
    );
    this.#kept.set('kept', results);
  }

  async openProbing(source: Parameters<Workbench['openProbing']>[0]): Promise<OpenedProbing> {
    await wait(this.#pace);
    if (source.kind === 'zip' && source.file.size < 100) {
      throw new Fault(
        'probing/broken-zip',
        `${source.file.name} is not a complete zip file. Make it again and drop it again.`,
      );
    }
    return fakeProbing;
  }

  async openModel(source: Parameters<Workbench['openModel']>[0]): Promise<OpenedModel> {
    await wait(this.#pace);
    if (typeof source !== 'string' && !source.name.endsWith('.onnx')) {
      throw new Fault(
        'onnx/not-onnx',
        `${source.name} is not an ONNX model. Export the model to ONNX and drop that file.`,
      );
    }
    return fakeModel;
  }

  async openActivations(file: File): ReturnType<Workbench['openActivations']> {
    await wait(this.#pace);
    return { name: file.name, hash: 'feed'.repeat(16), sampleCount: 480, unitCount: 64, grid: { height: 7, width: 7 } };
  }

  run(request: RunRequest, listener: RunListener): Job<LayerResults> {
    let cancelled = false;
    const step = async (): Promise<void> => {
      await wait(this.#pace);
      if (cancelled) throw new Fault('jobs/cancelled', 'The run was cancelled.');
    };
    const work = async (): Promise<LayerResults> => {
      listener.onProgress({ stage: 'concepts', done: 480, total: 480, secondsLeft: 0 });
      for (let done = 0; done <= 480; done += 120) {
        listener.onProgress({
          stage: 'activations',
          done,
          total: 480,
          secondsLeft: (480 - done) / 60,
          note: 'WebAssembly on 2 threads: this browser has no WebGPU.',
        });
        await step();
      }
      for (let done = 0; done < this.#unitCount; done += 8) {
        listener.onUnits(
          Array.from({ length: Math.min(8, this.#unitCount - done) }, (_, index) =>
            fakeUnit(done + index, request.settings.length),
          ),
        );
        listener.onProgress({
          stage: 'search',
          done: done + 8,
          total: this.#unitCount,
          secondsLeft: (this.#unitCount - done) / 60,
        });
        await step();
      }
      const results = this.#made(request, `run-${this.#kept.size}`);
      this.#kept.set(results.key, results);
      return results;
    };
    return { finished: work(), cancel: () => (cancelled = true) };
  }

  async recent(): ReturnType<Workbench['recent']> {
    return [...this.#kept.values()].map(({ key, madeAt, unitCount }) => ({
      key,
      madeAt,
      title: 'Scenes',
      layer: 'features',
      unitCount,
    }));
  }

  async results(key: string): Promise<LayerResults | null> {
    return this.#kept.get(key) ?? null;
  }

  evidence(): Evidence {
    return {
      thumbnail: (sample) => {
        const kept = this.#pictures.get(sample) ?? draw(sample);
        this.#pictures.set(sample, kept);
        return kept;
      },
      sampleName: async (sample) => `scene-${String(sample).padStart(4, '0')}.png`,
      unitMask: async (unit, sample) => blob(unit * 1009 + sample),
      formulaMask: async (formula, sample) => holds(formula, sample),
      conceptsIn: async (sample) => [sample % 6, 6 + (sample % 12), 18 + (sample % 6)],
    };
  }

  async clearStorage(): Promise<void> {
    this.#kept.clear();
  }

  async storage(): ReturnType<Workbench['storage']> {
    return { used: 18_400_000, quota: 2_000_000_000 };
  }

  #made(request: RunRequest, key: string): LayerResults {
    return {
      key,
      madeAt: '2026-11-23T11:31:00Z',
      tookMs: 21_000,
      probing: fakeProbing,
      activations: {
        kind: 'model',
        name: fakeModel.name,
        hash: fakeModel.hash,
        layer: 'features',
        operator: 'Relu',
        preprocessing: fakeModel.preprocessing,
        inputHeight: 112,
        inputWidth: 112,
        provider: 'wasm',
        providerNote: 'This browser has no WebGPU; WebAssembly runs on 2 threads.',
        runtimeVersion: '1.30.0',
      },
      settings: request.settings,
      unitRange: [0, this.#unitCount - 1],
      unitCount: this.#unitCount,
      categories: fakeProbing.categories,
      concepts: fakeConcepts,
      units: Array.from({ length: this.#unitCount }, (_, unit) => fakeUnit(unit, request.settings.length)),
    };
  }
}
