import { untrack } from 'svelte';
import type { ConceptCoverage } from '../../../engine/results/measures.ts';
import type { AppState, Evidence } from '../../../state/app-state.svelte.ts';
import { Latest } from '../../../state/latest.svelte.ts';
import { conceptRows, findConcepts, sortConcepts } from './concept-users.ts';
import type { ConceptColumn, ConceptRow } from './concept-users.ts';

/** How the list of concepts is looked at; it outlives the page, so that it is as it was when one comes back from a concept. */
const looked = $state<{ column: ConceptColumn; order: 'up' | 'down'; find: string }>({
  column: 'units',
  order: 'down',
  find: '',
});

/** All concepts of the probing set with what is known of them, in the order asked for. */
export class ConceptList {
  readonly #app: Pick<AppState, 'table' | 'workspace'>;
  readonly #coverage = new Latest<ConceptCoverage>();
  #asked = 0;
  #evidence: Evidence | null = null;

  constructor(app: Pick<AppState, 'table' | 'workspace'>) {
    this.#app = app;
  }

  readonly coverage: ConceptCoverage | null = $derived.by(() => this.#coverage.answer?.value ?? null);
  readonly fault = $derived.by(() => this.#coverage.fault);

  /** In the order of the probing set, so that a concept's id is its place. */
  readonly rows: readonly ConceptRow[] = $derived.by(() =>
    conceptRows(this.#app.table.concepts, this.#app.table.rows, this.coverage),
  );

  readonly sorted: readonly ConceptRow[] = $derived.by(() => sortConcepts(this.rows, looked.column, looked.order));

  /** Those the text in the box leaves. */
  readonly shown: readonly ConceptRow[] = $derived.by(() => findConcepts(this.sorted, looked.find));

  get column(): ConceptColumn {
    return looked.column;
  }

  get order(): 'up' | 'down' {
    return looked.order;
  }

  get find(): string {
    return looked.find;
  }

  set find(find: string) {
    looked.find = find;
  }

  /** Sorts by a column: the other way round where it is sorted by it already. Numbers start from the largest, words from a. */
  sortBy(column: ConceptColumn): void {
    const first = column === 'name' || column === 'category' ? 'up' : 'down';
    looked.order = column === looked.column ? (looked.order === 'up' ? 'down' : 'up') : first;
    looked.column = column;
  }

  /** The concept so many rows from another in the order of the list; undefined past the ends. */
  neighbor(concept: number, by: number): number | undefined {
    const rows = this.shown.some((row) => row.concept.id === concept) ? this.shown : this.sorted;
    const at = rows.findIndex((row) => row.concept.id === concept);
    return at < 0 ? undefined : rows[at + by]?.concept.id;
  }

  /** Reads the coverage when there is something to ask; to be called from an effect. */
  follow(): void {
    const { evidence } = this.#app.workspace;
    untrack(() => {
      if (evidence !== this.#evidence) this.#asked += 1;
      this.#evidence = evidence;
      const key = String(this.#asked);
      this.#coverage.ask(evidence && { key, topic: key, ask: () => evidence.coverage() });
    });
  }
}
