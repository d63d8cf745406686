import type { Sentence } from '../../engine/text/sentence-pair.ts';

/** A run of tokens that together stand for one stretch of text, as a tokenizer cuts it before it looks for pieces. */
export interface TokenRun {
  /** Text of the whole stretch, as the tokenizer has normalised it. */
  readonly text: string;
  /** Text of each token; null where the tokenizer knew none and put its mark of the unknown. */
  readonly tokens: readonly (string | null)[];
}

/** How far ahead the text of a token is searched for where a tokenizer has rewritten what stands before it. */
const AHEAD = 48;
/** Word of a token that belongs to none. */
const NO_WORD = -1;

/**
 * For each token the number of its word in a sentence, counted from 0: the first word that its stretch of text touches, or -1 where it touches none.
 *
 * Text and tokens are compared letter by letter without spaces. Where the tokenizer has changed the text, both are brought to a common form
 * first: without accents, marks of control and the difference of upper and lower case, since these are what tokenizers change. An unknown
 * token covers what lies before the next known one of its run, or the rest of the run. A token without any text of its own, such as a lone
 * mark of a space, belongs to the word that follows; one in the middle of a character to the word of that character.
 */
export function alignWords(sentence: Sentence, runs: readonly TokenRun[]): number[] {
  const unchanged = withoutSpaces(runs.map(({ text }) => text).join('')) === withoutSpaces(sentence.text);
  const form = unchanged ? withoutSpaces : commonForm;
  const { letters, places } = lettersOf(sentence.text, form);
  const wordAt = wordsByPlace(sentence);
  const words: number[] = [];
  let at = 0;
  for (const run of runs) {
    const text = form(run.text);
    const start = find(letters, text, at, letters.length) ?? at;
    const end = Math.min(letters.length, start + text.length);
    at = start;
    const known = run.tokens.map((token) => (token === null ? null : form(token)));
    for (const [index, token] of known.entries()) {
      const from = (token ? find(letters, token, at, end) : undefined) ?? at;
      const to = token === null ? startOfNext(letters, known.slice(index + 1), from, end) : from + token.length;
      words.push(token === '' ? besides(run.tokens[index] ?? '', at) : firstWord(from, to));
      at = Math.max(at, Math.min(to, end));
    }
    at = end;
  }
  return words;

  function firstWord(from: number, to: number): number {
    for (let letter = from; letter < to; letter++) {
      const word = wordAt[places[letter] ?? -1] ?? NO_WORD;
      if (word !== NO_WORD) return word;
    }
    return NO_WORD;
  }

  function besides(token: string, letter: number): number {
    return token === '' && words.length ? (words[words.length - 1] ?? NO_WORD) : firstWord(letter, letter + 1);
  }
}

function startOfNext(letters: string, following: readonly (string | null)[], from: number, end: number): number {
  const next = following.find((token) => token !== null && token !== '');
  // Every unknown token in between stands for a letter at least.
  const unknown = following
    .slice(0, next == null ? undefined : following.indexOf(next))
    .filter((t) => t === null).length;
  if (next == null) return unknown > 0 ? Math.min(from + 1, end) : end;
  if (unknown > 0) return from + 1;
  const found = letters.indexOf(next, from + 1);
  return found < 0 || found > end ? end : found;
}

function find(letters: string, wanted: string, from: number, to: number): number | undefined {
  if (letters.startsWith(wanted, from)) return from;
  const found = letters.slice(from, Math.min(to, from + AHEAD + wanted.length)).indexOf(wanted);
  return found < 0 ? undefined : from + found;
}

/** For each UTF-16 unit of the text the number of its word. */
function wordsByPlace({ text, spans }: Sentence): Int32Array {
  const words = new Int32Array(text.length).fill(NO_WORD);
  for (let at = 0; at < spans.length; at += 2) words.fill(at / 2, spans[at], spans[at + 1]);
  return words;
}

/** The letters of a text in a form, and for each of them the place in the text that it comes from. */
function lettersOf(text: string, form: (text: string) => string): { letters: string; places: number[] } {
  const places: number[] = [];
  let letters = '';
  let place = 0;
  for (const character of text) {
    const formed = form(character);
    for (let i = 0; i < formed.length; i++) places.push(place);
    letters += formed;
    place += character.length;
  }
  return { letters, places };
}

/** Spaces, and SentencePiece's mark of one. */
function withoutSpaces(text: string): string {
  return text.replace(/[\s\u2581]/g, '');
}

const forms = new Map<string, string>();

function commonForm(text: string): string {
  let formed = '';
  for (const character of text) formed += formOf(character);
  return formed;
}

function formOf(character: string): string {
  let form = forms.get(character);
  if (form === undefined) {
    // Upper case first, so that both small sigmas become one letter.
    const one = character.normalize('NFKD').toUpperCase().toLowerCase();
    form = withoutSpaces(one.replace(/[\p{M}\p{C}\uFFFD]/gu, ''));
    forms.set(character, form);
  }
  return form;
}
