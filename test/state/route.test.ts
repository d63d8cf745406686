import fc from 'fast-check';
import { expect, it } from 'vitest';
import { columnNames } from '../../src/state/columns.ts';
import { changedRoute, home, parseRoute, printRoute } from '../../src/state/route.ts';
import type { Route } from '../../src/state/route.ts';

const word = fc.string({ unit: 'grapheme' });
const share = fc.double({ min: 0, max: 1, noNaN: true }).map(Math.abs);
const orNone = fc.oneof(fc.constant(-1), fc.nat());

const routes: fc.Arbitrary<Route> = fc.record({
  page: fc.constantFrom('start', 'prepare', 'layer', 'unit', 'concept', 'compare', 'analysis', 'help'),
  model: word,
  file: word,
  probing: word,
  set: word,
  layer: word,
  asked: word,
  unit: fc.nat(),
  concept: orNone,
  sort: fc.constantFrom(...columnNames.filter((name) => name !== 'picture')),
  order: fc.constantFrom('up', 'down'),
  find: word,
  category: word,
  operator: word,
  state: word,
  from: share,
  to: share,
  uses: orNone,
  columns: word,
  try: word,
  formula: word,
  list: fc.constantFrom('firing', 'formula-only', 'unit-only'),
  ranges: fc.nat(8),
  sample: orNone,
  with: word,
  view: fc.constantFrom('lengths', 'formulas', 'accuracy', 'classes'),
  class: orNone,
  lower: word,
  by: fc.constantFrom('correlation', 'weight', 'iou'),
});

it('reads an empty address as the start page', () => {
  expect(home.page).toBe('start');
  expect(printRoute(home)).toBe('#');
});

it('gives back every route it wrote', () => {
  fc.assert(
    fc.property(routes, (route) => {
      expect(parseRoute(printRoute(route))).toEqual(route);
    }),
  );
});

it('reads any text without throwing, and what it reads is written and read the same', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(fc.tuple(fc.constantFrom(...Object.keys(home)), fc.string({ unit: 'binary' })))
      .map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join('&')),
    fc.constantFrom('%', '#%E0%A4%A', 'unit=1e999&from=-0&to=Infinity', 'page=__proto__&constructor=1'),
  );
  fc.assert(
    fc.property(hostile, (text) => {
      const route = parseRoute(text);
      expect(parseRoute(printRoute(route))).toEqual(route);
    }),
  );
});

it('takes the default for what makes no sense', () => {
  const nonsense = '#page=nowhere&unit=-3&sort=color&from=7&to=x&unknown=1&concept=-2&list=all&sample=a';
  expect(parseRoute(nonsense)).toEqual(home);
  expect(parseRoute('#page=unit&unit=1.5').unit).toBe(0);
  expect(parseRoute('#sort=picture').sort).toBe('iou');
});

it('closes the open picture where the page, unit or concept changes, and forgets the formula typed for another unit', () => {
  const route: Route = { ...home, page: 'unit', unit: 3, sample: 12, formula: 'water', try: 'length-5' };
  expect(changedRoute(route, { list: 'unit-only' })).toMatchObject({ sample: 12, formula: 'water' });
  expect(changedRoute(route, { unit: 4 })).toMatchObject({ sample: -1, formula: '', try: 'length-5' });
  expect(changedRoute(route, { unit: 4, sample: 7 })).toMatchObject({ sample: 7 });
  expect(changedRoute(route, { page: 'layer' })).toMatchObject({ sample: -1, formula: 'water' });
});
