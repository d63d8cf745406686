import type { ENTAILMENT_LABELS } from '../../engine/text/sentence-pair.ts';

/** How labels of entailment are written; letters count as small ones, `_` and `-` between words as spaces. */
const WRITTEN: Readonly<Record<(typeof ENTAILMENT_LABELS)[number], readonly string[]>> = {
  entailment: ['entailment', 'entail', 'entails', 'entailed', 'e', '0', '0.0'],
  neutral: ['neutral', 'n', '1', '1.0'],
  contradiction: ['contradiction', 'contradict', 'contradicts', 'contradictory', 'c', '2', '2.0'],
};

/** How a missing label is written: SNLI's `-`, the reference's UNK, -1 of the datasets library, `hidden` of GLUE's test sets, pandas' NaN. */
const NONE = ['', '-', '-1', '-1.0', 'unk', 'unknown', 'none', 'null', 'nan', 'na', 'n/a', 'hidden'];

/** Two-way labels that may be neutral or contradiction. */
const NOT_ENTAILMENT = ['not entailment', 'non entailment'];

const BY_WRITING = new Map(
  Object.entries(WRITTEN).flatMap(([label, writings]) => writings.map((writing) => [writing, label] as const)),
);

/** The labels that are accepted, for messages. */
export const ACCEPTED_LABELS =
  'entailment, neutral, contradiction (or e, n, c, or 0, 1, 2), not_entailment, and -, UNK, -1 or nothing for no label';

/** A gold label as it was understood. */
export interface GoldLabel {
  /** One of {@link ENTAILMENT_LABELS}, or null where there is none. */
  readonly label: string | null;
  /** What a note should tell: that a number was read as a label, that the label leaves open which of two it is. */
  readonly kind: 'word' | 'number' | 'not-entailment';
}

/**
 * Reads a gold label (docs/formats.md has the table of writings).
 *
 * @param value a field of a table, or a value of JSON
 * @returns undefined, if it is no label that is known
 */
export function goldLabel(value: unknown): GoldLabel | undefined {
  if (value === null || value === undefined) return { label: null, kind: 'word' };
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const writing = normal(String(value));
  const label = BY_WRITING.get(writing);
  if (label !== undefined) return { label, kind: /^\d/.test(writing) ? 'number' : 'word' };
  if (NOT_ENTAILMENT.includes(writing)) return { label: null, kind: 'not-entailment' };
  return NONE.includes(writing) ? { label: null, kind: 'word' } : undefined;
}

/**
 * Reads a label that some model predicted: one of {@link ENTAILMENT_LABELS} where it is written as one, so that it can be compared with the
 * gold label, else the file's words; null where there is none.
 */
export function predictedLabel(value: unknown): string | null {
  const known = goldLabel(value);
  if (known?.kind === 'word' || known?.kind === 'number') return known.label;
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : JSON.stringify(value);
}

/** Whether a field holds a label of one of the three kinds. */
export function isLabel(field: string): boolean {
  return BY_WRITING.has(normal(field));
}

/** Whether a field may stand in a column of labels: a label, or what is written for none. */
export function maybeLabel(field: string): boolean {
  return goldLabel(field) !== undefined;
}

function normal(writing: string): string {
  const text = writing.trim().toLowerCase();
  return /[a-z][_-]/.test(text) ? text.replace(/[_-]/g, ' ') : text;
}
