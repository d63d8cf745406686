import type { ExplainSettings } from '../engine/results/explanation.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import { ACTIVATIONS_VERSION, CELLS_VERSION } from '../pipeline/versions.ts';
import type { Feed } from './api.ts';

/** What the activations of one layer of a model depend on, besides model and samples. */
export interface LayerRequest {
  readonly layer: string;
  readonly feed: Feed;
}

/**
 * The samples that are read: `probing` is the content hash of the probing set, `samples` how many of them, spread evenly over it, or null
 * for all.
 */
export interface ReadSamples {
  readonly probing: string;
  readonly samples: number | null;
}

/** Key of the cells of a probing set, or of those of some of its samples. */
export function cellsKey({ probing, samples }: ReadSamples): string {
  return JSON.stringify([CELLS_VERSION, probing, samples]);
}

/** What activations of a model depend on, whatever the provider. */
export function modelGroup({ probing, samples }: ReadSamples, model: string, request: LayerRequest): string {
  const { layer, feed } = request;
  return JSON.stringify([ACTIVATIONS_VERSION, probing, samples, model, layer, ...inputOf(feed)]);
}

/** What of a feed activations depend on. */
function inputOf(feed: Feed): readonly unknown[] {
  if (feed.kind === 'pictures') {
    const { order, scale, mean, std } = feed.preprocessing;
    return [[order, scale, mean, std], feed.height, feed.width];
  }
  const { roles, order, tokenizer, maxTokens } = feed.encoding;
  const named = Object.entries(roles).sort(([one], [other]) => (one < other ? -1 : 1));
  return ['pairs', named, order, tokenizer?.hash ?? null, maxTokens];
}

/** What activations from a file depend on. */
export function fileGroup({ probing, samples }: ReadSamples, file: string): string {
  return JSON.stringify([ACTIVATIONS_VERSION, probing, samples, file]);
}

/** The samples that results were made from. */
export function readSamplesOf({ probing, samplesRead }: Pick<LayerResults, 'probing' | 'samplesRead'>): ReadSamples {
  return { probing: probing.contentHash, samples: samplesRead < probing.sampleCount ? samplesRead : null };
}

/** Whether results were made from a cell table: then neither samples nor activations are behind them. */
export function isOfCells({ probing }: Pick<LayerResults, 'probing'>): boolean {
  return probing.format === 'cells';
}

/** The group of the activations behind results. */
export function groupOf(results: Pick<LayerResults, 'probing' | 'samplesRead' | 'activations'>): string {
  const { activations } = results;
  const read = readSamplesOf(results);
  if (activations.kind === 'file') return fileGroup(read, activations.hash);
  const { layer, feed } = activations;
  return modelGroup(read, activations.hash, { layer, feed: feed as Feed });
}

/** What tells sets of activations of a group apart. */
export interface LayerSet {
  readonly provider: string;
  readonly runtimeVersion: string;
  readonly keptQuantile: number;
}

/** Key of one set of activations of a group. */
export function layerKey(group: string, { provider, runtimeVersion, keptQuantile }: LayerSet): string {
  return JSON.stringify([group, provider, runtimeVersion, keptQuantile]);
}

/**
 * Key of results: the same for the same question to the same layer and samples, so that a repeated run replaces the one before, and
 * that what was made elsewhere is found by the same address.
 *
 * @param group of the activations; see {@link modelGroup} and {@link fileGroup}
 * @param range first and last unit explained
 */
export async function resultsKey(
  group: string,
  settings: ExplainSettings,
  range: readonly [number, number],
): Promise<string> {
  const { threshold, length, beam, penalty, candidates, mode, minActive, minConcept, operators, without } = settings;
  const search = [length, beam, penalty, candidates, mode, minActive, [...operators].sort(), [...without].sort()];
  // Results from before this setting was there keep their key.
  const since = minConcept > 0 ? [{ minConcept }] : [];
  const question = JSON.stringify([group, threshold, ...search, range, ...since]);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(question));
  return Array.from(new Uint8Array(digest, 0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
