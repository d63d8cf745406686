import fc from 'fast-check';
import { expect, it } from 'vitest';
import { home, parseRoute, printRoute } from '../../src/state/route.ts';
import type { Route } from '../../src/state/route.ts';

it('reads an empty address as the start page', () => {
  expect(home.page).toBe('start');
  expect(printRoute(home)).toBe('#');
});

it('gives back every route it wrote', () => {
  const routes: fc.Arbitrary<Route> = fc.record({
    page: fc.constantFrom('start', 'prepare', 'layer', 'unit', 'help'),
    results: fc.string(),
    unit: fc.nat(),
    sort: fc.constantFrom('unit', 'formula', 'iou', 'iou1', 'firing', 'categories'),
    order: fc.constantFrom('up', 'down'),
    find: fc.string({ unit: 'grapheme' }),
    category: fc.string(),
    state: fc.string(),
    from: fc.double({ min: 0, max: 1, noNaN: true }).map(Math.abs),
    to: fc.double({ min: 0, max: 1, noNaN: true }).map(Math.abs),
  });
  fc.assert(
    fc.property(routes, (route) => {
      expect(parseRoute(printRoute(route))).toEqual(route);
    }),
  );
});

it('takes the default for what makes no sense', () => {
  expect(parseRoute('#page=nowhere&unit=-3&sort=color&from=7&to=x&unknown=1')).toEqual(home);
  expect(parseRoute('#page=unit&unit=1.5').unit).toBe(0);
});
