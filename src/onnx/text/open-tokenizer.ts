import { onnxFaults } from '../errors.ts';
import { isObject, readVocabularyJson, readVocabularyText, type Vocabulary } from './read-vocabulary.ts';
import { subwordTokenizer } from './subword-tokenizer.ts';
import type { PairTokenizer } from './tokenizer.ts';
import { vocabularyTokenizer } from './vocabulary-tokenizer.ts';
import { wordPieceOf } from './word-piece-file.ts';

const MB = 2 ** 20;
const LARGEST = 64 * MB;

/**
 * Opens a vocabulary or a tokenizer: a text with a word on each line (BERT's vocab.txt among them, see {@link wordPieceOf}), a JSON file of
 * words (see {@link readVocabularyJson}), or a tokenizer.json of Hugging Face's form.
 *
 * @param name of the file, for people
 * @throws Fault that says what is wrong with the file and what to drop instead
 */
export async function openTokenizer(bytes: Uint8Array, name: string): Promise<PairTokenizer> {
  if (bytes.length > LARGEST) throw onnxFaults['tokenizer-too-large'](name, Math.ceil(bytes.length / MB).toString());
  const text = decode(bytes, name);
  if (text.trim() === '') throw onnxFaults['tokenizer-empty'](name);
  const reference = { name, hash: await sha256(bytes) };
  const json = parse(text, name);
  if (json !== undefined && isObject(json) && isObject(json['model'])) {
    return subwordTokenizer(json, { kind: 'tokenizer', ...reference });
  }
  const vocabulary = json === undefined ? readVocabularyText(text, name) : readVocabularyJson(json, name);
  if (!vocabulary) throw onnxFaults['tokenizer-unknown-json'](name);
  if (isByteLevel(vocabulary)) throw onnxFaults['tokenizer-pieces'](name);
  const pieces = wordPieceOf(vocabulary);
  return pieces
    ? subwordTokenizer(pieces, { kind: 'vocabulary', ...reference })
    : vocabularyTokenizer(vocabulary, reference);
}

function decode(bytes: Uint8Array, name: string): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Not UTF-8: said below.
  }
  throw onnxFaults['tokenizer-not-text'](name);
}

/** The JSON value, or undefined where the text is a list of words: they may well begin with a bracket, as `[PAD]` does. */
function parse(text: string, name: string): unknown {
  const isJson = name.toLowerCase().endsWith('.json') || /^\s*(\{\s*"|\[\s*"|\[\s*\]|\{\s*\})/.test(text);
  if (!isJson) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw onnxFaults['tokenizer-not-json'](name, error instanceof Error ? error.message : 'no reason is given');
  }
}

/** Pieces of GPT-2's kind write a space before a word as `Ġ`. */
function isByteLevel(vocabulary: Vocabulary): boolean {
  let marked = 0;
  for (const word of vocabulary.keys()) if (word.startsWith('\u0120') && word.length > 1) marked++;
  return marked > vocabulary.size / 10;
}

async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
