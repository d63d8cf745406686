import type { LayerResults } from '../engine/results/layer-results.ts';
import { ingest } from '../pipeline/ingest.ts';
import { activationsOfFile, activationsOfModel } from './activations.ts';
import type { Arguments } from './arguments.ts';
import { askedModel, askedProbing, askedSettings, provenanceOf } from './asked.ts';
import { checkLayer, explainLayer } from './explain-layer.ts';
import type { Progress } from './progress.ts';
import { givenFile } from './sources.ts';
import { checkCategories } from './units.ts';

/** Explains the units asked for, and writes the cells if asked to. @throws Fault */
export async function explain(asked: Arguments, progress: Progress): Promise<LayerResults> {
  const started = performance.now();
  const probing = await askedProbing(asked);
  const settings = await askedSettings(asked);
  checkCategories(settings, probing.title, probing.categories);
  const { activations, provenance } =
    asked.activations === undefined
      ? await activationsOfModel(await askedModel(asked), probing, { ...asked, settings }, progress)
      : await activationsOfFile(await givenFile(asked.activations), probing, settings.threshold, progress);
  checkLayer(activations.unitCount, { ...asked, settings });
  const { table, maps } = await ingest(probing, {
    onProgress: (done, total) => progress('Samples into cells', done, total),
  });
  const { categories, concepts, vectors } = probing;
  const made = provenanceOf(probing, asked);
  return explainLayer(
    { probing: made, categories, concepts, vectors, table, maps, activations, provenance },
    { ...asked, settings, started },
    progress,
  );
}
