import type { ConceptId } from '../ids.ts';
import { foldName } from './bare-name.ts';
import type { ConceptNames } from './concept-names.ts';

/** Words that are no names. */
export type OperatorWord = 'AND' | 'OR' | 'NOT' | 'NEIGHBORS';

/** An operator as it stands in a text. */
export interface FoundWord {
  readonly word: OperatorWord;
  readonly at: number;
  readonly end: number;
}

/** A name as it stands in a text, and what it can mean. */
export interface FoundName {
  readonly at: number;
  readonly end: number;
  /** The name without category and quotes. */
  readonly name: string;
  /** The category in front of it, `category:name`. */
  readonly category: string | undefined;
  readonly concepts: readonly ConceptId[];
}

/** A text in double quotes, `""` standing for one. */
export interface Quoted {
  readonly content: string;
  /** Behind the closing quote; the text's end where there is none. */
  readonly end: number;
  readonly closed: boolean;
}

const isSpace = (character: string): boolean => /\s/u.test(character);
const isBreak = (character: string): boolean => /[\s()["]/u.test(character);
const isBracket = (character: string): boolean => character === '(' || character === ')';

/** Finds names, operators and quotes in a text: what reading a formula and completing one have in common. */
export class Scan {
  readonly text: string;
  readonly names: ConceptNames;

  constructor(text: string, names: ConceptNames) {
    this.text = text;
    this.names = names;
  }

  /** The first place at or behind `at` that is no white space. */
  skip(at: number): number {
    let place = at;
    while (place < this.text.length && isSpace(this.text[place])) place++;
    return place;
  }

  /** The operator that stands at a place where a word begins; `soft`: in letters of any case. */
  operator(at: number, soft: boolean): FoundWord | undefined {
    for (const word of ['AND', 'OR', 'NOT', 'NEIGHBORS'] as const) {
      const end = at + word.length;
      const there = this.text.slice(at, end);
      if ((soft ? there.toUpperCase() : there) !== word) continue;
      if (end === this.text.length || isBreak(this.text[end])) return { word, at, end };
    }
    return undefined;
  }

  /** The quoted text that begins at `at`. */
  quoted(at: number): Quoted {
    let content = '';
    for (let place = at + 1; place < this.text.length; place++) {
      if (this.text[place] !== '"') content += this.text[place];
      else if (this.text[place + 1] === '"') content += this.text[++place];
      else return { content, end: place + 1, closed: true };
    }
    return { content, end: this.text.length, closed: false };
  }

  /** The longest name that stands at `at` without quotes, with or without its category in front. */
  name(at: number): FoundName | undefined {
    const plain = this.#longest(at, at, undefined);
    let found = plain;
    for (const category of this.names.categories) {
      const colon = at + category.length;
      if (this.text[colon] !== ':' || !balanced(category)) continue;
      if (foldName(this.text.slice(at, colon)) !== foldName(category)) continue;
      const inside = this.#longest(at, this.skip(colon + 1), category);
      if (inside && inside.end > (found?.end ?? at)) found = inside;
    }
    return found;
  }

  /** Where a word that is no name ends: before the next operator, quote or bracket that does not belong to it. At least one character. */
  unknownEnd(at: number): number {
    const ends = this.#ends(at, this.text.length);
    const soft = ends.find((end) => {
      const next = this.operator(this.skip(end), true);
      return next?.word === 'AND' || next?.word === 'OR';
    });
    return soft ?? ends.at(-1) ?? at + 1;
  }

  #longest(at: number, from: number, category: string | undefined): FoundName | undefined {
    const most = Math.min(this.text.length, from + 2 * this.names.longest + 16);
    for (const end of this.#ends(from, most).reverse()) {
      const name = this.text.slice(from, end);
      const concepts = this.names.find(name, category);
      if (concepts.length > 0) return { at, end, name, category, concepts };
    }
    return undefined;
  }

  /**
   * Where a name that begins at `at` can end, ascending: at a break, with as many brackets closed as opened, before operators in capitals
   * and before quotes that begin a word.
   */
  #ends(at: number, most: number): number[] {
    const ends: number[] = [];
    let open = 0;
    for (let place = at; place < most; place++) {
      const character = this.text[place];
      const before = place === 0 ? ' ' : this.text[place - 1];
      if (isSpace(before) || isBracket(before) || place === at) {
        if (character === '"' || this.operator(place, false)) break;
      }
      if (character === '(') open++;
      if (character === ')' && --open < 0) break;
      const end = place + 1;
      const breaks = end === this.text.length || isBreak(this.text[end]) || this.text[end] === ')';
      if (open === 0 && breaks && !isSpace(character)) ends.push(end);
    }
    return ends;
  }
}

/** Can a category stand in front of its name without being taken for brackets or quotes? */
function balanced(category: string): boolean {
  if (category === '' || category.includes('"') || isSpace(category[0])) return false;
  let open = 0;
  for (const character of category) {
    if (character === '(') open++;
    if (character === ')' && --open < 0) return false;
  }
  return open === 0;
}
