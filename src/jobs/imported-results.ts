import type { LayerResults } from '../engine/results/layer-results.ts';
import { labelOf, type ResultsLabel } from '../engine/results/results-label.ts';
import { isSelected, type Selection } from '../storage/selection.ts';
import type { SmallPictures } from '../pipeline/workspace/contents.ts';

/** Results and small pictures of the workspace file opened last: shown from memory where this machine keeps nothing. */
export class ImportedResults {
  #results: readonly LayerResults[] = [];
  #pictures = new Map<string, Map<number, Blob>>();

  /** Holds these, in place of those before. @param pictures of each probing set, by its content hash */
  hold(results: readonly LayerResults[], pictures: ReadonlyMap<string, SmallPictures>): void {
    this.#results = results;
    this.#pictures = new Map(
      Array.from(pictures, ([probing, some]) => [
        probing,
        new Map(some.map(({ sample, picture }) => [sample, picture])),
      ]),
    );
  }

  /** Results of a key, or null. */
  results(key: string): LayerResults | null {
    return this.#results.find((results) => results.key === key) ?? null;
  }

  /** What lists show of the results. */
  labels(): readonly ResultsLabel[] {
    return this.#results.map(labelOf);
  }

  /** A small picture, or null. */
  picture(probing: string, sample: number): Blob | null {
    return this.#pictures.get(probing)?.get(sample) ?? null;
  }

  /** Forgets what belongs to a probing set, a model, or both. */
  free(selection: Selection): void {
    this.#results = this.#results.filter(
      ({ probing, activations }) => !isSelected({ probing: probing.contentHash, source: activations.hash }, selection),
    );
    for (const probing of this.#pictures.keys()) {
      if (isSelected({ probing, source: '' }, selection)) this.#pictures.delete(probing);
    }
  }

  /** Forgets some results, or everything. */
  forget(key?: string): void {
    if (key === undefined) this.hold([], new Map());
    else this.#results = this.#results.filter((results) => results.key !== key);
  }
}
