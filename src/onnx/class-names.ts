import { classOutput } from './class-head.ts';
import type { Layer } from './layers.ts';
import type { ModelSummary } from './model-summary.ts';
import { isObject } from './text/read-vocabulary.ts';

/** Classes of a model of pictures up to which its predictions are kept: more than ImageNet's, fewer than ImageNet-21k's. */
const MOST_KEPT_CLASSES = 2000;

/** The classes of a model of pictures. */
export interface PictureClasses {
  /** The output with a number for each class, as classOutput finds it. */
  readonly output: Layer;
  /** In the order of the output. */
  readonly names: readonly string[];
}

/**
 * The classes that a model sorts pictures into. They are called as its metadata say, if that has as many names as the output has numbers,
 * else `class 0`, `class 1` and so on.
 *
 * @param all the model's layers
 * @returns null where it has no output of classes, or one of more than 2,000
 */
export function pictureClasses(summary: ModelSummary, all: readonly Layer[]): PictureClasses | null {
  const tensor = classOutput(summary, all);
  const output = all.find((layer) => layer.tensor === tensor);
  const count = output?.units ?? 0;
  if (!output || count === 0 || count > MOST_KEPT_CLASSES) return null;
  return { output, names: namesOfClasses(summary, count) };
}

/** The names of so many classes: those in the model's metadata, if these are as many, else `class 0`, `class 1` and so on. */
export function namesOfClasses(summary: Pick<ModelSummary, 'metadata'>, count: number): readonly string[] {
  const named = namedClasses(summary);
  return named?.length === count ? named : numberedClasses(count);
}

/**
 * The names of the classes in a model's metadata: `classes`, a JSON list, or `id2label`, a JSON object of numbers and names, as Hugging
 * Face's models have it; undefined where there are none, or a name comes twice.
 */
export function namedClasses({ metadata }: Pick<ModelSummary, 'metadata'>): readonly string[] | undefined {
  return namesIn(metadata.get('classes')) ?? namesIn(metadata.get('id2label'));
}

/** Names of classes that have none. */
export const numberedClasses = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `class ${index}`);

function namesIn(text: string | undefined): readonly string[] | undefined {
  if (text === undefined) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const numbered = isObject(json) ? Object.entries(json).toSorted(([a], [b]) => Number(a) - Number(b)) : [];
  const names: readonly unknown[] = Array.isArray(json) ? json : numbered.map(([, name]) => name);
  if (names.length === 0 || new Set(names).size !== names.length) return undefined;
  return names.every((name) => typeof name === 'string') ? names : undefined;
}
