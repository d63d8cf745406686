import type { KeptOfLayer, KeptOfProbing, ToFree } from '../../../state/app-state.svelte.ts';
import { bytesText, plural } from '../../../figures/text/numbers.ts';

/** What is kept of a model, or of a file of activations, on one probing set. */
export interface KeptModel {
  readonly source: string;
  readonly name: string;
  readonly layers: readonly KeptOfLayer[];
  readonly bytes: number;
}

/** Something that can be freed, and what would go, in words. */
export interface Freeable {
  readonly what: ToFree;
  readonly title: string;
  /** What goes, a line each. */
  readonly goes: readonly string[];
}

/** The models that something is kept of, in the order in which they are met. */
export function keptModels({ layers }: KeptOfProbing): readonly KeptModel[] {
  const sources = [...new Set(layers.map(({ source }) => source))];
  return sources.map((source) => {
    const own = layers.filter((layer) => layer.source === source);
    return { source, name: own[0].sourceName, layers: own, bytes: sum(own.map(bytesOfLayer)) };
  });
}

/** Bytes kept of a probing set, its models included. */
export function bytesOfProbing({ cells, thumbnails, layers }: KeptOfProbing): number {
  return cells + thumbnails + sum(layers.map(bytesOfLayer));
}

/** A probing set with everything made from it. */
export function wholeSet(set: KeptOfProbing): Freeable {
  const models = keptModels(set);
  return {
    what: { probing: set.contentHash },
    title: set.title,
    goes: [
      ...(set.cells > 0 ? [`its concepts, ${bytesText(set.cells)}: the set must be read again`] : []),
      ...(set.thumbnails > 0 ? [`its small pictures, ${bytesText(set.thumbnails)}`] : []),
      ...models.map((model) => `${model.name}, ${plural(model.layers.length, 'layer')}: ${kindsText(model.layers)}`),
    ],
  };
}

/** What was made with one model on a probing set. */
export function modelOn(set: KeptOfProbing, { source, name, layers }: KeptModel): Freeable {
  return {
    what: { probing: set.contentHash, source },
    title: `${name} on ${set.title}`,
    goes: layers.map((layer) => `${layer.layer}: ${kindsText([layer])}`),
  };
}

function bytesOfLayer({ activations, results, unfinished }: KeptOfLayer): number {
  return activations + results + unfinished;
}

function kindsText(layers: readonly KeptOfLayer[]): string {
  const kinds = [
    ['activations', sum(layers.map(({ activations }) => activations))],
    ['results', sum(layers.map(({ results }) => results))],
    ['an unfinished run', sum(layers.map(({ unfinished }) => unfinished))],
  ] as const;
  const kept = kinds.filter(([, bytes]) => bytes > 0);
  return kept.map(([kind, bytes]) => `${kind} ${bytesText(bytes)}`).join(', ') || 'nothing of size';
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
