import { UnitMasks } from '../engine/activation/unit-masks.ts';
import type { FurtherAnalyses } from '../engine/analysis/analysis.ts';
import { correlateClasses, type ClassCorrelations } from '../engine/analysis/class-correlations.ts';
import { goldOfPictures } from '../engine/analysis/gold-labels.ts';
import { tallyUnits, type UnitTallies } from '../engine/analysis/unit-tallies.ts';
import type { UnitId } from '../engine/ids.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import { resultCsv } from '../engine/results/result-csv.ts';
import { samplesAbove } from '../engine/results/samples-facts.ts';
import { ingest } from '../pipeline/ingest.ts';
import { ablate } from './ablate.ts';
import { analysesOfRun } from './analyses-of-run.ts';
import { activationsOfFile, activationsOfModel, type GivenActivations } from './activations.ts';
import type { Arguments } from './arguments.ts';
import { askedModel, askedProbing, askedSettings, provenanceOf } from './asked.ts';
import { askedLabels } from './asked-labels.ts';
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
  /** How units and classes go together, where no linear layer tells; null where that is told or not known, absent where no report was asked for. */
  readonly correlations?: ClassCorrelations | null;
  /** Kinds, measures, and what the model loses without its units; what was not asked for is absent. */
  readonly further?: FurtherAnalyses;
}

/** Explains the units asked for, and writes the cells if asked to. @throws Fault */
export async function explain(asked: Arguments, progress: Progress): Promise<Explained> {
  const started = performance.now();
  const probing = await askedProbing(asked);
  const settings = await askedSettings(asked, probing);
  const isReport = asked.report !== undefined;
  checkCategories(settings, probing.title, probing.categories);
  const given = await askedLabels(asked, probing);
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
  const furtherOf = async (gold: readonly (string | null)[]): Promise<FurtherAnalyses> => {
    const made = await analysesOfRun({ probing, results, table, maps, activations }, progress);
    if (asked.ablate === undefined) return made;
    const layer = { probing, results, table, maps, gold };
    return { ...made, ablation: await ablate(layer, { ...asked, ablate: asked.ablate }, progress) };
  };
  const thresholds = new Map(results.units.map(({ unit, threshold }) => [unit, threshold ?? Infinity]));
  const thresholdOf = (unit: UnitId): number => thresholds.get(unit) ?? Infinity;
  if (pair) {
    const gold = given ?? Array.from({ length: probing.sampleCount }, (_, sample) => pair(sample).gold);
    const firing = (unit: UnitId): readonly number[] => samplesAbove(activations, unit, thresholdOf(unit));
    const resultTable = resultCsv(results, gold, firing);
    if (!isReport) return { results, resultTable };
    const tallies = tallyUnits(results, gold, firing);
    return { results, resultTable, tallies, correlations: correlationsOf(made), further: await furtherOf(gold) };
  }
  if (!isReport) return { results };
  const masks = new UnitMasks(activations, maps, table.cellCount);
  const firing = (unit: UnitId): Uint32Array => masks.bySample(unit, thresholdOf(unit)).samples;
  const gold = given ?? goldOfPictures(table, maps, concepts).labels;
  const tallies = tallyUnits(results, gold, firing);
  return { results, tallies, correlations: correlationsOf(made), further: await furtherOf(gold) };
}

/** Correlations of all units with the classes; null where weights say it, or there are no classes. */
function correlationsOf({ activations, classes, outputs }: GivenActivations): ClassCorrelations | null {
  if (!classes || classes.weights || !outputs) return null;
  return correlateClasses(activations, outputs);
}
