import type { Concept } from '../../src/engine/concepts.ts';
import type { Formula } from '../../src/engine/formula/formula.ts';
import type { ConceptId, UnitId } from '../../src/engine/ids.ts';
import type { ExplainSettings, ScoredFormula, UnitExplanation } from '../../src/engine/results/explanation.ts';
import type { Feed, OpenedModel, OpenedProbing, ProbingSurvey } from '../../src/jobs/api.ts';
import { presets } from '../../src/onnx/preprocess.ts';

/** Grid of the fake probing set. */
export const grid = { height: 56, width: 56 };
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
  hasPairs: false,
  hasVectors: false,
  survey: {
    layout: 'Drawn scenes',
    categories: Object.entries(names).map(([name, list]) => ({
      name,
      concepts: list.length,
      samples: 480,
      probed: true,
    })),
    splits: [],
    colors: 'given',
  },
};

/** The survey of a probing set of annotated pictures, as large as the paper's. */
export const fakeSurvey: ProbingSurvey = {
  layout: 'ADE20K, full release',
  categories: [
    { name: 'scene', concepts: 468, samples: 22_210, probed: true },
    { name: 'object', concepts: 1105, samples: null, probed: true },
    { name: 'part', concepts: 234, samples: null, probed: true },
    { name: 'color', concepts: 11, samples: 22_210, probed: true },
  ],
  splits: [
    { name: 'training', samples: 20_210, chosen: true },
    { name: 'validation', samples: 2000, chosen: true },
  ],
  colors: 'computed',
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
    tokens: false,
  })),
  defaultLayer: 'features',
  classOutput: null,
  input: { kind: 'pictures', name: 'image', height: 112, width: 112, preprocessing: presets['zero-to-one'] },
  producer: 'pytorch 1.13',
};

/** How pictures become the fake model's input. */
export const fakeFeed: Feed = { kind: 'pictures', preprocessing: presets['zero-to-one'], height: 112, width: 112 };

/** Numbers from 0 to 1, the same for the same seed. */
export function random(seed: number): () => number {
  let state = seed * 2654435761 + 1;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 374761393) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
}

/** The explanation of a unit: the same for the same unit and settings, and moving plausibly with the settings. */
export function fakeUnit(unit: number, settings: ExplainSettings): UnitExplanation {
  const { threshold: rule, length, beam: width, penalty, operators, without } = settings;
  const next = random(unit + 1);
  const quantile = rule.kind === 'quantile' ? rule.quantile : 0.005;
  const threshold = rule.kind === 'fixed' ? rule.above : 0.8 + next() - Math.log10(quantile / 0.005) / 2;
  const more = quantile / 0.005;
  const base = {
    unit: unit as UnitId,
    threshold,
    area: Math.round((2000 + 9000 * next()) * more),
    firing: Math.min(fakeProbing.sampleCount, Math.round((20 + 90 * next()) * Math.sqrt(more))),
  };
  const nothing = { best: null, byLength: [], beam: [], top: [] };
  if (unit % 41 === 17) return { ...base, ...nothing, state: 'constant', area: 0, firing: 0 };
  if (unit % 53 === 29) return { ...base, ...nothing, state: 'silent', area: 0, firing: 0 };
  const allowed = fakeConcepts.filter(({ category }) => !without.includes(category));
  if (allowed.length === 0) return { ...base, ...nothing, state: 'unrelated' };
  const pick = (): Formula => ({ kind: 'concept', concept: allowed[Math.floor(next() * allowed.length)].id });
  const grow = (left: Formula): Formula => {
    const right = pick();
    const kind = operators.filter((name) => name !== 'neighbors')[
      Math.floor(next() * 3) % Math.max(1, operators.length)
    ];
    if (kind === undefined || kind === 'or') return operators.includes('or') ? { kind: 'or', left, right } : left;
    return { kind: 'and', left, right: kind === 'and-not' ? { kind: 'not', of: right } : right };
  };
  const scored = (formula: Formula, iou: number, step: number): ScoredFormula => {
    const intersection = Math.round(iou * base.area);
    return { formula, iou, score: iou * penalty ** (step - 1), size: Math.round(intersection * 1.8), intersection };
  };
  const byLength: ScoredFormula[] = [];
  let formula = pick();
  let iou = (0.02 + 0.3 * next() ** 2) / Math.sqrt(Math.max(1, more));
  for (let step = 1; step <= length; step += 1) {
    byLength.push(scored(formula, iou, step));
    if (next() < 0.15) continue;
    formula = grow(formula);
    iou *= 1.05 + 0.3 * next();
  }
  const best = byLength[byLength.length - 1];
  const shorter = best.formula.kind === 'or' || best.formula.kind === 'and' ? best.formula.left : best.formula;
  const beam = Array.from({ length: Math.min(width, 10) }, (_, rank) =>
    rank === 0 ? best : scored(grow(shorter), best.iou * (1 - 0.03 * rank), length),
  );
  const top = Array.from({ length: 18 }, (_, rank) => ({
    sample: (unit * 7 + rank * 5) % fakeProbing.sampleCount,
    peak: threshold + (2 - rank * 0.1),
  }));
  return { ...base, state: 'explained', best, byLength, beam, top };
}

/** A mask: an ellipse somewhere. */
export function blob(key: number): Uint8Array {
  const next = random(key + 77);
  const [x, y, r] = [12 + 32 * next(), 12 + 32 * next(), 6 + 16 * next()];
  return Uint8Array.from({ length: grid.width * grid.height }, (_, p) =>
    Number(((p % grid.width) - x) ** 2 + 1.6 * (Math.floor(p / grid.width) - y) ** 2 < r * r),
  );
}

/** Where a formula holds in a sample. */
export function holds(formula: Formula, sample: number): Uint8Array {
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

/** A picture, as an object URL. */
export async function draw(sample: number): Promise<string> {
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
