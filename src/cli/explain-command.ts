import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Explainer } from '../engine/explain.ts';
import type { ExplainSettings, UnitExplanation } from '../engine/results/explanation.ts';
import { explanationsJson } from '../engine/results/explanations-json.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import { tallyCsv } from '../engine/results/tally.ts';
import { prepareSearch } from '../engine/search/tables.ts';
import { ingest } from '../pipeline/ingest.ts';
import { readVector } from '../probing/npy.ts';
import { activationsOfFile, activationsOfModel, type Progress } from './activations.ts';
import type { Arguments } from './arguments.ts';
import { cliFaults } from './errors.ts';
import { givenFile, givenProbing, sampleModel, sampleProbing } from './sources.ts';

/** Explains the units asked for. @throws Fault */
export async function explain(asked: Arguments, progress: Progress): Promise<LayerResults> {
  const started = performance.now();
  const { sample } = asked;
  const probing =
    sample === undefined ? await givenProbing(asked.probing ?? '', asked.categories) : await sampleProbing(sample);
  const settings = await settingsOf(asked);
  const unknown = settings.without.find((name) => !probing.categories.includes(name));
  if (unknown !== undefined) throw cliFaults['no-such-category'](unknown, probing.title, probing.categories);
  const { activations, provenance } =
    asked.activations === undefined
      ? await activationsOfModel(
          sample === undefined ? await givenFile(asked.model ?? '') : await sampleModel(sample),
          probing,
          { ...asked, settings },
          progress,
        )
      : await activationsOfFile(await givenFile(asked.activations), probing, settings.threshold);
  const { unitCount } = activations;
  if (settings.threshold.kind === 'given' && settings.threshold.thresholds.length !== unitCount) {
    throw cliFaults['thresholds-differ'](asked.thresholds ?? '', settings.threshold.thresholds.length, unitCount);
  }
  const unitRange = asked.units ?? [0, unitCount - 1];
  if (unitRange[1] >= unitCount) throw cliFaults['no-such-units'](unitRange[1], unitCount);
  const { table, maps } = await ingest(probing, {
    onProgress: (done, total) => progress('Samples into cells', done, total),
  });
  const search = prepareSearch(table, probing.concepts, { grid: probing.grid, vectors: probing.vectors });
  const explainer = new Explainer({ search, maps, activations });
  const units: UnitExplanation[] = [];
  for (let unit = unitRange[0]; unit <= unitRange[1]; unit++) {
    units.push(explainer.explain(unit, settings));
    progress('Units explained', units.length, unitRange[1] - unitRange[0] + 1);
  }
  const { format, title, contentHash, sampleCount, grid, notes, categories, concepts } = probing;
  return {
    key: '',
    madeAt: new Date().toISOString(),
    samplesRead: sampleCount,
    tookMs: Math.round(performance.now() - started),
    probing: { format, title, contentHash, sampleCount, grid, notes, synthetic: sample !== undefined },
    activations: provenance,
    settings,
    unitRange,
    unitCount,
    categories,
    concepts,
    units,
  };
}

async function settingsOf({ settings, thresholds }: Arguments): Promise<ExplainSettings> {
  if (thresholds === undefined) return settings;
  const { blob, name } = await givenFile(thresholds);
  const values = readVector(new Uint8Array(await blob.arrayBuffer()), name);
  return { ...settings, threshold: { kind: 'given', thresholds: [...values] } };
}

/** Writes the table and the JSON of results into a folder, made if need be. @returns the paths written */
export async function writeResults(results: LayerResults, folder: string): Promise<readonly string[]> {
  const { activations } = results;
  const layer = activations.kind === 'model' ? activations.layer.replaceAll(/[^\w.-]+/g, '_') : undefined;
  const table = join(folder, layer === undefined ? 'tally.csv' : `tally_${layer}.csv`);
  const json = join(folder, 'explanations.json');
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(table, tallyCsv(results));
    await writeFile(json, explanationsJson(results));
  } catch (error) {
    throw cliFaults['not-readable'](folder, error instanceof Error ? error.message : String(error));
  }
  return [table, json];
}
