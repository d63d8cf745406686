import { ActivationCollector } from '../../engine/activation/collector.ts';
import type { ThresholdRule } from '../../engine/results/explanation.ts';
import { hashFile } from '../../pipeline/hash-file.ts';
import { keptQuantileFor } from '../../pipeline/kept-quantile.ts';
import { readAhead } from '../../pipeline/read-ahead.ts';
import type { ActivationFile } from '../../probing/activation-values.ts';
import type { ProbingSet } from '../../probing/probing-set.ts';
import { openFileFor } from '../activations.ts';
import type { GivenFile } from '../sources.ts';
import type { LayerPlan, LayerSource } from './layer-source.ts';
import type { LayerQuestion } from './shard-question.ts';

/** Values of a file that are read at a time, at most. */
const BATCH_VALUES = 4 * 2 ** 20;

/** Samples that are read at a time, at most: their labels wait in memory. */
const BATCH_SAMPLES = 16;

/** A file of activations for the samples of a probing set. @throws Fault of the reader, or if it is of other samples */
export async function planFile(
  given: GivenFile,
  probing: ProbingSet,
  threshold: ThresholdRule,
): Promise<LayerPlan<LayerQuestion>> {
  const file = await openFileFor(given, probing);
  const provenance = { kind: 'file', name: given.name, hash: await hashFile(given.blob) } as const;
  return {
    question: provenance,
    open: () => Promise.resolve(fileSource(file, probing, threshold, provenance)),
  };
}

function fileSource(
  file: ActivationFile,
  probing: ProbingSet,
  threshold: ThresholdRule,
  provenance: LayerSource['provenance'],
): LayerSource {
  const { samples: sampleCount, units: unitCount, height, width } = file;
  const sizes = { sampleCount, unitCount, height, width };
  const collector = new ActivationCollector({ ...sizes, keptQuantile: keptQuantileFor(sizes, threshold) });
  return {
    step: Math.max(1, Math.min(BATCH_SAMPLES, Math.floor(BATCH_VALUES / (unitCount * height * width)))),
    provenance,
    async read(samples) {
      const labels = [];
      for await (const read of readAhead(samples, (sample) => probing.labels(sample))) labels.push(read);
      return { samples, labels, values: await file.read(samples[0], samples.length) };
    },
    async collect({ samples, values }) {
      collector.addSamples(samples, values);
    },
    takePart: () => collector.takePart(),
    addPart: (part) => collector.addPart(part),
    close: () => Promise.resolve(),
  };
}
