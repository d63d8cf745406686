import { measuresAnalysis, unitsToMeasure } from '../engine/analysis/measures.ts';
import type { MeasuresAnalysis } from '../engine/analysis/measures.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import type { Evidence } from '../jobs/api.ts';

/** How far the measuring of a layer's units is. */
export class Measuring {
  /** Units measured. */
  done = $state(0);
  /** Units to be measured; 0 before it begins. */
  total = $state(0);
  #control = new AbortController();

  /** Ends it: what waits for the measures gets the fault `jobs/cancelled`. */
  stop(): void {
    this.#control.abort();
  }

  /** Measures all explained units. @throws Fault, if what is kept of the samples cannot be read; `jobs/cancelled` */
  async measure(results: LayerResults, evidence: Evidence): Promise<MeasuresAnalysis> {
    const units = unitsToMeasure(results);
    this.#control = new AbortController();
    this.done = 0;
    this.total = units.length;
    const { signal } = this.#control;
    return measuresAnalysis(await evidence.unitMeasures(units, { onDone: (done) => (this.done = done), signal }));
  }
}

const measurings = new WeakMap<LayerResults, Measuring>();

/** The measuring of results: one for each, whoever asks. */
export function measuringOf(results: LayerResults): Measuring {
  const known = measurings.get(results) ?? new Measuring();
  measurings.set(results, known);
  return known;
}
