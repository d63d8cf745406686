import { UnitMasks } from '../engine/activation/unit-masks.ts';
import { sceneLabels } from '../engine/analysis/scene-labels.ts';
import { tallyUnits, type UnitTallies } from '../engine/analysis/unit-tallies.ts';
import type { UnitId } from '../engine/ids.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import { resultCsv } from '../engine/results/result-csv.ts';
import { samplesAbove } from '../engine/results/samples-facts.ts';
import { ingest } from '../pipeline/ingest.ts';
import { activationsOfFile, activationsOfModel, type GivenActivations } from './activations.ts';
import type { Arguments } from './arguments.ts';
import { askedModel, askedProbing, askedSettings, provenanceOf } from './asked.ts';
import { checkLayer, explainLayer } from './explain-layer.ts';
import type { Progress } from './progress.ts';
import { givenFile } from './sources.ts';
import { checkCategories } from './units.ts';

/** Results of a run. */
export interface Explained {
  readonly results: LayerResults;
  /** The reference program's table of units of a model of sentence pairs; absent where samples are no pairs. */
  readonly resultTable?: string;
  /** How often the model is right where each unit fires; null where it is not known, absent where no report was asked for. */
  readonly tallies?: UnitTallies | null;
}

/** Explains the units asked for, and writes the cells if asked to. @throws Fault */
export async function explain(asked: Arguments, progress: Progress): Promise<Explained> {
  const started = performance.now();
  const probing = await askedProbing(asked);
  const settings = await askedSettings(asked, probing);
  const isReport = asked.report !== undefined;
  checkCategories(settings, probing.title, probing.categories);
  const made: GivenActivations =
    asked.activations === undefined
      ? await activationsOfModel(
          await askedModel(asked),
          probing,
          { ...asked, settings, predictions: isReport },
          progress,
        )
      : await activationsOfFile(await givenFile(asked.activations), probing, settings.threshold, progress);
  const { activations, provenance } = made;
  checkLayer(activations.unitCount, { ...asked, settings });
  const { table, maps } = await ingest(probing, {
    onProgress: (done, total) => progress('Samples into cells', done, total),
  });
  const { categories, concepts, vectors } = probing;
  const { words, classes } = made;
  const results = await explainLayer(
    {
      probing: provenanceOf(probing, asked),
      words,
      classes,
      categories,
      concepts,
      vectors,
      table,
      maps,
      activations,
      provenance,
    },
    { ...asked, settings, started },
    progress,
  );
  const { pair } = probing;
  const thresholds = new Map(results.units.map(({ unit, threshold }) => [unit, threshold ?? Infinity]));
  const thresholdOf = (unit: UnitId): number => thresholds.get(unit) ?? Infinity;
  if (pair) {
    const gold = Array.from({ length: probing.sampleCount }, (_, sample) => pair(sample).gold);
    const firing = (unit: UnitId): readonly number[] => samplesAbove(activations, unit, thresholdOf(unit));
    const resultTable = resultCsv(results, gold, firing);
    return { results, resultTable, ...(isReport && { tallies: tallyUnits(results, gold, firing) }) };
  }
  if (!isReport) return { results };
  const masks = new UnitMasks(activations, maps, table.cellCount);
  const firing = (unit: UnitId): Uint32Array => masks.bySample(unit, thresholdOf(unit)).samples;
  return { results, tallies: tallyUnits(results, sceneLabels(table, maps, concepts), firing) };
}
