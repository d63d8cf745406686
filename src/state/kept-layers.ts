import type { LayerResults } from '../engine/results/layer-results.ts';
import type { OpenedModel, RecentResults } from '../jobs/api.ts';
import { settingsText } from './settings-text.ts';

/** Kept results of other layers of the model that results are of, on the same samples. */
export interface KeptLayers {
  /** Of layers that lie below, the nearest first. Where the order is not known: of all others. */
  readonly below: readonly RecentResults[];
  /** Of layers that lie above, the nearest first. */
  readonly above: readonly RecentResults[];
  /** Whether the order of layers is known: the model tells it, and must be open. */
  readonly ordered: boolean;
}

const byName = new Intl.Collator('en', { numeric: true });

/**
 * Finds kept results that can be held against others, one of each layer: those made with the same settings before others, then the newest.
 *
 * @param model the one that is open, if any
 */
export function keptLayers(
  recent: readonly RecentResults[],
  results: LayerResults,
  model: Pick<OpenedModel, 'hash' | 'layers'> | null,
): KeptLayers {
  const { activations, probing, samplesRead, settings } = results;
  if (activations.kind !== 'model') return { below: [], above: [], ordered: false };
  const { hash, layer: own } = activations;
  const alike = recent.filter(
    (one) =>
      one.activations.kind === 'model' &&
      one.activations.hash === hash &&
      one.probingHash === probing.contentHash &&
      one.samplesRead === samplesRead &&
      one.layer !== own,
  );
  const sameSettings = (one: RecentResults): number => (settingsText(one.settings, settings) === '' ? 1 : 0);
  const best = alike.toSorted(
    (one, other) => sameSettings(other) - sameSettings(one) || (one.madeAt < other.madeAt ? 1 : -1),
  );
  const first = new Map<string, RecentResults>();
  for (const one of best) if (!first.has(one.layer)) first.set(one.layer, one);
  const found = [...first.values()];
  const ordered = model?.hash === hash;
  if (!ordered) {
    return { below: found.sort((one, other) => byName.compare(other.layer, one.layer)), above: [], ordered };
  }
  const places = new Map(model.layers.map(({ tensor }, place) => [tensor, place]));
  const placeOf = (layer: string): number => places.get(layer) ?? -1;
  const here = placeOf(own);
  const sorted = found.sort((one, other) => placeOf(one.layer) - placeOf(other.layer));
  return {
    below: sorted.filter(({ layer }) => placeOf(layer) < here).reverse(),
    above: sorted.filter(({ layer }) => placeOf(layer) > here),
    ordered,
  };
}
