import type { ExplainSettings } from '../engine/results/explanation.ts';
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
