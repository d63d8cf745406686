/** A sentence's words as a parse has them. */
export interface Leaves {
  readonly words: readonly string[];
  /** Penn Treebank tags; empty where the parse is binary, which has none. */
  readonly tags: readonly string[];
}

/** How the Stanford parser, and the Penn Treebank before it, writes brackets and quotes that stood in the text. */
const WRITTEN: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    '-LRB-': ['('],
    '-RRB-': [')'],
    '-LSB-': ['['],
    '-RSB-': [']'],
    '-LCB-': ['{'],
    '-RCB-': ['}'],
    '``': ['"', '\u201c', "''"],
    "''": ['"', '\u201d'],
    '`': ["'", '\u2018'],
    "'": ['\u2019', '\u2018'],
    '--': ['\u2013', '\u2014'],
    '...': ['\u2026'],
  }),
);

/** The leaves of a parse in Penn Treebank form, `(ROOT (NP (DT A) (NN man)))`, with their tags. */
export function leavesOf(parse: string): Leaves {
  const words: string[] = [];
  const tags: string[] = [];
  for (const [, tag, word] of parse.matchAll(/\(([^\s()]+) ([^\s()]+)\)/g)) {
    tags.push(tag);
    words.push(word);
  }
  return { words, tags };
}

/** The leaves of a binary parse, `( ( A man ) sleeps )`. */
export function binaryLeavesOf(parse: string): Leaves {
  return { words: parse.split(/\s+/).filter((part) => part !== '' && part !== '(' && part !== ')'), tags: [] };
}

/**
 * Where words lie in a text, one after the other with nothing but white space between them.
 *
 * @returns start and end of each word in UTF-16 units, or undefined where the words do not fit the text
 */
export function placeWords(text: string, words: readonly string[]): number[] | undefined {
  const spans: number[] = [];
  let at = 0;
  for (const word of words) {
    while (at < text.length && isSpace(text, at)) at += 1;
    const found = writingsOf(word).find((writing) => text.startsWith(writing, at));
    if (found === undefined) return undefined;
    spans.push(at, at + found.length);
    at += found.length;
  }
  return spans.length > 0 && text.slice(at).trim() === '' ? spans : undefined;
}

function writingsOf(word: string): readonly string[] {
  const plain = word.includes('\\') ? word.replace(/\\([/*])/g, '$1') : word;
  const others = WRITTEN.get(plain);
  return others === undefined ? [plain] : [plain, ...others];
}

function isSpace(text: string, at: number): boolean {
  return /\s/.test(text[at]);
}
