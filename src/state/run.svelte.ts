import type { Fault } from '../engine/fault.ts';
import type { LayerResults, ProbingProvenance } from '../engine/results/layer-results.ts';
import type { ExplainedUnits, Job, OpenedProbing, RunProgress, RunRequest, Workbench } from '../jobs/api.ts';
import { finalUnits, noUnits, withUnits } from './run-units.ts';
import type { RunUnits } from './run-units.ts';
import { toFault } from './to-fault.ts';

/** One layer of a run: its units so far, from the part of the probing set that was read. */
export class RunLayer {
  /** Name of the probed tensor, or of the file of activations. */
  readonly name: string;
  units: RunUnits = $state.raw(noUnits);
  /** Share of the samples of the newest explanations; 0: none yet. */
  share = $state(0);
  /** Its results, once all its units are explained for good. */
  made: LayerResults | null = $state.raw(null);

  constructor(name: string) {
    this.name = name;
  }

  /** Units that are not final. */
  readonly provisional: number = $derived.by(() => this.units.size - finalUnits(this.units).size);

  /** Takes explanations; those from a larger share take the place of earlier ones. */
  take(explained: ExplainedUnits): void {
    this.units = withUnits(this.units, explained);
    this.share = Math.max(this.share, explained.share);
  }

  /** Leaves final explanations only. */
  dropProvisional(): void {
    this.units = finalUnits(this.units);
  }
}

/** What a run probes with: a probing set, or a cell table. */
export type ProbedSet = ProbingProvenance & Pick<OpenedProbing, 'concepts' | 'categories'>;

/** One run: what it asked for, how far it is, what it has explained so far of each layer, and how it ended. */
export class Run {
  readonly request: RunRequest;
  readonly probing: ProbedSet;
  readonly layers: readonly RunLayer[];
  /** Units of the first layer, where known before the run. */
  readonly unitCount: number | null;
  progress: RunProgress | null = $state.raw(null);
  /** Sentences about provider and caches, each once. */
  notes: readonly string[] = $state.raw([]);
  state: 'running' | 'finished' | 'cancelled' | 'failed' = $state('running');
  fault: Fault | null = $state.raw(null);
  /** Keys of its results, once they are made, by layer in the order of the layers. */
  keys: readonly string[] = $state.raw([]);
  /** Seconds it took, once it is finished. */
  seconds = $state(0);
  /** Provisional units and their share when it was cancelled; they are gone. */
  dropped: { readonly units: number; readonly share: number } | null = $state.raw(null);
  #job: Job<readonly LayerResults[]> | undefined;

  /** @param layers names of the layers: tensors of the model, or the name of the file of activations */
  constructor(request: RunRequest, probing: ProbedSet, layers: string | readonly string[], unitCount: number | null) {
    this.request = request;
    this.probing = probing;
    this.layers = (typeof layers === 'string' ? [layers] : layers).map((name) => new RunLayer(name));
    this.unitCount = unitCount;
  }

  /** A layer by name; the first where the run has none of that name. */
  layer(name: string): RunLayer {
    return this.layers.find((layer) => layer.name === name) ?? this.layers[0];
  }

  /**
   * Starts it.
   *
   * @param onMade called with a layer's results when all its units are explained; saving is left
   * @returns the results by layer, or null where it was cancelled or failed; `fault` then says why
   */
  async start(workbench: Workbench, onMade: (results: LayerResults) => void): Promise<readonly LayerResults[] | null> {
    try {
      this.#job = workbench.run(this.request, {
        onProgress: (progress) => {
          this.progress = progress;
          if (progress.note && !this.notes.includes(progress.note)) this.notes = [...this.notes, progress.note];
        },
        onUnits: (explained) => this.layer(explained.layer).take(explained),
        onResults: (results) => {
          this.#keep(results);
          onMade(results);
        },
      });
      const all = await this.#job.finished;
      for (const results of all) this.#keep(results);
      this.seconds = Math.max(0, ...all.map(({ tookMs }) => tookMs)) / 1000;
      this.state = 'finished';
      return all;
    } catch (error) {
      const fault = toFault(error);
      if (fault.code === 'jobs/cancelled') this.#dropProvisional();
      this.state = fault.code === 'jobs/cancelled' ? 'cancelled' : 'failed';
      this.fault = fault;
      return null;
    }
  }

  /** Stops it; units explained for good stay on the page, provisional ones go. */
  cancel(): void {
    this.#job?.cancel();
  }

  #keep(results: LayerResults): void {
    const { activations, key } = results;
    this.layer(activations.kind === 'model' ? activations.layer : activations.name).made = results;
    if (!this.keys.includes(key)) this.keys = [...this.keys, key];
  }

  #dropProvisional(): void {
    const units = this.layers.reduce((sum, { provisional }) => sum + provisional, 0);
    if (units > 0) this.dropped = { units, share: Math.max(...this.layers.map(({ share }) => share)) };
    for (const layer of this.layers) layer.dropProvisional();
  }
}
