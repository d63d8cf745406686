import type { ConceptId } from '../ids.ts';
import { bareName } from './bare-name.ts';
import type { Formula } from './formula.ts';
import { nearestNames } from './nearest-names.ts';
import type { FoundName, FoundWord, Scan } from './scan.ts';

/** What is wrong with a typed formula, and where. */
export interface FormulaFault {
  /** UTF-16 index of the first character that is wrong; the text's length where something is missing at its end. */
  readonly at: number;
  /** UTF-16 units that are wrong, from `at`; 0 where something is missing. */
  readonly length: number;
  /** A sentence for people. */
  readonly message: string;
}

/** Concepts in a typed formula at most, and operators and brackets inside each other: more than anybody reads. */
const most = 256;

/** Thrown while reading; {@link parseFormula} turns it into its fault. */
export class ReadingStopped extends Error {
  readonly fault: FormulaFault;

  constructor(at: number, end: number, message: string) {
    super(message);
    this.fault = { at, length: end - at, message };
  }
}

type Read = { readonly formula: Formula; readonly at: number; readonly end: number };

/** Reads one formula from a text, from left to right: OR over AND over NOT over concepts and brackets. */
export class FormulaReader {
  readonly #scan: Scan;
  #concepts = 0;
  #depth = 0;

  constructor(scan: Scan) {
    this.#scan = scan;
  }

  /** @throws ReadingStopped at the first thing that is wrong */
  read(): Formula {
    const { text } = this.#scan;
    if (this.#scan.skip(0) === text.length) throw new ReadingStopped(0, 0, 'Write a concept.');
    const { formula, at, end } = this.#chain('OR', 0, undefined);
    const next = this.#scan.skip(end);
    if (next < text.length) throw this.#unexpected(next, at, end);
    return formula;
  }

  /** Parts joined by one operator; those of OR are chains of AND. */
  #chain(word: 'OR' | 'AND', at: number, before: FoundWord | undefined): Read {
    const part = (from: number, operator: FoundWord | undefined): Read =>
      word === 'OR' ? this.#chain('AND', from, operator) : this.#atom(from, operator);
    let left = part(at, before);
    for (;;) {
      const operator = this.#joining(left.end);
      if (operator?.word !== word) return left;
      const right = part(operator.end, operator);
      const kind = word === 'OR' ? 'or' : 'and';
      left = { formula: { kind, left: left.formula, right: right.formula }, at: right.at, end: right.end };
    }
  }

  /** The operator that joins what ends at `end` to what follows, if one does. */
  #joining(end: number): FoundWord | undefined {
    const found = this.#scan.operator(this.#scan.skip(end), true);
    return found?.word === 'AND' || found?.word === 'OR' ? found : undefined;
  }

  /** A concept, NOT, NEIGHBORS, or a formula in brackets; `before` is the operator it belongs to. */
  #atom(from: number, before: FoundWord | undefined): Read {
    const scan = this.#scan;
    const at = scan.skip(from);
    if (at === scan.text.length || scan.text[at] === ')') throw this.#missing(at, before);
    const operator = scan.operator(at, false);
    if (operator) return this.#prefix(operator, before);
    if (scan.text[at] !== '"') {
      const found = scan.name(at);
      if (found) return this.#concept(found);
      if (scan.text[at] === '(') return this.#brackets(at);
      const soft = scan.operator(at, true);
      if (soft) return this.#prefix(soft, before);
    }
    return this.#concept(this.#quoted(at));
  }

  #prefix(operator: FoundWord, before: FoundWord | undefined): Read {
    const { word, at, end } = operator;
    if (word === 'NEIGHBORS') return this.#neighbors(operator);
    if (word !== 'NOT') {
      if (before) throw this.#missing(at, before);
      throw new ReadingStopped(at, end, `${word} needs a concept before it.`);
    }
    const inner = this.#inside(at, end, () => this.#atom(end, operator));
    return { formula: { kind: 'not', of: inner.formula }, at: inner.at, end: inner.end };
  }

  #neighbors({ at, end: after }: FoundWord): Read {
    const { text } = this.#scan;
    const open = this.#scan.skip(after);
    const only = 'NEIGHBORS takes one concept in brackets: NEIGHBORS(concept).';
    if (text[open] !== '(') throw new ReadingStopped(at, after, only);
    const from = this.#scan.skip(open + 1);
    if (from === text.length) throw new ReadingStopped(open, open + 1, 'A bracket opened here is never closed.');
    if (text[from] === ')' || this.#scan.operator(from, false)) throw new ReadingStopped(at, after, only);
    const found = text[from] === '"' ? undefined : this.#scan.name(from);
    if (!found && (text[from] === '(' || this.#scan.operator(from, true))) throw new ReadingStopped(at, after, only);
    const { id, end } = this.#chosen(found ?? this.#quoted(from));
    const close = this.#scan.skip(end);
    if (close === text.length) throw new ReadingStopped(open, open + 1, 'A bracket opened here is never closed.');
    if (text[close] !== ')')
      throw this.#joining(end) ? new ReadingStopped(at, after, only) : this.#unexpected(close, from, end);
    return { formula: { kind: 'neighbors', of: id }, at, end: close + 1 };
  }

  #brackets(open: number): Read {
    const { text } = this.#scan;
    const first = this.#scan.skip(open + 1);
    if (text[first] === ')') throw new ReadingStopped(open, first + 1, 'These brackets are empty.');
    if (first === text.length) throw new ReadingStopped(open, open + 1, 'A bracket opened here is never closed.');
    const { formula, at, end } = this.#inside(open, open + 1, () => this.#chain('OR', first, undefined));
    const close = this.#scan.skip(end);
    if (close === text.length) throw new ReadingStopped(open, open + 1, 'A bracket opened here is never closed.');
    if (text[close] !== ')') throw this.#unexpected(close, at, end);
    return { formula, at: open, end: close + 1 };
  }

  /** Goes one level deeper. */
  #inside(at: number, end: number, read: () => Read): Read {
    if (++this.#depth > most) throw new ReadingStopped(at, end, `More than ${most} levels of brackets and NOT.`);
    const found = read();
    this.#depth--;
    return found;
  }

  /** A quoted name, or the fault that nothing known stands at `at`. */
  #quoted(at: number): FoundName {
    const { text, names } = this.#scan;
    if (text[at] === '"') {
      const { content, end, closed } = this.#scan.quoted(at);
      if (!closed) throw new ReadingStopped(at, at + 1, 'A quote opened here is never closed.');
      const concepts = names.find(content);
      if (concepts.length === 0) throw this.#unknown(at, end, content);
      return { at, end, name: content, category: undefined, concepts };
    }
    const end = this.#scan.unknownEnd(at);
    throw this.#unknown(at, end, text.slice(at, end));
  }

  #concept(found: FoundName): Read {
    const { id, end } = this.#chosen(found);
    return { formula: { kind: 'concept', concept: id }, at: found.at, end };
  }

  /** The one concept a name means, its category behind it included. */
  #chosen(found: FoundName): { id: ConceptId; end: number } {
    const { names } = this.#scan;
    if (++this.#concepts > most) {
      throw new ReadingStopped(found.at, found.end, `A formula has at most ${most} concepts.`);
    }
    const { concepts, end } = this.#narrowed(found);
    if (concepts.length === 1) return { id: concepts[0], end };
    const categories = [...new Set(concepts.map((id) => names.concepts[id].category))];
    const ways = categories.length === concepts.length ? categories : concepts.map((id) => `#${id}`);
    const where = categories.length > 1 ? `is in the categories ${listed(categories, 'and')}` : `occurs more than once`;
    const written = ways.map((way) => `${found.name} [${way}]`);
    throw new ReadingStopped(found.at, end, `"${found.name}" ${where}. Write ${listed(written, 'or')}.`);
  }

  /** A name with what stands behind it in square brackets: a category, or `#` and the concept's id. */
  #narrowed(found: FoundName): { concepts: readonly ConceptId[]; end: number } {
    const { text, names } = this.#scan;
    const open = this.#scan.skip(found.end);
    if (text[open] !== '[') return found;
    const never = new ReadingStopped(open, open + 1, 'A square bracket opened here is never closed.');
    const from = this.#scan.skip(open + 1);
    const quoted = text[from] === '"' ? this.#scan.quoted(from) : undefined;
    const close = quoted ? this.#scan.skip(quoted.end) : text.indexOf(']', from);
    if (text[close] !== ']' || quoted?.closed === false) throw never;
    const content = quoted?.content ?? text.slice(from, close).trim();
    const id = quoted ? null : /^#(\d+)$/.exec(content);
    const concepts = id
      ? found.concepts.filter((concept) => concept === Number(id[1]))
      : names.find(found.name, content);
    if (concepts.length > 0) return { concepts, end: close + 1 };
    const known = [...new Set(names.find(found.name).map((concept) => names.concepts[concept].category))];
    throw new ReadingStopped(
      open,
      close + 1,
      `"${found.name}" is not in a category "${clipped(content)}". It is in ${listed(known, 'and')}.`,
    );
  }

  /** Nothing stands where a concept must. */
  #missing(at: number, before: FoundWord | undefined): ReadingStopped {
    if (before) return new ReadingStopped(before.at, before.end, `${before.word} needs a concept after it.`);
    const { text } = this.#scan;
    if (text[at] === ')') return new ReadingStopped(at, at + 1, 'This bracket closes none.');
    return new ReadingStopped(at, at, 'A concept is missing here.');
  }

  /** Something stands behind a whole formula, the last part of which goes from `at` to `end`. */
  #unexpected(next: number, at: number, end: number): ReadingStopped {
    const { text } = this.#scan;
    if (text[next] === ')') return new ReadingStopped(next, next + 1, 'This bracket closes none.');
    const operator = this.#scan.operator(next, true);
    const known = operator ?? (text[next] === '"' ? this.#scan.quoted(next) : this.#scan.name(next));
    if (known || text[next] === '(') {
      return new ReadingStopped(next, known?.end ?? next + 1, 'AND or OR is missing before this.');
    }
    const stop = this.#scan.unknownEnd(next);
    // A bare name may have been meant to go on: `water fountain`.
    const from = /[")\]]/.test(text.slice(at, end)) ? next : at;
    return this.#unknown(from, stop, text.slice(from, stop));
  }

  #unknown(at: number, end: number, name: string): ReadingStopped {
    const names = this.#scan.names.concepts.map(bareName);
    const near = name.length > 2 * this.#scan.names.longest + 16 ? [] : nearestNames(name, names);
    const hint = near.length > 0 ? ` Nearest: ${near.join(', ')}.` : '';
    return new ReadingStopped(at, end, `There is no concept "${clipped(name)}".${hint}`);
  }
}

const clipped = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}...` : text);

function listed(texts: readonly string[], word: 'and' | 'or'): string {
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} ${word} ${texts.at(-1)}`;
}
