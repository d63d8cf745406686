import { SvelteMap } from 'svelte/reactivity';
import type { Fault } from '../engine/fault.ts';
import type { UnitExplanation } from '../engine/results/explanation.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import type { Job, OpenedProbing, RunProgress, RunRequest, Workbench } from '../jobs/api.ts';
import { toFault } from './to-fault.ts';

/** One run: what it asked for, how far it is, the units it has explained so far, and how it ended. */
export class Run {
  readonly request: RunRequest;
  readonly probing: OpenedProbing;
  readonly layer: string;
  /** Units of the layer, where known before the run. */
  readonly unitCount: number | null;
  progress: RunProgress | null = $state.raw(null);
  /** The last sentence about provider or caches. */
  notes: readonly string[] = $state.raw([]);
  /** In the order in which they were explained. */
  readonly units = new SvelteMap<number, UnitExplanation>();
  /** The results, once all units are explained; what is left is saving. */
  made: LayerResults | null = $state.raw(null);
  state: 'running' | 'finished' | 'cancelled' | 'failed' = $state('running');
  fault: Fault | null = $state.raw(null);
  /** Key of its results, once it is finished. */
  key: string | null = $state(null);
  /** Seconds it took, once it is finished. */
  seconds = $state(0);
  #job: Job<LayerResults> | undefined;

  constructor(request: RunRequest, probing: OpenedProbing, layer: string, unitCount: number | null) {
    this.request = request;
    this.probing = probing;
    this.layer = layer;
    this.unitCount = unitCount;
  }

  /**
   * Starts it.
   *
   * @param onMade called when all units are explained; {@link made} has the results then
   * @returns the results, or null where it was cancelled or failed; `fault` then says why
   */
  async start(workbench: Workbench, onMade: () => void): Promise<LayerResults | null> {
    try {
      this.#job = workbench.run(this.request, {
        onProgress: (progress) => {
          this.progress = progress;
          if (progress.note && !this.notes.includes(progress.note)) this.notes = [...this.notes, progress.note];
        },
        onUnits: (units) => {
          for (const explanation of units) this.units.set(explanation.unit, explanation);
        },
        onResults: (results) => {
          this.made = results;
          onMade();
        },
      });
      const results = await this.#job.finished;
      this.key = results.key;
      this.seconds = results.tookMs / 1000;
      this.state = 'finished';
      return results;
    } catch (error) {
      const fault = toFault(error);
      this.state = fault.code === 'jobs/cancelled' ? 'cancelled' : 'failed';
      this.fault = fault;
      return null;
    }
  }

  /** Stops it; what is explained so far stays on the page. */
  cancel(): void {
    this.#job?.cancel();
  }
}
