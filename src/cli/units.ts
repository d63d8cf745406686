import type { ExplainSettings, UnitExplanation } from '../engine/results/explanation.ts';
import type { Progress } from './activations.ts';
import type { Arguments } from './arguments.ts';
import { cliFaults } from './errors.ts';

/** First and last unit asked for, of those there are. @throws Fault `cli/no-such-units` */
export function unitsAsked({ units }: Pick<Arguments, 'units'>, unitCount: number): readonly [number, number] {
  const range = units ?? [0, unitCount - 1];
  if (range[1] >= unitCount) throw cliFaults['no-such-units'](range[1], unitCount);
  return range;
}

/** @throws Fault `cli/no-such-category`, if one that shall be left out is not there */
export function checkCategories(
  { without }: Pick<ExplainSettings, 'without'>,
  title: string,
  categories: readonly string[],
): void {
  const unknown = without.find((name) => !categories.includes(name));
  if (unknown !== undefined) throw cliFaults['no-such-category'](unknown, title, categories);
}

/** Explains one unit after the other. */
export function explainUnits(
  [first, last]: readonly [number, number],
  explain: (unit: number) => UnitExplanation,
  progress: Progress,
): readonly UnitExplanation[] {
  const units: UnitExplanation[] = [];
  for (let unit = first; unit <= last; unit++) {
    units.push(explain(unit));
    progress('Units explained', units.length, last - first + 1);
  }
  return units;
}
