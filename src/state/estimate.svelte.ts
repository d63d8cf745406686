import type { Fault } from '../engine/fault.ts';
import type { RunEstimate, RunRequest, Workbench } from '../jobs/api.ts';
import { Latest } from './latest.svelte.ts';

/** What the next run would cost, asked again when the choices change; the answer to an older question stays until then. */
export class Estimate {
  readonly #workbench: Pick<Workbench, 'estimate'>;
  readonly #latest = new Latest<RunEstimate>();
  #wanted = $state('');

  constructor(workbench: Pick<Workbench, 'estimate'>) {
    this.#workbench = workbench;
  }

  /** Null while nothing is known of the files that are open. */
  readonly value: RunEstimate | null = $derived.by(() =>
    this.#wanted === '' ? null : (this.#latest.answer?.value ?? null),
  );

  /** Whether the estimate is of older choices. */
  readonly pending: boolean = $derived.by(
    () => this.#wanted !== '' && this.#latest.fault === null && this.#latest.answer?.key !== this.#wanted,
  );

  /** Why there is none. */
  readonly fault: Fault | null = $derived.by(() => (this.#wanted === '' ? null : this.#latest.fault));

  /**
   * Asks what a run would cost.
   *
   * @param request null: nothing is asked, since something is missing or a run is under way
   * @param files what is open, in a word: estimates of other files are forgotten
   */
  ask(request: RunRequest | null, files: string): void {
    this.#wanted = request === null ? '' : `${files} ${JSON.stringify(request)}`;
    this.#latest.ask(request && { key: this.#wanted, topic: files, ask: () => this.#workbench.estimate(request) });
  }
}
