import type { PairColumns } from './pair-options.ts';
import type { SourcePair } from './pair-source.ts';

/** What a reader makes of one file of sentence pairs. */
export interface ReadPairs {
  readonly pairs: readonly SourcePair[];
  /** Name of the form for people: `SNLI (JSON lines)`. */
  readonly layout: string;
  /** Columns to choose from, and those in force; none where the form has no choice. */
  readonly found: readonly string[];
  readonly columns: PairColumns | null;
  /** Digest of the file's contents. */
  readonly digest: string;
  readonly notes: readonly string[];
}

/** Name of a form with its kind in brackets, by the columns that SNLI and MultiNLI have. */
export function layoutName(columns: readonly string[], kind: string): string {
  const has = (...names: string[]): boolean => names.every((name) => columns.includes(name));
  if (!has('gold_label', 'sentence1', 'sentence2')) return `Sentence pairs (${kind})`;
  if (has('genre')) return `MultiNLI (${kind})`;
  return has('pairID') || has('captionID') ? `SNLI (${kind})` : `Sentence pairs (${kind})`;
}

/** Name of a pair by its id: the id, with its column where it is a mere number. */
export function idName(column: string, id: string): string | undefined {
  const text = id.trim();
  if (text === '' || text.length > 100) return undefined;
  return /^\d+$/.test(text) ? `${column} ${text}` : text;
}
