import type { SourceConcept } from '../annotated/annotated-source.ts';
import type { CocoCategory, CocoPart } from './coco-part.ts';

const GROUP = 'group';
const CATEGORIES = ['object', 'stuff', GROUP] as const;

/** Concepts of a source, united from its parts. */
export interface ConceptTable {
  readonly concepts: readonly SourceConcept[];
  /** Categories that have concepts. */
  readonly categories: readonly string[];
  /** Places of the concepts that a part's category stands for: its own, and its group's where that is one. */
  placesOf(part: CocoPart, category: number): readonly number[];
}

/**
 * Concepts of COCO: its categories (things are category `object`, stuff is `stuff`), numbered as in COCO, and each supercategory as a
 * concept of category `group`, which is true wherever one of its categories is: so a formula says `vehicle` in one word. A supercategory
 * of a single category would only repeat that and is left out. Numbers of groups follow on the largest of the categories.
 *
 * Categories of several files with the same name and kind are one concept. Where their numbers differ, the first file's counts; a number
 * that is taken then is replaced by the next free one.
 */
export function conceptTable(parts: readonly CocoPart[]): ConceptTable {
  const all = parts.flatMap(({ categories }) => categories);
  const byName = new Map<string, CocoCategory>();
  for (const category of all) if (!byName.has(keyOf(category))) byName.set(keyOf(category), category);
  const distinct = Array.from(byName.values()).sort(
    (one, other) => Number(one.kind === 'stuff') - Number(other.kind === 'stuff') || one.id - other.id,
  );
  const groups = groupsOf(distinct);

  let free = distinct.reduce((most, { id }) => Math.max(most, id), 0) + 1;
  const used = new Set<number>();
  const numberFor = (id: number): number => {
    const number = used.has(id) || id < 0 ? free++ : id;
    used.add(number);
    return number;
  };
  const own = distinct.map(({ id, name, kind }) => ({ number: numberFor(id), name, category: kind as string }));
  const concepts = [...own, ...groups.map((name) => ({ number: free++, name, category: GROUP }))];

  const places = new Map(distinct.map((category, place) => [keyOf(category), place]));
  const groupPlaces = new Map(groups.map((name, at) => [name, own.length + at]));
  const table = new Map(
    parts.map((part) => [
      part,
      part.categories.map((category) => {
        const both = [places.get(keyOf(category)), groupPlaces.get(category.group ?? '')];
        return both.filter((place) => place !== undefined);
      }),
    ]),
  );
  return {
    concepts,
    categories: CATEGORIES.filter((category) => concepts.some((concept) => concept.category === category)),
    placesOf: (part, category) => table.get(part)?.[category] ?? [],
  };
}

/** Supercategories of at least two categories, in the order of these. */
function groupsOf(categories: readonly CocoCategory[]): string[] {
  const sizes = new Map<string, number>();
  for (const { group } of categories) if (group !== null) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  return Array.from(sizes)
    .filter(([, size]) => size > 1)
    .map(([name]) => name);
}

function keyOf({ kind, name }: CocoCategory): string {
  return `${kind} ${name}`;
}
