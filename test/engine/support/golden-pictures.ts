import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ActivationCollector } from '../../../src/engine/activation/collector.ts';
import type { KeptActivations } from '../../../src/engine/activation/kept.ts';
import type { Concept, SampleLabels } from '../../../src/engine/concepts.ts';
import type { ExplainSettings } from '../../../src/engine/results/explanation.ts';
import { diskTree } from '../../../src/cli/disk-tree.ts';
import { openProbing } from '../../../src/probing/open.ts';
import { cellsOf } from './cells-of.ts';

/** One unit of a recorded run of the reference program. */
export interface GoldenUnit {
  readonly unit: number;
  readonly threshold: number;
  readonly mask_pixels: number;
  readonly images_over: number;
  readonly formula: string;
  readonly length: number;
  readonly iou: number;
  readonly category: string;
  readonly noncomp: string;
  readonly noncomp_iou: number;
}

/** A recorded run. */
export interface GoldenRun {
  readonly settings: {
    readonly MAX_FORMULA_LENGTH: number;
    readonly BEAM_SIZE: number;
    readonly FORMULA_COMPLEXITY_PENALTY: number;
    readonly BEAM_SEARCH_LIMIT: number | null;
    readonly CATEGORIES: readonly string[];
  };
  readonly n_images: number;
  readonly units: readonly GoldenUnit[];
}

/** A recorded beam: formula and score, best first. */
export type GoldenBeam = readonly (readonly [formula: string, score: number])[];

/** Folder of a golden. */
export const goldenFolder = (name: string): string => fileURLToPath(new URL(`../../golden/${name}/`, import.meta.url));

const json = <Content>(folder: string, file: string): Content =>
  JSON.parse(readFileSync(folder + file, 'utf8')) as Content;

/** The recorded runs of a golden, by file name. */
export function goldenRuns(name: string): readonly (readonly [file: string, run: GoldenRun])[] {
  const folder = goldenFolder(name);
  const files = readdirSync(folder).filter((file) => file.startsWith('expected-'));
  return files.map((file) => [file, json<GoldenRun>(folder, file)]);
}

/** Beams after step 2 and 3, by penalty and quantile, then by unit. */
export const goldenBeams = (name: string): Readonly<Record<string, Readonly<Record<string, readonly GoldenBeam[]>>>> =>
  json<{ traces: Record<string, Record<string, GoldenBeam[]>> }>(goldenFolder(name), 'beams.json').traces;

/** Thresholds by quantile, then by unit. */
export const goldenThresholds = (
  name: string,
): Readonly<Record<string, Readonly<Record<string, { readonly threshold: number }>>>> =>
  json<{ quantiles: Record<string, Record<string, { threshold: number }>> }>(goldenFolder(name), 'thresholds.json')
    .quantiles;

/** The categories the reference probes. */
export const probedCategories = ['object', 'part', 'scene', 'texture', 'color'];

/** A golden's probing set as cells, by our own reader, with the activations beside it. */
export async function openGolden(name: string) {
  const probing = await openProbing(await diskTree(goldenFolder(name)), { categories: probedCategories });
  const samples: SampleLabels[] = [];
  for (let sample = 0; sample < probing.sampleCount; sample++) samples.push(await probing.labels(sample));
  const { table, maps } = cellsOf(probing.grid, probing.concepts.length, samples);
  const concepts: readonly Concept[] = probing.concepts;
  return { probing, concepts, table, maps, activations: goldenActivations(name) };
}

function goldenActivations(name: string): KeptActivations {
  const folder = goldenFolder(name);
  const { shape } = json<{ shape: [number, number, number, number] }>(folder, 'features.json');
  const [sampleCount, unitCount, height, width] = shape;
  const bytes = readFileSync(`${folder}features.bin`);
  const collector = new ActivationCollector({ sampleCount, unitCount, height, width, keptQuantile: 1 });
  collector.add(0, sampleCount, new Float32Array(Uint8Array.from(bytes).buffer));
  return collector.finish();
}

/** A recorded run's settings as ours, with the recorded thresholds. */
export const settingsOf = ({ settings, units }: GoldenRun): ExplainSettings => {
  const thresholds: number[] = [];
  for (const { unit, threshold } of units) thresholds[unit] = threshold;
  return {
    length: settings.MAX_FORMULA_LENGTH,
    beam: settings.BEAM_SIZE,
    penalty: settings.FORMULA_COMPLEXITY_PENALTY,
    candidates: settings.BEAM_SEARCH_LIMIT,
    mode: 'reference',
    minActive: 0,
    minConcept: 0,
    operators: ['or', 'and', 'and-not', 'neighbors'],
    without: [],
    threshold: { kind: 'given', thresholds },
  };
};
