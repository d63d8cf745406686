import type { ActivationPart } from '../../engine/activation/activation-part.ts';
import type { SampleLabels } from '../../engine/concepts.ts';
import type { SentencePair } from '../../engine/text/sentence-pair.ts';
import type { ActivationProvenance } from '../../engine/results/layer-results.ts';

/** Samples that were read and wait to be collected. */
export interface ReadBatch {
  readonly samples: readonly number[];
  /** Of each sample its labels. */
  readonly labels: readonly SampleLabels[];
  /** Activations, or pictures for a model. */
  readonly values: Float32Array;
  /** Sentence pairs for a model; absent of anything else. */
  readonly pairs?: readonly SentencePair[] | null;
}

/** Gives the activations of a layer batch by batch; one batch can be read while the one before is collected. */
export interface LayerSource {
  /** Samples in a batch, at most. */
  readonly step: number;
  readonly provenance: ActivationProvenance;
  /** Reads labels, and activations or pictures. @throws Fault of the readers */
  read(samples: readonly number[]): Promise<ReadBatch>;
  /** Collects what was read, running the model if there is one. @throws Fault of the model */
  collect(batch: ReadBatch): Promise<void>;
  /** See ActivationCollector. */
  takePart(): ActivationPart | null;
  /** See ActivationCollector. @throws RangeError or Fault, if it is of another run */
  addPart(part: ActivationPart): void;
  close(): Promise<void>;
}

/** A layer that was asked for, before anything of it is opened that takes long. */
export interface LayerPlan<Question> {
  readonly question: Question;
  open(): Promise<LayerSource>;
}
