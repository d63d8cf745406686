import { hasSharedMemory, newMemory } from '../engine/bits/memory.ts';
import type { Batch } from '../pipeline/batches.ts';
import type { ModelRun } from '../pipeline/model-run.ts';
import type { GatherContext } from './gather.ts';
import { handOver, handOverBatch } from './hand-over.ts';
import type { ReadSamples } from './keys.ts';
import type { ModelPace } from './pace.ts';
import { FIRST_BATCH_SECONDS } from './read-through-model.ts';
import { BATCH_SECONDS } from './sample-reading.ts';

/** What a batch that was only tried told. */
export interface Trial {
  readonly pace: ModelPace;
  /** Sizes of the tapped tensors without their first, in the order of the layers. */
  readonly sizes: readonly (readonly number[])[];
}

/** A run takes longer than its parts do alone: batches wait for each other. */
const SLACK = 1.15;

/** Samples whose labels are read to see how long that takes. */
const TRIED_LABELS = 16;

/**
 * Runs one batch of the open model to see how long a picture takes. The session serves the next run of
 * the same layers.
 *
 * @param withLabels read labels too, as the run will
 * @param signal once it is aborted nothing more is asked of the model, so that a trial never takes it away from a run that has begun
 * @throws Fault of reader, decoder or model; the signal's reason
 */
export async function tryModel(
  { probing, model, probingLink, runtimeLink, cores }: GatherContext & { readonly cores: number },
  run: ModelRun,
  withLabels: boolean,
  signal: AbortSignal,
): Promise<Trial> {
  await Promise.all([probing.ready(), model?.ready()]);
  signal.throwIfAborted();
  const { spec, samples: atATime, length } = await runtimeLink.call('plan', run);
  let batch: Batch = { values: new Float32Array(newMemory(length * Float32Array.BYTES_PER_ELEMENT)), pairs: null };
  const count = Math.min(atATime, run.samples);
  const fill = async (first: number): Promise<number> => {
    const started = performance.now();
    const given = handOver(batch.values);
    batch = await probingLink.callWithin(BATCH_SECONDS, 'fill', first, count, spec, given, withLabels);
    return (performance.now() - started) / 1000;
  };
  // The first batch also warms the reader up.
  const first = await fill(0);
  const again = run.samples >= 2 * count ? await fill(count) : first;
  signal.throwIfAborted();
  const tried = await runtimeLink.callWithin(FIRST_BATCH_SECONDS, 'tryBatch', run, count, handOverBatch(batch));
  // Reading and running go side by side, as far as there are cores: the model takes as many as it has threads.
  const threads = hasSharedMemory() ? Math.min(cores, 4) : 1;
  const together = Math.max(again, tried.seconds, (again + threads * tried.seconds) / cores);
  return { pace: { opening: tried.opening, aPicture: (SLACK * together) / count }, sizes: tried.sizes };
}

/** Reads the labels of some samples to see how long that takes. @returns seconds a sample @throws Fault of the reader */
export async function tryLabels({ probing, probingLink, pace }: GatherContext, read: ReadSamples): Promise<number> {
  await probing.ready();
  const count = Math.min(TRIED_LABELS, read.samples ?? probing.info.sampleCount);
  const started = performance.now();
  await probingLink.callWithin(BATCH_SECONDS, 'readPart', 0, count);
  const aSample = (performance.now() - started) / 1000 / count;
  pace.labelsWereRead(read.probing, aSample);
  return aSample;
}
