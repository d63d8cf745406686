import { activationsOfModel } from '../../src/cli/activations.ts';
import type { Progress } from '../../src/cli/progress.ts';
import { pruneActivations } from '../../src/engine/activation/prune.ts';
import { thinActivations } from '../../src/engine/activation/thin.ts';
import { Explainer } from '../../src/engine/explain.ts';
import { defaultPairSettings, defaultSettings } from '../../src/engine/results/default-settings.ts';
import type { UnitExplanation } from '../../src/engine/results/explanation.ts';
import type { LayerResults } from '../../src/engine/results/layer-results.ts';
import { prepareSearch } from '../../src/engine/search/tables.ts';
import { groupOf, resultsKey } from '../../src/jobs/keys.ts';
import { ingest } from '../../src/pipeline/ingest.ts';
import { packSampleTexts } from '../../src/pipeline/sample-texts.ts';
import type { WorkspaceContents } from '../../src/pipeline/workspace/contents.ts';
import { smallPictures } from './pictures.ts';
import { modelOf, probingOf, type Sample } from './sources.ts';

/** How a sample's ready-made results are made. */
export interface ReadyMade {
  readonly sample: Sample;
  /** Up to this quantile thresholds can be tried without the model. */
  readonly keptQuantile: number;
  /** Fixed thresholds from this on can be tried, too; none, unless told. */
  readonly above?: number;
}

/** Runs a sample's model over its probing set as the page does by default, and collects everything a workspace file holds of it. */
export async function readyMadeContents(
  { sample, keptQuantile, above }: ReadyMade,
  progress: Progress,
): Promise<WorkspaceContents> {
  const started = performance.now();
  const probing = await probingOf(sample);
  const settings = probing.pair ? defaultPairSettings(probing.sampleCount) : defaultSettings;
  const {
    activations: all,
    provenance: ran,
    classes,
  } = await activationsOfModel(await modelOf(sample), probing, { settings, predictions: true }, progress);
  if (ran.kind !== 'model') throw new Error(`The activations of ${sample} come from a file.`);
  const provenance = { ...ran, providerNote: 'Node, WebAssembly' };
  const { table, maps } = await ingest(probing, {
    onProgress: (done, total) => progress('Samples into cells', done, total),
  });
  const { format, title, contentHash, sampleCount, grid, notes, categories, concepts, vectors } = probing;
  const search = prepareSearch(table, concepts, { grid, vectors });
  const pruned = pruneActivations(all, keptQuantile, above);
  // What thinning takes for free is what no mask of a quantile depends on.
  const activations = above === undefined ? thinActivations(pruned, grid) : pruned;
  const explainer = new Explainer({ search, maps, activations });
  const units: UnitExplanation[] = [];
  for (let unit = 0; unit < activations.unitCount; unit++) {
    units.push(explainer.explain(unit, settings));
    progress('Units explained', units.length, activations.unitCount);
  }
  const results: Omit<LayerResults, 'key'> = {
    madeAt: new Date().toISOString(),
    samplesRead: sampleCount,
    tookMs: Math.round(performance.now() - started),
    probing: { format, title, contentHash, sampleCount, grid, notes, synthetic: true },
    activations: provenance,
    settings,
    unitRange: [0, activations.unitCount - 1],
    unitCount: activations.unitCount,
    categories,
    concepts,
    units,
    ...(classes && { classes }),
  };
  const key = await resultsKey(groupOf(results), settings, results.unitRange);
  const { provider, providerNote, runtimeVersion } = provenance;
  return {
    madeAt: results.madeAt,
    view: '',
    results: [{ results: { key, ...results }, cells: 0, pictures: 0, activations: 0 }],
    cells: [{ ...search.buffers, maps: maps.buffer, names: packSampleTexts(probing) }],
    pictures: [await smallPictures(probing)],
    activations: [{ buffer: activations.buffer, provider, providerNote, runtimeVersion }],
  };
}
