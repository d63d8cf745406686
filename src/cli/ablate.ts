import { ablationAnalysis, type AblationAnalysis, type AblationPart } from '../engine/ablation/ablation-analysis.ts';
import { labelTruth } from '../engine/ablation/truth.ts';
import { matchLabels } from '../engine/analysis/class-match.ts';
import type { CellMaps } from '../engine/cells/cell-maps.ts';
import type { CellTable } from '../engine/cells/cell-table.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import { prepareSearch } from '../engine/search/tables.ts';
import type { AblationBench } from '../pipeline/ablation-bench.ts';
import { AblationTries } from '../pipeline/ablation-tries.ts';
import { batchLength, batchSize, fillBatch, type InputSpec } from '../pipeline/batches.ts';
import { readingOrder } from '../pipeline/reading-order.ts';
import { SearchService } from '../pipeline/search-service.ts';
import type { ProbingSet } from '../probing/probing-set.ts';
import { decodePicture } from '../runtime/decode-node.ts';
import type { Arguments } from './arguments.ts';
import { askedModel } from './asked.ts';
import { planModel } from './model-plan.ts';
import type { Progress } from './progress.ts';

/** A layer that was explained, and the probing set it was explained on. */
export interface AblatedLayer {
  readonly probing: ProbingSet;
  readonly results: LayerResults;
  readonly table: CellTable;
  readonly maps: CellMaps;
  /** Gold labels of all samples, by number; null for those without one. */
  readonly gold: readonly (string | null)[];
}

const parts: Readonly<Record<AblationPart, string>> = {
  units: 'Units switched off',
  pruning: 'Sets of units pruned',
  formulas: 'Formulas in place of units',
};

/** Switches the units of a model's layer off, prunes them, and puts formulas in their place. @throws Fault of model, reader or decoder */
export async function ablate(
  { probing, results, table, maps, gold }: AblatedLayer,
  asked: Arguments & { readonly ablate: number | 'all' },
  progress: Progress,
): Promise<AblationAnalysis> {
  const plan = await planModel(await askedModel(asked), { ...asked, predictions: true });
  const bench = await plan.openBench(results.classes?.names ?? [], asked.threads);
  const wanted = Math.min(asked.ablate === 'all' ? Infinity : asked.ablate, probing.sampleCount);
  await holdSamples(bench, probing, plan.feeder.spec, wanted, progress);
  const ready = await bench.ready();
  const { height, width, ground } = ready;
  const service = new SearchService();
  const { buffers } = prepareSearch(table, probing.concepts, { grid: probing.grid, vectors: probing.vectors });
  service.attach({ search: buffers, maps: maps.buffer });
  const tries = new AblationTries(bench, ready, results.units, (formulas, samples) =>
    service.formulaShares(formulas, samples, { height, width }),
  );
  const analysis = await ablationAnalysis(tries, results, labelTruth(gold, matchLabels(gold, ground.classNames)), {
    leftOut: wanted - ground.samples.length,
    onProgress: ({ part, done, total }) => progress(parts[part], done, total),
  });
  await bench.close();
  return analysis;
}

/** Reads samples in reading order until all asked for are held, or no more fit. */
async function holdSamples(
  bench: AblationBench,
  probing: ProbingSet,
  spec: InputSpec,
  wanted: number,
  progress: Progress,
): Promise<void> {
  const order = readingOrder(probing.sampleCount);
  const values = new Float32Array(batchLength(spec));
  let most = wanted;
  for (let first = 0; first < most;) {
    const samples = [...order.subarray(first, Math.min(most, first + batchSize(spec)))];
    const batch = await fillBatch(probing, samples, spec, decodePicture, values);
    first += samples.length;
    most = Math.max(first, Math.min(wanted, await bench.hold(samples, batch)));
    progress('Samples to switch units off', first, most);
  }
}
