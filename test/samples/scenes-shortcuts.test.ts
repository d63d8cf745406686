import { beforeAll, describe, expect, it } from 'vitest';
import { readArguments } from '../../src/cli/arguments.ts';
import { explain } from '../../src/cli/explain-command.ts';
import type { Formula } from '../../src/engine/formula/formula.ts';
import { formulaText } from '../../src/engine/formula/print.ts';
import type { UnitExplanation } from '../../src/engine/results/explanation.ts';
import { shortcuts } from '../../src/probing/scenes/shortcuts.ts';

/** Concepts a formula asks for, those under a NOT left out. */
function wanted(formula: Formula): number[] {
  switch (formula.kind) {
    case 'concept':
      return [formula.concept];
    case 'neighbors':
      return [formula.of];
    case 'not':
      return [];
    default:
      return [...wanted(formula.left), ...wanted(formula.right)];
  }
}

describe('the planted shortcuts of scenes', () => {
  let units: readonly UnitExplanation[];
  let names: readonly string[];

  beforeAll(async () => {
    const { results } = await explain(readArguments(['--sample', 'scenes', '--length', '3']), () => undefined);
    ({ units } = results);
    names = results.concepts.map((concept) => concept.name);
  }, 180_000);

  it('are read from a layer of at least 128 units, most of them explained', () => {
    expect(units.length).toBeGreaterThanOrEqual(128);
    expect(units.filter(({ state }) => state === 'explained').length).toBeGreaterThan(0.9 * units.length);
  });

  /** For each shortcut, names that must all be asked for by the formula of some unit; one list of alternatives is enough. */
  const expected: Readonly<Record<string, readonly (readonly string[])[]>> = {
    // Water is blue in harbours only: neither concept alone tells a harbour from a lake.
    harbour: [['water', 'blue']],
    // A parasol makes a desert a beach; its canopy is its part.
    beach: [['umbrella'], ['canopy']],
    // A yellow car makes a street a taxi rank; a car's body is its part.
    'taxi rank': [
      ['yellow', 'car'],
      ['yellow', 'body'],
    ],
    // A cow or a tractor makes a park a farm.
    farm: [['cow', 'tractor']],
  };

  it.each(shortcuts)('$story', ({ scene }) => {
    const found = units.filter(({ best }) => {
      const asked = best ? wanted(best.formula).map((id) => names[id]) : [];
      return expected[scene].some((all) => all.every((name) => asked.includes(name)));
    });
    const texts = found.map(({ best }) => best && formulaText(best.formula, (id) => names[id]));
    expect(found.length, texts.join('; ')).toBeGreaterThan(0);
    // With one concept alone the unit is read less well.
    expect(found.some(({ best, byLength }) => (best?.iou ?? 0) > 1.02 * byLength[0].iou)).toBe(true);
  });
});
