import { colorNames } from '../../src/probing/scenes/vocabulary.ts';
import { sceneKinds } from './backgrounds.ts';
import { stuff } from './layers.ts';
import { groups, things } from './things.ts';

/** A concept as Broden's `label.csv` has it. */
export interface NumberedConcept {
  /** From 1, unique over all categories. */
  readonly number: number;
  readonly name: string;
  readonly category: Category;
}

/** Categories of this probing set, in the order of `category.csv`. */
export const categories = ['color', 'object', 'group', 'scene'] as const;

/** One of {@link categories}. */
export type Category = (typeof categories)[number];

/** Names by category. Colors end in `-c` and scenes in `-s`, as in Broden. Objects are stuff, then things, as numbered on a canvas. */
const names: Readonly<Record<Category, readonly string[]>> = {
  color: colorNames.map((name) => `${name}-c`),
  object: [...stuff, ...things.map((thing) => thing.name)],
  group: groups,
  scene: sceneKinds.map((name) => `${name}-s`),
};

/** All concepts in the order of their numbers, 1 to K without gaps. */
export const concepts: readonly NumberedConcept[] = categories
  .flatMap((category) => names[category].map((name) => ({ name, category })))
  .map((concept, index) => ({ number: index + 1, ...concept }));

const numbers = new Map(concepts.map(({ category, name, number }) => [`${category}/${name}`, number]));

/** The number of a concept. @throws Error, if there is none of that name */
export function conceptNumber(category: Category, name: string): number {
  const number = numbers.get(`${category}/${name}`);
  if (number === undefined) throw new Error(`There is no ${category} ${name}.`);
  return number;
}
