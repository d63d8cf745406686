import type { ActivationProvenance } from '../engine/results/layer-results.ts';
import { pipelineFaults } from '../pipeline/errors.ts';
import type { ModelRun } from '../pipeline/model-run.ts';
import type { OpenedActivations, OpenedModel, OpenedProbing, RunRequest } from './api.ts';
import { jobFaults } from './errors.ts';
import type { LayerMeta } from './keeper.ts';
import { fileGroup, modelGroup, type ReadSamples } from './keys.ts';
import type { Reopening } from './reopening.ts';

/** A layer a run asks for, seen alike whether it is a model's tensor or a file. */
export interface SourceLayer {
  /** Name of the tensor, or of the file. */
  readonly name: string;
  /** Key of what its activations depend on. */
  readonly group: string;
  /** Null where only a run can tell. */
  readonly unitCount: number | null;
  provenance(meta: LayerMeta): ActivationProvenance;
}

/** Where a run's activations come from. */
export interface RunSource {
  /** In the order asked for. */
  readonly layers: readonly SourceLayer[];
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
  { probing, model, activations }: OpenFiles,
  request: RunRequest,
  read: ReadSamples,
  runtimeVersion: () => Promise<string>,
): Promise<RunSource> {
  const { sampleCount, title, hasPictures } = probing.info;
  const wanted = request.activations;
  if (wanted.kind === 'file') {
    if (!activations) throw jobFaults['nothing-open']('file of activations');
    const { name, hash, unitCount, sampleCount: found } = activations.info;
    if (found !== sampleCount) throw pipelineFaults['sample-count'](name, found, title, sampleCount);
    const provenance = (): ActivationProvenance => ({ kind: 'file', name, hash });
    const layer = { name, group: fileGroup(read, hash), unitCount, provenance };
    return { layers: [layer], runtimeVersion: '', run: null };
  }
  if (!model || wanted.kind === 'cells') throw jobFaults['nothing-open']('model');
  if (!hasPictures) throw pipelineFaults['no-pictures'](title);
  const names = [...new Set(wanted.layers)];
  if (names.length === 0) throw pipelineFaults['no-layer']();
  const version = await runtimeVersion();
  const { preprocessing, inputHeight, inputWidth } = wanted;
  const { name, hash } = model.info;
  const layers = names.map((layer): SourceLayer => {
    const { operator = '', unitCount = null } = model.info.layers.find(({ tensor }) => tensor === layer) ?? {};
    return {
      ...{ name: layer, unitCount },
      group: modelGroup(read, hash, { layer, preprocessing, inputHeight, inputWidth }),
      provenance: ({ provider, providerNote }) => ({
        ...{ kind: 'model', name, hash, layer, operator, preprocessing, inputHeight, inputWidth },
        ...{ provider, providerNote, runtimeVersion: version },
      }),
    };
  });
  const { threshold } = request.settings;
  const samples = read.samples ?? sampleCount;
  const size = { height: inputHeight, width: inputWidth };
  return {
    layers,
    runtimeVersion: version,
    run: { ...size, preprocessing, threshold, sampleCount, samples, provider: 'auto' },
  };
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
