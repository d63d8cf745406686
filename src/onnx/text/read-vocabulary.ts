import { onnxFaults } from '../errors.ts';

/** Words with their ids, in the order of the file. */
export type Vocabulary = ReadonlyMap<string, number>;

/** How ids may be written behind a word. */
const WORD_AND_ID = /^(\S+)[\t ]+(\d+)$/;

/**
 * Reads a vocabulary that is a text: a word on each line, whose id is the number of the line counted from 0; or a word and its id on each line, with
 * tabs or spaces between them.
 *
 * @throws Fault naming the line
 */
export function readVocabularyText(text: string, file: string): Vocabulary {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  while (lines.at(-1) === '') lines.pop();
  const filled = lines.filter((line) => line !== '');
  const withIds = filled.length > 0 && filled.every((line) => WORD_AND_ID.test(line));
  const words = new WordList(file);
  for (const [number, line] of lines.entries()) {
    if (line === '') continue;
    if (withIds) {
      const [, word, id] = WORD_AND_ID.exec(line) ?? [];
      words.add(word ?? '', Number(id));
    } else {
      if (/[\t ]/.test(line.trim())) throw onnxFaults['vocabulary-line'](file, String(number + 1));
      words.add(line, number);
    }
  }
  return words.all();
}

/**
 * Reads a vocabulary that is JSON: a list of words in the order of their ids, an object of words and their ids, or an object that has one
 * of these under `stoi`, `itos`, `vocab` or `word2idx`.
 *
 * @returns undefined, if it is none of these
 * @throws Fault naming the word
 */
export function readVocabularyJson(json: unknown, file: string): Vocabulary | undefined {
  const words = new WordList(file);
  if (isWords(json)) {
    for (const [id, word] of json.entries()) words.add(word, id);
    return words.all();
  }
  if (!isObject(json)) return undefined;
  const entries = Object.entries(json);
  if (entries.every(([, id]) => typeof id === 'number')) {
    for (const [word, id] of entries) words.add(word, id as number);
    return words.all();
  }
  const inside = ['stoi', 'itos', 'vocab', 'word2idx', 'vocabulary'].map((key) => json[key]).find((found) => found);
  return inside === undefined ? undefined : readVocabularyJson(inside, file);
}

class WordList {
  readonly #file: string;
  readonly #ids = new Map<string, number>();
  readonly #words = new Map<number, string>();

  constructor(file: string) {
    this.#file = file;
  }

  add(word: string, id: number): void {
    if (!Number.isSafeInteger(id) || id < 0) throw onnxFaults['vocabulary-id'](this.#file, word, String(id));
    const before = this.#ids.get(word);
    if (before !== undefined) {
      throw onnxFaults['vocabulary-same-word'](this.#file, word, String(before), String(id));
    }
    const other = this.#words.get(id);
    if (other !== undefined) throw onnxFaults['vocabulary-same-id'](this.#file, other, word, String(id));
    this.#ids.set(word, id);
    this.#words.set(id, word);
  }

  all(): Vocabulary {
    if (this.#ids.size === 0) throw onnxFaults['tokenizer-empty'](this.#file);
    return this.#ids;
  }
}

function isWords(json: unknown): json is readonly string[] {
  return Array.isArray(json) && json.every((word) => typeof word === 'string');
}

/** Whether a value is a JSON object. */
export function isObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
