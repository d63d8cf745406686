import type { Fault } from '../engine/fault.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import { layerSummary } from './layer-summary.ts';
import type { LayerSummary } from './layer-summary.ts';
import { toFault } from './to-fault.ts';
import { unitRow } from './unit-rows.ts';
import type { UnitRow } from './unit-rows.ts';

/** Results that are compared, with their units as rows and in numbers. */
export interface Compared {
  readonly results: LayerResults;
  readonly rows: readonly UnitRow[];
  readonly summary: LayerSummary;
}

/** Results side by side, read one after the other. */
export class Comparison {
  readonly #load: (key: string) => Promise<LayerResults | null>;
  #known: readonly Compared[] = [];
  #asked = 0;
  /** Those that are read, in the order asked for. */
  parts: readonly Compared[] = $state.raw([]);
  /** How many are still to be read. */
  left = $state(0);
  /** Keys that are not kept any more. */
  gone: readonly string[] = $state.raw([]);
  fault: Fault | null = $state.raw(null);

  /** @param load gives kept results by their key, or null */
  constructor(load: (key: string) => Promise<LayerResults | null>) {
    this.#load = load;
  }

  /** Compares these results; a later call wins over one that is still reading. */
  async show(keys: readonly string[]): Promise<void> {
    this.#asked += 1;
    const mine = this.#asked;
    this.fault = null;
    this.gone = [];
    this.parts = this.#among(keys);
    const missing = keys.filter((key) => !this.#known.some(({ results }) => results.key === key));
    this.left = missing.length;
    for (const key of missing) {
      try {
        const results = await this.#load(key);
        if (mine !== this.#asked) return;
        if (results) this.#known = [...this.#known, compared(results)];
        else this.gone = [...this.gone, key];
      } catch (error) {
        if (mine !== this.#asked) return;
        this.fault = toFault(error);
      }
      this.left -= 1;
      this.parts = this.#among(keys);
    }
  }

  #among(keys: readonly string[]): readonly Compared[] {
    return keys.flatMap((key) => this.#known.find(({ results }) => results.key === key) ?? []);
  }
}

function compared(results: LayerResults): Compared {
  const rows = results.units.map((explanation) => unitRow(explanation, results.concepts));
  return { results, rows, summary: layerSummary(rows, (concept) => results.concepts[concept].category) };
}
