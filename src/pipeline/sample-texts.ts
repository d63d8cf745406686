import { openBundle, packBundle } from '../engine/bits/bundle.ts';
import type { Sentence, SentencePair } from '../engine/text/sentence-pair.ts';
import type { ProbingSet } from '../probing/probing-set.ts';

/** What samples are called and, where they are sentence pairs, what they say: kept beside the cells. */
export interface SampleTexts {
  /** By sample: its picture's path, or its row. */
  readonly names: readonly string[];
  /** By sample; absent where samples are no pairs. */
  readonly pairs?: readonly SentencePair[];
}

/** The texts of all samples as a bundle. */
export function packSampleTexts(probing: ProbingSet): ArrayBufferLike {
  const { pair } = probing;
  const samples = Array.from({ length: probing.sampleCount }, (_, sample) => sample);
  const names = samples.map((sample) => probing.sampleName(sample));
  return packBundle({ meta: { names, ...(pair && { pairs: samples.map(pair) }) }, arrays: {} });
}

/** Reads what {@link packSampleTexts} wrote. */
export function openSampleTexts(buffer: ArrayBufferLike): SampleTexts {
  return openBundle(buffer).meta as unknown as SampleTexts;
}

/** What is wrong with texts out of a file, in a few words; null where nothing is. @param samples how many there must be */
export function sampleTextsProblem(texts: unknown, samples: number): string | null {
  const { names, pairs } = (texts ?? {}) as Record<string, unknown>;
  const named = Array.isArray(names) && names.every((name) => typeof name === 'string');
  if (!named || names.length !== samples) return 'it does not have the name of each sample';
  if (pairs === undefined) return null;
  const whole = Array.isArray(pairs) && pairs.length === samples && pairs.every(isPair);
  return whole ? null : 'it does not have the two sentences of each sample';
}

function isPair(value: unknown): value is SentencePair {
  const { premise, hypothesis, gold, given } = (value ?? {}) as Record<string, unknown>;
  return isSentence(premise) && isSentence(hypothesis) && isLabel(gold) && isLabel(given);
}

function isSentence(value: unknown): value is Sentence {
  const { text, spans, tags, lemmas } = (value ?? {}) as Record<string, unknown>;
  if (typeof text !== 'string' || !Array.isArray(spans) || spans.length % 2 !== 0) return false;
  const words = spans.length / 2;
  const ascending = spans.every(
    (at: unknown, i) => typeof at === 'number' && Number.isInteger(at) && at >= (i === 0 ? 0 : spans[i - 1]),
  );
  const fits = (list: unknown): boolean =>
    Array.isArray(list) && (list.length === 0 || list.length === words) && list.every((of) => typeof of === 'string');
  return ascending && (spans.at(-1) ?? 0) <= text.length && fits(tags) && (lemmas === undefined || fits(lemmas));
}

const isLabel = (value: unknown): value is string | null => value === null || typeof value === 'string';
