import type { Tokenizer } from '@huggingface/tokenizers';

/** A part of a row: a special token with its id, or a sentence. `type` is the token type. */
export type TemplatePart =
  | { readonly kind: 'special'; readonly id: number; readonly type: number }
  | { readonly kind: 'first' | 'second'; readonly type: number };

/** How a tokenizer puts special tokens around one sentence or two. */
export interface Template {
  readonly parts: readonly TemplatePart[];
  /** Whether each sentence asked for stands in it exactly once. */
  readonly complete: boolean;
}

/** Stand for the sentences; no vocabulary has such tokens. */
const FIRST = '\u0001first';
const SECOND = '\u0001second';

/** Finds the template of a tokenizer by giving its last step two tokens that stand for the sentences. */
export function findTemplate({ post_processor: last, model }: Tokenizer, joint: boolean): Template {
  const found = last?.post_process([FIRST], joint ? [SECOND] : null, true) ?? {
    tokens: joint ? [FIRST, SECOND] : [FIRST],
    token_type_ids: [],
  };
  // RoBERTa's own form of this step has one type only.
  const types = last?.config.type === 'RobertaProcessing' ? [] : (found.token_type_ids ?? []);
  const parts = found.tokens.map((token, index): TemplatePart => {
    const type = types[index] ?? 0;
    if (token === FIRST) return { kind: 'first', type };
    if (token === SECOND) return { kind: 'second', type };
    const id = model?.tokens_to_ids.get(token);
    if (id === undefined) throw new Error(`its special token ${token} has no id`);
    return { kind: 'special', id, type };
  });
  const count = (kind: TemplatePart['kind']): number => parts.filter((part) => part.kind === kind).length;
  return { parts, complete: count('first') === 1 && count('second') === (joint ? 1 : 0) };
}
