import type { Concept } from '../concepts.ts';
import type { ConceptId } from '../ids.ts';
import { bareName, foldName } from './bare-name.ts';

type Table = ReadonlyMap<string, readonly ConceptId[]>;

const made = new WeakMap<readonly Concept[], ConceptNames>();

/**
 * The names of a probing set's concepts, as they are looked up in typed formulas: exactly, else without regard to case, else without
 * the endings that {@link bareName} drops. The first of the three that knows a name decides.
 */
export class ConceptNames {
  readonly concepts: readonly Concept[];
  /** Names of the categories, in order of first occurrence. */
  readonly categories: readonly string[];
  /** Length of the longest name, in UTF-16 units. */
  readonly longest: number;
  readonly #exact: Table;
  readonly #folded: Table;
  readonly #bare: Table;
  /** `[concepts]` bare names, folded. */
  readonly folded: readonly string[];

  /** The names of a list of concepts; made once for each list. */
  static of(concepts: readonly Concept[]): ConceptNames {
    let names = made.get(concepts);
    if (!names) made.set(concepts, (names = new ConceptNames(concepts)));
    return names;
  }

  private constructor(concepts: readonly Concept[]) {
    this.concepts = concepts;
    this.categories = [...new Set(concepts.map(({ category }) => category))];
    this.longest = concepts.reduce((longest, { name }) => Math.max(longest, name.length), 0);
    this.folded = concepts.map((concept) => foldName(bareName(concept)));
    this.#exact = table(concepts, ({ name }) => name);
    this.#folded = table(concepts, ({ name }) => foldName(name));
    this.#bare = table(concepts, ({ id }) => this.folded[id]);
  }

  /**
   * The concepts that a name can mean.
   *
   * @param category only concepts of this category; its case does not count where no category has this very name
   */
  find(name: string, category?: string): readonly ConceptId[] {
    const wanted = category === undefined ? undefined : this.#category(category);
    const folded = foldName(name);
    for (const found of [this.#exact.get(name), this.#folded.get(folded), this.#bare.get(folded)]) {
      const fitting = found?.filter((id) => category === undefined || this.concepts[id].category === wanted) ?? [];
      if (fitting.length > 0) return fitting;
    }
    return [];
  }

  #category(name: string): string | undefined {
    if (this.categories.includes(name)) return name;
    return this.categories.find((category) => foldName(category) === foldName(name));
  }
}

function table(concepts: readonly Concept[], key: (concept: Concept) => string): Table {
  const found = new Map<string, ConceptId[]>();
  for (const concept of concepts) {
    const same = found.get(key(concept));
    if (same) same.push(concept.id);
    else found.set(key(concept), [concept.id]);
  }
  return found;
}
