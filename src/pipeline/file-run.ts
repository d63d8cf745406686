import { openActivationPart } from '../engine/activation/activation-part.ts';
import { ActivationCollector } from '../engine/activation/collector.ts';
import type { ThresholdRule } from '../engine/results/explanation.ts';
import type { ActivationFile } from '../probing/activation-values.ts';
import { collectedLayer, MOST_SNAPSHOT_BYTES, type CollectedLayer } from './collected-layer.ts';
import { keptQuantileFor } from './kept-quantile.ts';
import { readingOrder, spreadSamples } from './reading-order.ts';

/** What is to be read of a file of activations. Plain data. */
export interface FileRun {
  readonly threshold: ThresholdRule;
  /** Samples to read: the first ones in reading order. */
  readonly samples: number;
  /**
   * `spread`: in reading order, so that the first part stands for the whole, a small read for each sample. `ascending`: as they lie in the
   * file, fastest.
   */
  readonly order: 'spread' | 'ascending';
}

const VALUES_AT_A_TIME = 4 * 2 ** 20;

/** Reads activations from a file. */
export class FileReading {
  /** Samples to be read at a time. */
  readonly step: number;
  readonly #file: ActivationFile;
  readonly #order: Uint32Array;
  readonly #collector: ActivationCollector;

  /** @throws Fault `pipeline/too-many-values` */
  constructor(file: ActivationFile, { threshold, samples, order }: FileRun) {
    const { units, height, width } = file;
    const size = { unitCount: units, height, width };
    const keptQuantile = keptQuantileFor({ ...size, sampleCount: samples }, threshold);
    this.step = Math.max(1, Math.floor(VALUES_AT_A_TIME / (units * height * width)));
    this.#file = file;
    this.#order =
      order === 'spread' ? readingOrder(file.samples).subarray(0, samples) : spreadSamples(file.samples, samples);
    const sampleCount = file.samples;
    this.#collector = new ActivationCollector({ ...size, sampleCount, samplesToRead: samples, keptQuantile });
  }

  /** Reads samples by their places in the order. @throws Fault naming the file */
  async read(first: number, count: number): Promise<void> {
    const runs = neighbours([...this.#order.subarray(first, first + count)]);
    const values = await Promise.all(runs.map((run) => this.#file.read(run[0], run.length)));
    for (const [i, run] of runs.entries()) this.#collector.addSamples(run, values[i]);
  }

  /** What was read so far, or null where that is too much to be laid out twice. */
  soFar(): readonly CollectedLayer[] | null {
    return this.#collector.bytes > MOST_SNAPSHOT_BYTES ? null : [collectedLayer(this.#collector.finish())];
  }

  /** What was kept of the samples read since the last call, an ActivationPart; null where nothing was read. */
  takePart(): ArrayBufferLike | null {
    return this.#collector.takePart()?.buffer ?? null;
  }

  /** Adds what the same run kept before it was broken off. @throws RangeError, if a part is of another run */
  addParts(parts: readonly ArrayBufferLike[]): void {
    for (const part of parts) this.#collector.addPart(openActivationPart(part));
  }

  /** Everything read; nothing can be read afterwards. */
  finish(): CollectedLayer {
    return collectedLayer(this.#collector.end());
  }
}

/** Samples that follow each other, together. */
function neighbours(samples: readonly number[]): readonly number[][] {
  const runs: number[][] = [];
  for (const sample of samples) {
    const last = runs.at(-1);
    if (last?.at(-1) === sample - 1) last.push(sample);
    else runs.push([sample]);
  }
  return runs;
}
