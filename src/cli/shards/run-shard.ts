import { CellPartBuilder } from '../../engine/cells/cell-part-builder.ts';
import type { Progress } from '../progress.ts';
import type { LayerSource, ReadBatch } from './layer-source.ts';
import { gapsOf, samplesDone } from './manifest.ts';
import type { ShardFolder } from './shard-folder.ts';

/** Bytes read that a step holds, at most, about: what is compressed and written at a time. */
const STEP_BYTES = 64 * 2 ** 20;

/** How a shard is read. */
export interface ShardRun {
  /** Milliseconds of work between two steps, at most but for a batch. */
  readonly saveEvery: number;
  /** Ends the run behind the batch under way, which is saved. */
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/**
 * Reads the samples of a shard that no step has yet, and saves them step by step. Resolves once all are read, or, where the signal was
 * aborted, once what was read is saved.
 *
 * @throws Fault of reader, model or disk; what was saved before stays
 */
export async function runShard(folder: ShardFolder, source: LayerSource, run: ShardRun): Promise<void> {
  const { first, end } = folder.manifest;
  let done = samplesDone(folder.manifest);
  run.progress('Samples of the shard', done, end - first);
  for (const [from, to] of gapsOf(folder.manifest)) {
    const step = new Step(folder, source);
    for await (const batch of batchesOf(source, from, to)) {
      if (run.signal.aborted) break;
      await step.add(batch);
      done += batch.samples.length;
      run.progress('Samples of the shard', done, end - first);
      if (step.milliseconds >= run.saveEvery || step.bytes >= STEP_BYTES) await step.save();
    }
    await step.end();
    if (run.signal.aborted) return;
  }
}

/** Batches in their order; the next one is read while one is worked on. */
async function* batchesOf(source: LayerSource, from: number, to: number): AsyncGenerator<ReadBatch, void, undefined> {
  const read = (first: number): Promise<ReadBatch> => {
    const samples = Array.from({ length: Math.min(source.step, to - first) }, (_, row) => first + row);
    const reading = source.read(samples);
    // Awaited when its turn comes; until then a failure must not count as unhandled.
    reading.catch(() => undefined);
    return reading;
  };
  let next = read(from);
  for (let first = from; first < to; first += source.step) {
    const batch = await next;
    if (first + source.step < to) next = read(first + source.step);
    yield batch;
  }
}

/** Samples that follow each other and are not saved yet. One step is written while the next is read. */
class Step {
  bytes = 0;
  readonly #folder: ShardFolder;
  readonly #source: LayerSource;
  #cells: CellPartBuilder;
  #began = performance.now();
  #saving: Promise<void> = Promise.resolve();

  constructor(folder: ShardFolder, source: LayerSource) {
    this.#folder = folder;
    this.#source = source;
    this.#cells = newBuilder(folder);
  }

  /** Milliseconds since the first sample that is not saved. */
  get milliseconds(): number {
    return performance.now() - this.#began;
  }

  async add(batch: ReadBatch): Promise<void> {
    await this.#source.collect(batch);
    for (const [i, sample] of batch.samples.entries()) this.#cells.add(batch.labels[i], sample);
    this.bytes += batch.values.byteLength;
  }

  /** Has everything added so far written; resolves as soon as more can be added. */
  async save(): Promise<void> {
    const activations = this.#source.takePart();
    if (!activations) return;
    const cells = this.#cells.finish();
    this.#cells = newBuilder(this.#folder);
    this.bytes = 0;
    this.#began = performance.now();
    await this.#saving;
    const { unitCount, height, width, keptQuantile } = activations;
    const layer = { provenance: this.#source.provenance, sizes: { unitCount, height, width, keptQuantile } };
    this.#saving = this.#folder.addStep({ cells, activations }, layer);
    this.#saving.catch(() => undefined);
  }

  /** Resolves once everything is written. */
  async end(): Promise<void> {
    await this.save();
    await this.#saving;
  }
}

function newBuilder({ manifest }: ShardFolder): CellPartBuilder {
  const { probing, concepts } = manifest.question;
  return new CellPartBuilder(probing.grid, concepts.length, probing.sampleCount);
}
