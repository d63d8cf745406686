import type { Concept } from '../concepts.ts';
import type { ConceptId } from '../ids.ts';
import { foldName } from './bare-name.ts';
import { ConceptNames } from './concept-names.ts';
import type { Formula } from './formula.ts';
import { FormulaReader, ReadingStopped, type FormulaFault } from './reader.ts';
import { Scan } from './scan.ts';
import { writtenName } from './written.ts';

/**
 * Reads a typed formula: concepts, NOT, AND, OR, NEIGHBORS(concept), brackets. AND binds closer than OR, NOT closest; chains grow to the
 * left. Operators in capitals always are operators; in small letters they are unless a concept's name reads on over them. A name is the
 * longest that fits (see ConceptNames for what fits), `name [category]` or `category:name` where two categories have it; in double
 * quotes, `""` standing for one, it may be anything.
 *
 * @returns the formula, or what is wrong with the text
 */
export function parseFormula(
  text: string,
  concepts: readonly Concept[],
): { readonly formula: Formula } | { readonly fault: FormulaFault } {
  try {
    return { formula: new FormulaReader(new Scan(text, ConceptNames.of(concepts))).read() };
  } catch (error) {
    if (error instanceof ReadingStopped) return { fault: error.fault };
    throw error;
  }
}

/** Something that could stand at the caret. */
export interface Completion {
  /** What takes the place of the range; parseFormula reads it. */
  readonly text: string;
  readonly kind: 'concept' | 'operator';
  /** The concept it names; null for operators. */
  readonly concept: ConceptId | null;
}

/** What could be typed on with. */
export interface Completions {
  /** The range it replaces, as UTF-16 indices: what has been typed of it, up to the end of the word. */
  readonly from: number;
  readonly to: number;
  /** At most 20; those that begin with what was typed, then those in which a word does, then those that have it inside. */
  readonly suggestions: readonly Completion[];
}

const mostSuggestions = 20;

/**
 * What makes sense at the caret of a formula that is being typed: concepts and NOT where a concept must stand, AND and OR behind one.
 *
 * @param caret UTF-16 index from 0 to the text's length
 */
export function completions(text: string, caret: number, concepts: readonly Concept[]): Completions {
  const names = ConceptNames.of(concepts);
  const place = placeAt(new Scan(text.slice(0, caret), names));
  const typed = text.slice(place.from, caret);
  const query = foldName(typed.replace(/^"/, ''));
  const operators = place.operators
    .map((operator) => ({ operator, rank: rankOf(foldName(operator), query) }))
    .filter(({ rank }) => rank < 3)
    .map(({ operator, rank }) => ({ rank, completion: { text: operator, kind: 'operator', concept: null } as const }));
  const found = place.concepts ? conceptsLike(query, names, mostSuggestions - operators.length) : [];
  const all = [
    ...found.map(({ id, rank }) => ({
      rank,
      completion: { text: writtenName(id, concepts), kind: 'concept', concept: id } as const,
    })),
    ...operators,
  ].sort((a, b) => a.rank - b.rank);
  return {
    from: place.from,
    to: typed === '' ? caret : wordEnd(text, place.from, caret, names),
    suggestions: all.map(({ completion }) => completion),
  };
}

interface Place {
  readonly from: number;
  readonly concepts: boolean;
  readonly operators: readonly string[];
}

const prefixes = ['NOT ', 'NEIGHBORS('];
const joining = ['AND ', 'OR ', 'AND NOT '];

/** What is being typed at the end of a text, and what can stand there. */
function placeAt(scan: Scan): Place {
  const { text, names } = scan;
  const words = names.concepts.some(({ name }) => name.includes(':')) ? prefixes : prefixes.slice(0, 1);
  const conceptAt = (from: number): Place => ({ from, concepts: true, operators: words });
  let open = 0;
  let behind = false;
  let last = 0;
  for (let at = scan.skip(0); ; at = scan.skip(at)) {
    const joins: Place = { from: at, concepts: false, operators: open > 0 ? [...joining, ')'] : joining };
    if (at >= text.length) return behind ? joins : conceptAt(at);
    // A name may go on behind what is a name already, even over `and`: `traffic li`, `black and wh`.
    const rest = behind && !scan.operator(at, false) ? foldName(text.slice(last)) : undefined;
    if (rest !== undefined && names.folded.some((name) => name.startsWith(rest))) return conceptAt(last);
    const operator = scan.operator(at, behind);
    if (operator) {
      if (operator.end === text.length) return behind ? joins : conceptAt(at);
      behind = false;
      at = operator.end;
    } else if (behind && text[at] === '[') {
      const close = text.indexOf(']', at);
      if (close < 0) return { from: at, concepts: false, operators: [] };
      at = close + 1;
    } else if (behind && text[at] === ')') {
      open = Math.max(0, open - 1);
      at++;
    } else if (behind) {
      return joins;
    } else if (text[at] === '"') {
      const { end, closed } = scan.quoted(at);
      if (!closed) return { from: at, concepts: true, operators: [] };
      [last, at, behind] = [at, end, true];
    } else {
      const found = scan.name(at);
      const soft = found ? undefined : scan.operator(at, true);
      if (!found && text[at] === '(') {
        open++;
        at++;
      } else if (soft && soft.end < text.length) at = soft.end;
      else {
        const end = found?.end ?? scan.unknownEnd(at);
        const next = scan.skip(end);
        if (end === text.length || (!found && next === text.length)) return conceptAt(at);
        [last, at, behind] = [at, end, true];
      }
    }
  }
}

/** 0: begins so; 1: a word in it does; 2: it is inside; 3: none of these. */
function rankOf(name: string, query: string): 0 | 1 | 2 | 3 {
  const at = name.indexOf(query);
  if (at <= 0) return at === 0 ? 0 : 3;
  for (let place = at; place > 0; place = name.indexOf(query, place + 1)) {
    if (!/[\p{L}\p{N}]/u.test(name[place - 1])) return 1;
  }
  return 2;
}

function conceptsLike(
  query: string,
  { concepts, folded }: ConceptNames,
  most: number,
): readonly { readonly id: ConceptId; readonly rank: number }[] {
  const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return concepts
    .map(({ id }) => ({ id, rank: rankOf(folded[id], query) }))
    .filter(({ rank }) => rank < 3)
    .sort((a, b) => a.rank - b.rank || order(folded[a.id], folded[b.id]) || a.id - b.id)
    .slice(0, most);
}

/** Where the name or word ends that begins at `from` and in which the caret stands. */
function wordEnd(text: string, from: number, caret: number, names: ConceptNames): number {
  const scan = new Scan(text, names);
  if (text[from] === '"') {
    const { end, closed } = scan.quoted(from);
    return closed && end >= caret ? end : caret;
  }
  let end = caret;
  while (end < text.length && !/[\s()["]/u.test(text[end])) end++;
  return Math.max(end, scan.name(from)?.end ?? 0);
}
