import { UnitMasks } from '../engine/activation/unit-masks.ts';
import { Explainer } from '../engine/explain.ts';
import { cellsOfRun } from '../engine/interchange/cells-of-run.ts';
import type { ExplainSettings } from '../engine/results/explanation.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import { prepareSearch } from '../engine/search/tables.ts';
import { ingest } from '../pipeline/ingest.ts';
import { readVector } from '../probing/npy.ts';
import { activationsOfFile, activationsOfModel, type Progress } from './activations.ts';
import type { Arguments } from './arguments.ts';
import { cliFaults } from './errors.ts';
import { givenFile, givenProbing, sampleModel, sampleProbing } from './sources.ts';
import { checkCategories, explainUnits, unitsAsked } from './units.ts';
import { writeCells } from './write-files.ts';

/** Explains the units asked for, and writes the cells if asked to. @throws Fault */
export async function explain(asked: Arguments, progress: Progress): Promise<LayerResults> {
  const started = performance.now();
  const { sample, categories: chosen, splits, colors } = asked;
  const probing =
    sample === undefined
      ? await givenProbing(asked.probing ?? '', {
          ...(chosen && { categories: chosen }),
          ...(splits && { splits }),
          ...(colors ? {} : { colors }),
        })
      : await sampleProbing(sample);
  const settings = await settingsOf(asked);
  checkCategories(settings, probing.title, probing.categories);
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
  const unitRange = unitsAsked(asked, unitCount);
  const { table, maps } = await ingest(probing, {
    onProgress: (done, total) => progress('Samples into cells', done, total),
  });
  const { format, title, contentHash, sampleCount, grid, notes, categories, concepts } = probing;
  const made = { format, title, contentHash, sampleCount, grid, notes, synthetic: sample !== undefined };
  const search = prepareSearch(table, concepts, { grid, vectors: probing.vectors });
  const masks = new UnitMasks(activations, maps, table.cellCount);
  if (asked.writeCells !== undefined) {
    const { counted, info } = cellsOfRun({
      search,
      masks,
      concepts,
      grid,
      threshold: settings.threshold,
      probing: made,
      activations: provenance,
      onProgress: (done, total) => progress('Units counted', done, total),
    });
    await writeCells(asked.writeCells, counted, info);
  }
  const explainer = new Explainer({ search, maps, activations }, masks);
  const units = explainUnits(unitRange, (unit) => explainer.explain(unit, settings), progress);
  return {
    key: '',
    madeAt: new Date().toISOString(),
    samplesRead: sampleCount,
    tookMs: Math.round(performance.now() - started),
    probing: made,
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
