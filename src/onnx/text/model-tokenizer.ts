import type { ModelSummary } from '../model-summary.ts';

/** Key under which a model's metadata may hold its vocabulary: a JSON list of words in the order of their ids, or what else openTokenizer reads. */
const VOCABULARY_KEY = 'vocabulary';

/** The vocabulary in a model's own metadata, as a file named like the model; undefined where it has none. */
export function modelTokenizer(summary: ModelSummary): { name: string; bytes: Uint8Array<ArrayBuffer> } | undefined {
  const text = summary.metadata.get(VOCABULARY_KEY);
  return text === undefined ? undefined : { name: summary.fileName, bytes: new TextEncoder().encode(text) };
}
