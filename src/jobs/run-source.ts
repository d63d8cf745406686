import type { ActivationProvenance } from '../engine/results/layer-results.ts';
import { pipelineFaults } from '../pipeline/errors.ts';
import type { ModelRun } from '../pipeline/model-run.ts';
import { wordsLayer } from '../pipeline/companions.ts';
import type { OpenedActivations, OpenedModel, OpenedProbing, RunRequest } from './api.ts';
import { jobFaults } from './errors.ts';
import type { LayerMeta } from './keeper.ts';
import type { OpenTokenizer } from './open-files.ts';
import { fileGroup, modelGroup, type ReadSamples } from './keys.ts';
import type { Reopening } from './reopening.ts';

/**
 * A layer a run reads, seen alike whether it is a model's tensor or a file. Layers that were asked for come first and are explained; of those
 * that go with them, the class output and the words where tokens peak, only the highest value of each sample is read.
 */
export interface SourceLayer {
  /** Name of the tensor, or of the file. */
  readonly name: string;
  /** Key of what its activations depend on. */
  readonly group: string;
  /** Null where only a run can tell. */
  readonly unitCount: number | null;
  /** Whether its units are explained. */
  readonly explained: boolean;
  provenance(meta: LayerMeta): ActivationProvenance;
}

/** Where a run's activations come from. */
export interface RunSource {
  /** Those asked for in that order, then those that go with them. */
  readonly layers: readonly SourceLayer[];
  /** Name of the layer with a number for each class; null where none is read. */
  readonly classOutput: string | null;
  /** Why no predictions are kept of a model that makes some, in a sentence; null otherwise. */
  readonly withoutPredictions: string | null;
  /** Version of onnxruntime in use; empty for files. */
  readonly runtimeVersion: string;
  /** What to run, less the layers; null for a file. */
  readonly run: Omit<ModelRun, 'layers'> | null;
}

/** What is open. */
export interface OpenFiles {
  readonly probing: Reopening<OpenedProbing>;
  readonly model: Reopening<OpenedModel> | null;
  readonly activations: Reopening<OpenedActivations> | null;
  readonly tokenizer: OpenTokenizer | null;
}

/** Which samples a run reads. @throws Fault `pipeline/sample-number` */
export function samplesToRead({ samples }: RunRequest, { contentHash, sampleCount }: OpenedProbing): ReadSamples {
  if (samples !== null && (!Number.isInteger(samples) || samples < 1)) throw pipelineFaults['sample-number'](samples);
  return { probing: contentHash, samples: samples !== null && samples < sampleCount ? samples : null };
}

/**
 * Finds out where a run's activations come from.
 *
 * @param runtimeVersion asks for onnxruntime's version
 * @throws Fault, if nothing is open or what is open does not fit
 */
export async function runSource(
  { probing, model, activations, tokenizer }: OpenFiles,
  request: RunRequest,
  read: ReadSamples,
  runtimeVersion: () => Promise<string>,
): Promise<RunSource> {
  const { sampleCount, title, hasPictures, hasPairs } = probing.info;
  const wanted = request.activations;
  if (wanted.kind === 'file') {
    if (!activations) throw jobFaults['nothing-open']('file of activations');
    const { name, hash, unitCount, sampleCount: found } = activations.info;
    if (found !== sampleCount) throw pipelineFaults['sample-count'](name, found, title, sampleCount);
    const provenance = (): ActivationProvenance => ({ kind: 'file', name, hash });
    const layer = { name, group: fileGroup(read, hash), unitCount, explained: true, provenance };
    return { layers: [layer], classOutput: null, withoutPredictions: null, runtimeVersion: '', run: null };
  }
  if (!model || wanted.kind === 'cells') throw jobFaults['nothing-open']('model');
  const { feed } = wanted;
  if (feed.kind === 'pictures' && !hasPictures) throw pipelineFaults['no-pictures'](title);
  if (feed.kind === 'pairs' && !hasPairs) throw pipelineFaults['no-pairs'](title);
  const names = [...new Set(wanted.layers)];
  if (names.length === 0) throw pipelineFaults['no-layer']();
  const version = await runtimeVersion();
  const { name, hash } = model.info;
  const choices = new Map(model.info.layers.map((choice) => [choice.tensor, choice]));
  const classCount = choices.get(model.info.classOutput ?? '')?.unitCount ?? 0;
  const withoutPredictions = feed.kind === 'pictures' ? tooManyClasses(classCount, sampleCount) : null;
  const classOutput = withoutPredictions === null ? model.info.classOutput : null;
  const beside = [
    ...(classOutput === null || names.includes(classOutput) ? [] : [classOutput]),
    ...names.filter((layer) => choices.get(layer)?.tokens).map(wordsLayer),
  ];
  const layers = [...names, ...beside].map((layer): SourceLayer => {
    const { operator = '', unitCount = null } = choices.get(layer) ?? {};
    return {
      ...{ name: layer, unitCount, explained: !beside.includes(layer) },
      group: modelGroup(read, hash, { layer, feed }),
      provenance: ({ provider, providerNote }) => ({
        ...{ kind: 'model', name, hash, layer, operator, feed, provider, providerNote, runtimeVersion: version },
      }),
    };
  });
  const { threshold } = request.settings;
  const samples = read.samples ?? sampleCount;
  const named = feed.kind === 'pairs' ? feed.encoding.tokenizer : null;
  return {
    layers,
    classOutput,
    withoutPredictions,
    runtimeVersion: version,
    run: {
      ...{ feed, threshold, sampleCount, samples, peaksOnly: beside, provider: 'auto' },
      tokenizer: named !== null && tokenizer?.info.hash === named.hash ? tokenizer.file : null,
    },
  };
}

/** Classes of a model of pictures, and bytes of their numbers on all samples of the set, up to which its predictions are kept. */
const MOST_CLASSES = 2000;
const MOST_CLASS_BYTES = 128 * 2 ** 20;

/** Why a model of pictures has too many classes for its predictions to be kept, in a sentence; null where it has not. */
function tooManyClasses(classes: number, samples: number): string | null {
  const told = `The model's predictions are not kept: it has ${classes} classes`;
  if (classes > MOST_CLASSES) return `${told}, and they are kept of ${MOST_CLASSES} at most.`;
  const bytes = classes * samples * Float32Array.BYTES_PER_ELEMENT;
  if (bytes <= MOST_CLASS_BYTES) return null;
  return `${told}, whose numbers on ${samples} samples would take ${Math.ceil(bytes / 2 ** 20)} MB. Up to 128 MB they are kept.`;
}

/** First and last unit a run explains of a layer. @throws Fault, if they or the given thresholds do not fit */
export function unitRange({ units, settings }: RunRequest, unitCount: number): readonly [number, number] {
  const { threshold } = settings;
  if (threshold.kind === 'given' && threshold.thresholds.length !== unitCount) {
    throw pipelineFaults['threshold-count'](threshold.thresholds.length, unitCount);
  }
  if (!units) return [0, unitCount - 1];
  const [first, last] = units;
  const inside = Number.isInteger(first) && Number.isInteger(last) && first >= 0 && first <= last && last < unitCount;
  if (!inside) throw pipelineFaults['unit-range'](first, last, unitCount);
  return units;
}
