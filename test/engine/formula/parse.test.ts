import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Concept } from '../../../src/engine/concepts.ts';
import type { Formula } from '../../../src/engine/formula/formula.ts';
import { editDistance } from '../../../src/engine/formula/nearest-names.ts';
import { completions, parseFormula } from '../../../src/engine/formula/parse.ts';
import { formulaText } from '../../../src/engine/formula/print.ts';
import { writtenName, writtenText } from '../../../src/engine/formula/written.ts';
import type { ConceptId } from '../../../src/engine/ids.ts';
import { randomFormula } from '../support/random-probing.ts';

const conceptsOf = (named: readonly (readonly [name: string, category?: string])[]): readonly Concept[] =>
  named.map(([name, category], id) => ({ id: id as ConceptId, number: id, name, category: category ?? 'object' }));

const concepts = conceptsOf([
  ...[['water'], ['river'], ['waiter'], ['blue-c', 'color'], ['street-s', 'scene'], ['traffic light'], ['traffic']],
  ...[['book', 'object'], ['book', 'part'], ['black'], ['white'], ['black and white', 'texture'], ['not a toy']],
  ...[['pre:tok:dog', 'pre:tok'], ['chest of drawers'], ['x (y)'], ['swimming_pool-s', 'scene'], ['Ёлка, 2.0']],
] as [string, string?][]);

/** A formula as its tree of ids: `(0 or (not 3))`. */
function tree(formula: Formula): string {
  switch (formula.kind) {
    case 'concept':
      return String(formula.concept);
    case 'neighbors':
      return `(near ${formula.of})`;
    case 'not':
      return `(not ${tree(formula.of)})`;
    default:
      return `(${tree(formula.left)} ${formula.kind} ${tree(formula.right)})`;
  }
}

const read = (text: string): string => {
  const found = parseFormula(text, concepts);
  return 'formula' in found ? tree(found.formula) : `${found.fault.at}+${found.fault.length}: ${found.fault.message}`;
};

describe('typed formulas', () => {
  it.each([
    ['water', '0'],
    ['  (water OR river) AND NOT blue ', '((0 or 1) and (not 3))'],
    ['water or river and not blue', '(0 or (1 and (not 3)))'],
    ['water AND river OR blue', '((0 and 1) or 3)'],
    ['water AND (river AND blue)', '(0 and (1 and 3))'],
    ['NOT NOT (water)', '(not (not 0))'],
    ['not(water)or river', '((not 0) or 1)'],
    ['NEIGHBORS(pre:tok:dog) OR neighbors ( water )', '((near 13) or (near 0))'],
    ['WATER OR Street OR blue-c', '((0 or 4) or 3)'],
    ['traffic light AND traffic', '(5 and 6)'],
    ['black and white', '11'],
    ['black AND white', '(9 and 10)'],
    ['black and white and white', '(11 and 10)'],
    ['not a toy', '12'],
    ['book [part] OR part:book OR object: book', '((8 or 8) or 7)'],
    ['"book" ["part"]', '8'],
    ['x (y) OR (x (y))', '(15 or 15)'],
    ['swimming pool', '16'],
    ['ёлка, 2.0', '17'],
    ['chest of  drawers', '14'],
    ['"black" AND "white"', '(9 and 10)'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    ['', '0+0: Write a concept.'],
    ['watr OR river', '0+4: There is no concept "watr". Nearest: water, waiter.'],
    ['river OR wtaer', '9+5: There is no concept "wtaer". Nearest: water.'],
    ['water fountain AND river', '0+14: There is no concept "water fountain".'],
    ['water AND', '6+3: AND needs a concept after it.'],
    ['water AND OR river', '6+3: AND needs a concept after it.'],
    ['AND water', '0+3: AND needs a concept before it.'],
    ['NOT', '0+3: NOT needs a concept after it.'],
    ['(water OR river', '0+1: A bracket opened here is never closed.'],
    ['(', '0+1: A bracket opened here is never closed.'],
    ['water)', '5+1: This bracket closes none.'],
    [')', '0+1: This bracket closes none.'],
    ['water AND ()', '10+2: These brackets are empty.'],
    ['water river', '6+5: AND or OR is missing before this.'],
    ['"water', '0+1: A quote opened here is never closed.'],
    ['book', '0+4: "book" is in the categories object and part. Write book [object] or book [part].'],
    ['book [color]', '5+7: "book" is not in a category "color". It is in object and part.'],
    ['book [part', '5+1: A square bracket opened here is never closed.'],
    ['NEIGHBORS water', '0+9: NEIGHBORS takes one concept in brackets: NEIGHBORS(concept).'],
    ['NEIGHBORS(water OR river)', '0+9: NEIGHBORS takes one concept in brackets: NEIGHBORS(concept).'],
    ['NEIGHBORS(water', '9+1: A bracket opened here is never closed.'],
    ['NEIGHBORS(watr)', '10+4: There is no concept "watr". Nearest: water, waiter.'],
  ])('%s is refused where it is wrong', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it('refuses what is nested or long beyond reading', () => {
    expect(read(`${'('.repeat(50_000)}water`)).toMatch(/^256\+1: More than 256 levels/);
    expect(read(`${'NOT '.repeat(50_000)}water`)).toMatch(/More than 256 levels/);
    expect(read(Array.from({ length: 50_000 }, () => 'water').join(' OR '))).toMatch(/at most 256 concepts/);
  });
});

const nastyName = fc.oneof(
  fc.constantFrom(
    ...[
      'AND',
      'not a',
      'a OR b',
      'a or b',
      'x (y)',
      '"q"',
      ' ',
      '',
      'a',
      'b',
      'A',
      '(a',
      'a)',
      '()',
      '(a)',
      'NOT',
      'NOT a',
    ],
    ...[
      'a [object]',
      '[a]',
      'a"b',
      'a "b"',
      '"',
      '""',
      'object:a',
      'a:b',
      'é',
      'e\u0301',
      'ß',
      'İ',
      '水',
      'a_b',
      'a  b',
      '-c',
      'a-c',
    ],
    ...['\ud800', 'neighbors(a)', 'NEIGHBORS(a)', '#1', 'a AND', 'AND b', 'or', '"a" OR "b"', '("a"', 'b"'],
  ),
  fc.string({ maxLength: 6 }),
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc
    .array(fc.constantFrom('a', 'b', ' ', '(', ')', '"', '[', ']', ':', 'AND', 'or', 'not', '_', '-c'), {
      maxLength: 7,
    })
    .map((parts) => parts.join('')),
);
const nastyCategory = fc.oneof(
  fc.constantFrom(
    'object',
    'color',
    'scene',
    'Object',
    '',
    'a',
    '(a',
    '("a',
    '"',
    ']',
    '#1',
    ' x',
    'a OR b',
    'pre:tok',
  ),
  fc.string({ maxLength: 3 }),
);
const nastyConcepts = fc
  .array(fc.tuple(nastyName, nastyCategory), { minLength: 1, maxLength: 8 })
  .map((named) => conceptsOf(named));

const withNeighbors = (formula: Formula): Formula => {
  switch (formula.kind) {
    case 'concept':
      return formula.concept % 3 === 1 ? { kind: 'neighbors', of: formula.concept } : formula;
    case 'neighbors':
      return formula;
    case 'not':
      return { kind: 'not', of: withNeighbors(formula.of) };
    default:
      return { ...formula, left: withNeighbors(formula.left), right: withNeighbors(formula.right) };
  }
};

describe('a written formula', () => {
  it('reads back to the same tree, whatever the names are', () => {
    const cases = nastyConcepts.chain((named) =>
      fc.record({ named: fc.constant(named), formula: randomFormula(named.length).map(withNeighbors) }),
    );
    fc.assert(
      fc.property(cases, ({ named, formula }) => {
        expect(parseFormula(writtenText(formula, named), named)).toEqual({ formula });
      }),
      { numRuns: 3_000 },
    );
  });

  it('has quotes and categories only where they are needed', () => {
    const { formula } = parseFormula('(water OR swimming pool) AND NOT blue-c', concepts) as { formula: Formula };
    expect(writtenText(formula, concepts)).toBe('(water OR swimming pool) AND NOT blue');
    expect(writtenName(8 as ConceptId, concepts)).toBe('book [part]');
    const twice = conceptsOf([['a OR b'], ['a'], ['b'], ['b']]);
    expect(twice.map(({ id }) => writtenName(id, twice))).toEqual(['"a OR b"', 'a', '"b" [#2]', '"b" [#3]']);
    expect(formulaText(formula, (id) => concepts[id].name)).toBe('(water OR swimming_pool-s) AND NOT blue-c');
  });
});

const nastyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        'a',
        'b',
        ' ',
        ' ',
        '(',
        ')',
        '"',
        '[',
        ']',
        ':',
        'AND',
        'OR',
        ' NOT ',
        'NEIGHBORS',
        'or',
        'object',
        '#1',
      ),
    )
    .map((parts) => parts.join('')),
);

describe('any text', () => {
  it('gives a formula or a fault inside the text, and completions for every caret', () => {
    fc.assert(
      fc.property(nastyConcepts, nastyText, fc.nat(), (named, text, place) => {
        const found = parseFormula(text, named);
        if ('fault' in found) {
          const { at, length, message } = found.fault;
          expect(at >= 0 && length >= 0 && at + length <= text.length).toBe(true);
          expect(message).toMatch(/\.$/);
        }
        const caret = place % (text.length + 1);
        const { from, to, suggestions } = completions(text, caret, named);
        expect(from >= 0 && from <= caret && caret <= to && to <= text.length).toBe(true);
        expect(suggestions.length).toBeLessThanOrEqual(20);
        for (const { concept, text: written } of suggestions) {
          if (concept === null) continue;
          expect(parseFormula(written, named)).toEqual({ formula: { kind: 'concept', concept } });
        }
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('completions', () => {
  /** The text with `|` at the caret; what would be replaced, and by what. */
  const complete = (marked: string): string => {
    const caret = marked.indexOf('|');
    const text = marked.replace('|', '');
    const { from, to, suggestions } = completions(text, caret, concepts);
    return `${text.slice(from, to)}: ${suggestions.map((suggestion) => suggestion.text).join(', ')}`;
  };

  it.each([
    ['wat|', 'wat: water'],
    ['(water OR riv|er) AND', 'river: river'],
    ['water |', ': AND , OR , AND NOT '],
    ['(water |', ': AND , OR , AND NOT , )'],
    ['water a|', 'a: AND , AND NOT '],
    ['water AND no|', 'no: not a toy, NOT '],
    ['traffic li|', 'traffic li: traffic light'],
    ['water OR traf|fic light OR river', 'traffic light: traffic, traffic light'],
    ['black and wh|', 'black and wh: black and white'],
    ['black AND wh|', 'wh: white, black and white'],
    ['ok|', 'ok: book [object], book [part], pre:tok:dog'],
    ['light|', 'light: traffic light'],
    ['watr AND riv|', 'riv: river'],
    ['"wat|" OR river', '"wat": water'],
    ['zzz|', 'zzz: '],
  ])('%s', (marked, expected) => {
    expect(complete(marked)).toBe(expected);
  });

  it('offer everything that can begin a formula where nothing is typed', () => {
    const { suggestions } = completions('', 0, concepts);
    expect(suggestions).toHaveLength(20);
    expect(suggestions.filter(({ kind }) => kind === 'operator').map(({ text }) => text)).toEqual([
      'NOT ',
      'NEIGHBORS(',
    ]);
  });
});

describe('edit distance', () => {
  it.each([
    ['water', 'watr', 1],
    ['wtaer', 'water', 1],
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
    ['ca', 'abc', 3],
  ])('of %s and %s is %d', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
    expect(editDistance(b, a)).toBe(distance);
  });
});
