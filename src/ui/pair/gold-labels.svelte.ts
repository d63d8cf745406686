import { untrack } from 'svelte';
import type { Evidence } from '../../state/app-state.svelte.ts';
import { Latest } from '../../state/latest.svelte.ts';

/** The gold labels of all samples, asked for once. */
export class GoldLabels {
  readonly #found = new Latest<readonly (string | null)[]>();
  #evidence: Evidence | null = null;
  #asked = 0;

  /** By sample; null while they are not there. */
  get all(): readonly (string | null)[] | null {
    return this.#found.answer?.value ?? null;
  }

  get fault(): Latest<unknown>['fault'] {
    return this.#found.fault;
  }

  /** Reads them; to be called from an effect. Null: nothing is to be asked. */
  follow(evidence: Evidence | null): void {
    untrack(() => {
      if (evidence !== this.#evidence) this.#asked += 1;
      this.#evidence = evidence;
      const key = String(this.#asked);
      this.#found.ask(evidence && { key, topic: key, ask: () => evidence.goldLabels() });
    });
  }
}
