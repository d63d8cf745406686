import { Fault } from '../../src/engine/fault.ts';
import type { NamedConcept, NameSimilarity } from '../../src/engine/kinds/name-similarity.ts';

/** What is asked of made-up evidence for kinds: names are as similar as they have letters in common; masks are not kept; notes are. */
export class FakeKinds {
  readonly #notes = new Map<string, unknown>();

  async kindGrounds(): Promise<never> {
    throw new Fault('jobs/not-kept', 'The activations are not kept.');
  }

  async nameSimilarities(
    pairs: readonly (readonly [NamedConcept, NamedConcept])[],
  ): Promise<readonly NameSimilarity[]> {
    return pairs.map(([one, other]) => {
      const [a, b] = [new Set(one.name), new Set(other.name)];
      return {
        tree: Array.from(a).filter((letter) => b.has(letter)).length / new Set([...a, ...b]).size,
        cosine: null,
      };
    });
  }

  async note(name: string): Promise<unknown> {
    return this.#notes.get(name) ?? null;
  }

  async keepNote(name: string, value: unknown): Promise<void> {
    this.#notes.set(name, value);
  }
}
