import { defaultPairSettings } from '../../engine/results/default-settings.ts';
import { neighborConcepts } from '../../engine/text/neighbors.ts';
import { ACTIVATIONS_VERSION, CELLS_VERSION } from '../../pipeline/versions.ts';
import type { ProbingSet } from '../../probing/probing-set.ts';
import type { Arguments } from '../arguments.ts';
import { askedModel, askedProbing, askedSettings, provenanceOf } from '../asked.ts';
import { cliFaults } from '../errors.ts';
import { planModel } from '../model-plan.ts';
import type { Progress } from '../progress.ts';
import { givenFile } from '../sources.ts';
import { planFile } from './file-source.ts';
import type { LayerPlan, LayerSource } from './layer-source.ts';
import { gapsOf, samplesDone } from './manifest.ts';
import { planModelSource } from './model-source.ts';
import { readUnharmed } from './part-file.ts';
import { runShard } from './run-shard.ts';
import { ShardFolder } from './shard-folder.ts';
import type { LayerQuestion, ShardQuestion } from './shard-question.ts';
import { readStepActivations, readStepCells } from './step-parts.ts';

/** What a shard is asked for. */
export type ShardAsked = Arguments & {
  readonly shard: { readonly shard: number; readonly of: number };
  readonly out: string;
};

/** How somebody follows and ends the work. */
export interface ShardWatch {
  readonly progress: Progress;
  /** Says a sentence to whoever watches. */
  readonly say: (sentence: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Reads one shard into its folder, going on behind what is there. A shard that is finished is left as it is.
 *
 * @returns whether all samples of the shard are there now; if not, the signal was aborted
 * @throws Fault of probing set, model, file or disk, or if the folder has a shard of another question
 */
export async function readShard(asked: ShardAsked, { progress, say, signal }: ShardWatch): Promise<boolean> {
  const probing = await askedProbing(asked);
  const plan = await planLayer(asked, probing);
  const folder = await ShardFolder.open(asked.out, asked.shard.shard, asked.shard.of, questionOf(asked, probing, plan));
  const { first, end } = folder.manifest;
  const name = `Shard ${asked.shard.shard} of ${asked.shard.of}`;
  await dropHarmed(folder, say);
  if (gapsOf(folder.manifest).length === 0) {
    say(`${name} is finished: ${end - first} samples in ${folder.path}.`);
    return true;
  }
  if ((await folder.tidy()) > 0) say(`${name}: a step that was not whole is done again.`);
  const source = await plan.open();
  try {
    await resume(folder, source, say);
    const before = samplesDone(folder.manifest);
    if (before > 0) say(`${name} goes on: ${before} of ${end - first} samples are there.`);
    await runShard(folder, source, { saveEvery: 1000 * asked.saveEvery, signal, progress });
  } finally {
    await source.close();
  }
  const done = samplesDone(folder.manifest);
  say(
    done === end - first
      ? `${name} is finished: ${done} samples in ${folder.path}.`
      : `${name} was ended: ${done} of ${end - first} samples are saved. Run it again to go on.`,
  );
  return done === end - first;
}

async function planLayer(asked: ShardAsked, probing: ProbingSet): Promise<LayerPlan<LayerQuestion>> {
  const { threshold } = await askedSettings(asked, probing);
  if (asked.activations !== undefined) return planFile(await givenFile(asked.activations), probing, threshold);
  return planModelSource(await planModel(await askedModel(asked), asked), probing, threshold, asked.threads);
}

function questionOf(asked: ShardAsked, probing: ProbingSet, plan: LayerPlan<LayerQuestion>): ShardQuestion {
  const { categories, concepts, grid, vectors } = probing;
  const { threshold } = probing.pair
    ? { ...defaultPairSettings(probing.sampleCount), ...asked.explicit }
    : asked.settings;
  const isText = grid.height * grid.width === 1;
  return {
    versions: { cells: CELLS_VERSION, activations: ACTIVATIONS_VERSION },
    probing: provenanceOf(probing, asked),
    categories,
    concepts,
    neighbors: vectors && isText ? neighborConcepts(concepts, vectors) : null,
    layer: plan.question,
    threshold: asked.thresholds === undefined && threshold.kind !== 'given' ? threshold : { kind: 'given' },
  };
}

/** Forgets steps whose files are not what was written. */
async function dropHarmed(folder: ShardFolder, say: (sentence: string) => void): Promise<void> {
  await dropSteps(folder, say, async ({ cells, activations }) => {
    await readUnharmed(folder.path, cells);
    await readUnharmed(folder.path, activations);
  });
}

/** Tells the collector what is there, which lets it leave out what cannot matter; forgets steps that cannot be read. */
async function resume(folder: ShardFolder, source: LayerSource, say: (sentence: string) => void): Promise<void> {
  checkRuntime(folder, source);
  await dropSteps(folder, say, async (step) => {
    await readStepCells(folder.path, folder.manifest, step);
    source.addPart(await readStepActivations(folder.path, folder.manifest, step));
  });
}

async function dropSteps(
  folder: ShardFolder,
  say: (sentence: string) => void,
  check: (step: ShardFolder['manifest']['steps'][number]) => Promise<void>,
): Promise<void> {
  const harmed: number[] = [];
  for (const step of folder.manifest.steps) {
    await check(step).catch((error: unknown) => {
      harmed.push(step.first);
      const reason = error instanceof Error ? error.message : String(error);
      say(`Samples ${step.first} to ${step.first + step.count - 1} are read again: ${reason}.`);
    });
  }
  if (harmed.length > 0) await folder.drop(harmed);
}

/** Two versions of a runtime need not give the same activations to the last digit. */
function checkRuntime({ path, manifest }: ShardFolder, { provenance: ours }: LayerSource): void {
  const theirs = manifest.layer?.provenance;
  if (theirs?.kind !== 'model' || ours.kind !== 'model') return;
  const different = (['provider', 'runtimeVersion'] as const).filter((field) => theirs[field] !== ours[field]);
  const phrases = different.map((field) => `${field} (${theirs[field]}, not ${ours[field]})`);
  if (phrases.length > 0) throw cliFaults['shard-differs'](path, phrases);
}
