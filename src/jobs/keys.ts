import type { ExplainSettings } from '../engine/results/explanation.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import { ACTIVATIONS_VERSION } from '../pipeline/versions.ts';
import type { ActivationRequest } from './api.ts';
import type { LayerMeta } from './keeper.ts';

type ModelRequest = Omit<Extract<ActivationRequest, { kind: 'model' }>, 'kind'>;

/** What activations of a model depend on, whatever the provider. */
export function modelGroup(probing: string, model: string, request: ModelRequest): string {
  const { layer, preprocessing, inputHeight, inputWidth } = request;
  const { order, scale, mean, std } = preprocessing;
  return JSON.stringify([
    ACTIVATIONS_VERSION,
    probing,
    model,
    layer,
    [order, scale, mean, std],
    inputHeight,
    inputWidth,
  ]);
}

/** What activations from a file depend on. */
export function fileGroup(probing: string, file: string): string {
  return JSON.stringify([ACTIVATIONS_VERSION, probing, file]);
}

/** The group of the activations behind results. */
export function groupOf({ probing, activations }: LayerResults): string {
  if (activations.kind === 'file') return fileGroup(probing.contentHash, activations.hash);
  const { layer, inputHeight, inputWidth } = activations;
  const preprocessing = activations.preprocessing as ModelRequest['preprocessing'];
  return modelGroup(probing.contentHash, activations.hash, { layer, preprocessing, inputHeight, inputWidth });
}

/** Key of one set of activations of a group. */
export function layerKey(group: string, { provider, runtimeVersion, keptQuantile }: LayerMeta): string {
  return JSON.stringify([group, provider, runtimeVersion, keptQuantile]);
}

/** Key of results: the same for the same question to the same activations, so that a repeated run replaces the one before. */
export async function resultsKey(
  layer: string,
  settings: ExplainSettings,
  range: readonly [number, number],
): Promise<string> {
  const { threshold, length, beam, penalty, candidates, mode, minActive } = settings;
  const question = JSON.stringify([layer, threshold, length, beam, penalty, candidates, mode, minActive, range]);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(question));
  return Array.from(new Uint8Array(digest, 0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
