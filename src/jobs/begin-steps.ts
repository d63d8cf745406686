import type { StorageWorker } from '../../workers/storage.worker.ts';
import type { RunRequest } from './api.ts';
import type { GatherContext } from './gather.ts';
import { cellsKey, type ReadSamples } from './keys.ts';
import { lockRun } from './run-lock.ts';
import type { RunSource } from './run-source.ts';
import { RunSteps } from './run-steps.ts';
import type { WorkerLink } from './worker-link.ts';

/**
 * What makes two runs the same, as far as they read: the samples, and the layers that are read of them. Thresholds and what is searched do
 * not count: parts of activations tell whether they suit a threshold.
 *
 * @param kept whether the activations of each layer are kept
 */
export function runId(read: ReadSamples, { layers, runtimeVersion }: RunSource, kept: readonly boolean[]): string {
  const groups = layers.filter((_, i) => !kept[i]).map(({ group }) => group);
  return JSON.stringify([cellsKey(read), groups, runtimeVersion]);
}

/** What a run is to read. */
export interface ToRead {
  readonly read: ReadSamples;
  readonly source: RunSource;
  /** Whether the activations of each layer are kept. */
  readonly kept: readonly boolean[];
  /** False where all is kept: then no other tab is in the way. */
  readonly reads: boolean;
}

/** Looks for steps of a run, and makes ready to keep more. @param say tells the person something */
export async function beginSteps(
  context: GatherContext & { readonly storageLink: WorkerLink<StorageWorker> },
  request: RunRequest,
  { read, source, kept, reads }: ToRead,
  say: (sentence: string) => void,
): Promise<RunSteps> {
  const { probing, model, activations, storageLink, probingLink } = context;
  const id = runId(read, source, kept);
  const { title, contentHash, sampleCount } = probing.info;
  const { name = '', hash = '' } = (request.activations.kind === 'model' ? model : activations)?.info ?? {};
  return RunSteps.open({
    storage: storageLink,
    header: {
      ...{ id, request, probing: { title, contentHash }, source: { name, hash } },
      layers: source.layers.filter((_, i) => !kept[i]).map((layer) => layer.name),
      total: read.samples ?? sampleCount,
    },
    lock: reads ? await lockRun(id) : { release: async () => undefined },
    merge: (parts) => probingLink.call('mergeParts', parts),
    say,
  });
}
