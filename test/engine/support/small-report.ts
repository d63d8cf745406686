import type { Concept } from '../../../src/engine/concepts.ts';
import type { Formula } from '../../../src/engine/formula/formula.ts';
import { formulaText } from '../../../src/engine/formula/print.ts';
import type { ConceptId, UnitId } from '../../../src/engine/ids.ts';
import { defaultSettings } from '../../../src/engine/results/default-settings.ts';
import type { ScoredFormula, UnitExplanation } from '../../../src/engine/results/explanation.ts';
import type { LayerResults } from '../../../src/engine/results/layer-results.ts';
import type { FormulaMeasures } from '../../../src/engine/results/measures.ts';
import { reportHtml, type ReportOptions } from '../../../src/engine/results/report-html.ts';

/** Text that would do harm if it were markup, in every place where text from files stands. */
export const hostile = `<script>globalThis.harm = 1</script>"'><img src=x onerror=harm()>&amp;`;

const named: readonly (readonly [string, string])[] = [
  ['water', 'object'],
  ['street-s', 'scene'],
  ['blue-c', 'color'],
  ['wheel', 'part'],
  [`${hostile}\u0000\ud800`, hostile],
];
export const concepts: readonly Concept[] = named.map(([name, category], id) => ({
  ...{ id: id as ConceptId, number: id, name, category },
}));

const concept = (id: number): Formula => ({ kind: 'concept', concept: id as ConceptId });
const scored = (formula: Formula, iou: number): ScoredFormula => ({
  ...{ formula, iou, score: iou, size: Math.round(1_000 * iou), intersection: Math.round(400 * iou) },
});
const or: Formula = { kind: 'or', left: concept(0), right: concept(1) };
const grown: Formula = { kind: 'and', left: or, right: { kind: 'not', of: concept(2) } };

function unit(number: number, found: readonly ScoredFormula[], state: UnitExplanation['state']): UnitExplanation {
  const best = found.at(-1) ?? null;
  return {
    ...{ unit: number as UnitId, state, threshold: 1.23456, area: 1_000 * (number + 1), firing: 10 * (number + 1) },
    ...{ best, byLength: found, beam: best ? [best, ...found] : [], top: [] },
  };
}

/** A layer of four units with hostile names everywhere. */
export const results: LayerResults = {
  ...{ key: 'key', madeAt: '2026-11-23T14:10:58.000Z', samplesRead: 400, tookMs: 8_123 },
  probing: {
    ...{ format: 'broden', title: `Set ${hostile}`, contentHash: 'a1b2', sampleCount: 960, synthetic: true },
    ...{ grid: { height: 112, width: 112 }, notes: [`A note ${hostile}`] },
  },
  activations: {
    ...{ kind: 'model', name: `model ${hostile}.onnx`, hash: 'c3d4', layer: `layer ${hostile}`, operator: 'Relu' },
    feed: { kind: 'pictures', preprocessing: { mean: [hostile] }, height: 112, width: 112 },
    provider: 'wasm',
    ...{ providerNote: `WebAssembly ${hostile}`, runtimeVersion: '1.30.0' },
  },
  settings: { ...defaultSettings, without: [hostile] },
  ...{ unitRange: [0, 3], unitCount: 128, categories: ['object', 'scene', 'color', 'part', hostile], concepts },
  units: [
    unit(0, [scored(concept(0), 0.1), scored(or, 0.15), scored(grown, 0.1601)], 'explained'),
    unit(1, [], 'constant'),
    unit(2, [scored(concept(4), 0.25)], 'explained'),
    unit(
      3,
      [scored(concept(3), 0.05), scored({ kind: 'and', left: concept(3), right: concept(2) }, 0.07)],
      'explained',
    ),
  ],
};

/** A red square of one pixel. */
export const redPixel =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==';

const measured: Omit<FormulaMeasures, 'formula'> = {
  ...{ area: 1, size: 1, intersection: 1, iou: 1, activationCoverage: 0.5, detectionAccuracy: 1 / 3 },
  ...{ samplesCoverage: 0.25, explanationCoverage: null, auroc: 0.98765, parts: [] },
};

export const options: ReportOptions = {
  sentence: ({ unit: number, best }) =>
    best
      ? `Unit ${number} fires at ${formulaText(best.formula, (id) => concepts[id].name)}.`
      : `Unit ${number} has no formula.`,
  pictures: ({ unit: number }) =>
    number === 1
      ? []
      : [
          { src: redPixel, caption: `sample ${number}` },
          { src: redPixel, caption: hostile },
        ],
  measures: ({ unit: number, best }) => (best && number === 0 ? { formula: best.formula, ...measured } : null),
};

/** The report's pieces. */
export const pieces = (): string[] => [...reportHtml(results, options)];
