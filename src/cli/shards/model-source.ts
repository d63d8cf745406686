import type { SampleLabels } from '../../engine/concepts.ts';
import type { ThresholdRule } from '../../engine/results/explanation.ts';
import { batchLength, batchSize, fillBatch } from '../../pipeline/batches.ts';
import { LayerCollector } from '../../pipeline/collect.ts';
import type { ProbingSet } from '../../probing/probing-set.ts';
import { decodePicture } from '../../runtime/decode-node.ts';
import type { ModelPlan } from '../model-plan.ts';
import type { LayerPlan, LayerSource } from './layer-source.ts';
import type { LayerQuestion } from './shard-question.ts';

/** A layer of a model on the pictures of a probing set. */
export function planModelSource(
  plan: ModelPlan,
  probing: ProbingSet,
  threshold: ThresholdRule,
  threads: number | undefined,
): LayerPlan<LayerQuestion> {
  return { question: plan.question, open: () => modelSource(plan, probing, threshold, threads) };
}

async function modelSource(
  plan: ModelPlan,
  probing: ProbingSet,
  threshold: ThresholdRule,
  threads: number | undefined,
): Promise<LayerSource> {
  const { feeder, layer } = plan;
  const input = feeder.spec;
  const { session, provenance } = await plan.open(threads);
  const collector = new LayerCollector({ fixedBatch: input.fixedBatch, layer, threshold }, probing.sampleCount);
  // One is filled while the model runs on the other.
  const slots = [new Float32Array(batchLength(input)), new Float32Array(batchLength(input))];
  let batches = 0;
  return {
    step: batchSize(input),
    provenance,
    async read(samples) {
      const values = slots[batches++ % slots.length];
      const labels = new Map<number, SampleLabels>();
      const batch = await fillBatch(probing, samples, input, decodePicture, values, async (sample) => {
        labels.set(sample, await probing.labels(sample));
      });
      return { samples, labels: samples.flatMap((sample) => labels.get(sample) ?? []), ...batch };
    },
    async collect({ samples, values, pairs = null }) {
      const { tensors, encoded } = await feeder.run(session, samples.length, { values, pairs });
      collector.add(samples, tensors[layer.tensor], encoded);
    },
    takePart: () => collector.takePart(),
    addPart: (part) => collector.addPart(part),
    close: () => session.close(),
  };
}
