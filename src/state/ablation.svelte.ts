import { untrack } from 'svelte';
import { labelTruth } from '../engine/ablation/truth.ts';
import type { Truth } from '../engine/ablation/truth.ts';
import { matchLabels } from '../engine/analysis/class-match.ts';
import type { Fault } from '../engine/fault.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import type { Ablation, AblationProgress, Evidence, Job, LayerChoice, Workbench } from '../jobs/api.ts';
import { asChosen, choiceOf } from './label-choices.ts';
import type { OpenAblation } from './open-ablation.svelte.ts';
import { toFault } from './to-fault.ts';
import type { Workspace } from './workspace.svelte.ts';

/** Bytes of activations that are held at most. */
export const ablationBytes = 256 * 2 ** 20;

/**
 * Units that are switched off: opening the model for that, and what is open. One at a time; it stays when the page shows something else, and
 * is closed when other results are shown or a run starts.
 */
export class AblationState {
  readonly #workbench: Pick<Workbench, 'ablation'>;
  readonly #workspace: Pick<Workspace, 'results' | 'run'>;
  open: OpenAblation | null = $state.raw(null);
  opening = $state(false);
  progress: AblationProgress | null = $state.raw(null);
  /** Why the last try to open it failed. */
  fault: Fault | null = $state.raw(null);
  /** Most samples to hold; null: as many as fit. */
  samples: number | null = $state(null);
  #job: Job<Ablation> | null = null;

  constructor(workbench: Pick<Workbench, 'ablation'>, workspace: Pick<Workspace, 'results' | 'run'>) {
    this.#workbench = workbench;
    this.#workspace = workspace;
  }

  /** Closes it, from now on, where other results or another run are shown. @returns stops watching */
  follow(): () => void {
    return $effect.root(() => {
      $effect(() => {
        void [this.#workspace.results, this.#workspace.run];
        return () => this.close();
      });
    });
  }

  /** Reads the activations of these results' layer. Resolves when that is done, cancelled or failed. */
  async start(results: LayerResults, evidence: Pick<Evidence, 'goldLabels'>): Promise<void> {
    this.close();
    this.opening = true;
    let job: Job<Ablation> | null = null;
    try {
      job = this.#workbench.ablation(results, this.samples, (progress) => {
        if (this.#job === job) this.progress = progress;
      });
      this.#job = job;
      const ablation = await job.finished;
      const truth = await truthOf(results, evidence, ablation.ground.classNames);
      // With its statistics it is too large for the page's first load.
      const loaded = await import('./open-ablation.svelte.ts');
      if (this.#job === job) this.open = new loaded.OpenAblation(ablation, results, truth);
      else ablation.close();
    } catch (error) {
      const fault = toFault(error);
      if (this.#job === job && fault.code !== 'jobs/cancelled') this.fault = fault;
    } finally {
      if (this.#job === job) this.#settle();
    }
  }

  /** Ends the opening. */
  cancel(): void {
    const job = this.#job;
    this.#settle();
    job?.cancel();
  }

  /** Ends everything and gives its memory back. */
  close(): void {
    untrack(() => {
      this.cancel();
      this.open?.close();
      this.open = null;
      this.fault = null;
    });
  }

  #settle(): void {
    this.#job = null;
    this.opening = false;
    this.progress = null;
  }
}

/** What is right, by gold labels; null where there are none, or they cannot be read, or no class is named as they are. */
async function truthOf(
  results: LayerResults,
  evidence: Pick<Evidence, 'goldLabels'>,
  classNames: readonly string[],
): Promise<Truth | null> {
  const chosen = asChosen(results);
  const { gold: given, corrections } = choiceOf(chosen);
  const gold = given ?? (await evidence.goldLabels().catch(() => null));
  return gold && labelTruth(gold, matchLabels(gold, chosen.classes?.names ?? classNames, corrections));
}

/** Bytes that the activations of a layer take for a sample, as 32-bit numbers; null where its sizes are not known. */
export function bytesOfSample({ shape, tokens }: Pick<LayerChoice, 'shape' | 'tokens'>): number | null {
  if (tokens || shape === null || shape.length < 2) return null;
  return shape
    .slice(1)
    .reduce<number | null>((bytes, size) => (bytes === null || typeof size !== 'number' ? null : bytes * size), 4);
}
