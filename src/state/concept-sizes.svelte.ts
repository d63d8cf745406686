import { untrack } from 'svelte';
import type { ConceptCoverage } from '../engine/results/measures.ts';
import type { Evidence } from '../jobs/api.ts';
import { Latest } from './latest.svelte.ts';

/** How many positions each concept of the shown results covers, where that is known; asked for once for the same pictures. */
export class ConceptSizes {
  readonly #coverage = new Latest<ConceptCoverage>();
  readonly #evidence: () => Evidence | null;
  #asked: Evidence | null = null;
  #count = 0;

  constructor(evidence: () => Evidence | null) {
    this.#evidence = evidence;
  }

  /** Asks where there is something new to ask; to be called from an effect. */
  follow(): void {
    const evidence = this.#evidence();
    untrack(() => {
      if (evidence !== this.#asked) this.#count += 1;
      this.#asked = evidence;
      const key = String(this.#count);
      this.#coverage.ask(evidence && { key, topic: key, ask: () => evidence.coverage() });
    });
  }

  /** How many concepts cover fewer positions than this, in words; empty where that is not known. */
  leftOut(least: number): string {
    const { answer } = this.#coverage;
    if (!answer || this.#asked === null) return '';
    const { sizes } = answer.value;
    const fewer = sizes.reduce((count, size) => count + (size < least ? 1 : 0), 0);
    return `Leaves out ${fewer.toLocaleString('en')} of ${sizes.length.toLocaleString('en')} concepts.`;
  }
}
