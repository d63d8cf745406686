import type { Concept } from '../engine/concepts.ts';
import type { UnitExplanation } from '../engine/results/explanation.ts';
import type { Address } from './address.svelte.ts';
import type { SortColumn } from './route.ts';
import { filterRows, sortRows, unitRow } from './unit-rows.ts';
import type { UnitRow } from './unit-rows.ts';
import type { Workspace } from './workspace.svelte.ts';

/** The unit table: all rows, those the filter leaves, their order, and the one under the cursor. */
export class UnitTable {
  readonly #workspace: Workspace;
  readonly #address: Address;
  /** Unit under the cursor. */
  cursor: number | null = $state(null);

  constructor(workspace: Workspace, address: Address) {
    this.#workspace = workspace;
    this.#address = address;
  }

  /** Whether rows still arrive. Then they stand in the order of their arrival, so that none jumps. */
  readonly streaming = $derived.by(() => this.#workspace.results === null && this.#workspace.run?.state === 'running');

  readonly concepts: readonly Concept[] = $derived.by(
    () => this.#workspace.results?.concepts ?? this.#workspace.run?.probing.concepts ?? [],
  );

  /** Category names in the order of the probing set. */
  readonly categories: readonly string[] = $derived.by(
    () => this.#workspace.results?.categories ?? this.#workspace.run?.probing.categories ?? [],
  );

  readonly rows: readonly UnitRow[] = $derived.by(() => {
    const { results, run } = this.#workspace;
    const units: Iterable<UnitExplanation> = results?.units ?? run?.units.values() ?? [];
    return Array.from(units, (explanation) => unitRow(explanation, this.concepts));
  });

  /** The rows shown, in order. */
  readonly shown: readonly UnitRow[] = $derived.by(() => {
    const { route } = this.#address;
    const left = filterRows(this.rows, route);
    return this.streaming ? left : sortRows(left, route.sort, route.order);
  });

  /** Position of the cursor among the shown rows, or -1. */
  readonly position = $derived.by(() => this.shown.findIndex(({ unit }) => unit === this.cursor));

  /** The row under the cursor; the first shown where the cursor is elsewhere. */
  readonly current: UnitRow | undefined = $derived.by(() => this.shown[Math.max(0, this.position)]);

  /** A unit's row, shown or not. */
  row(unit: number): UnitRow | undefined {
    return this.rows.find((row) => row.unit === unit);
  }

  /** Moves the cursor by some rows, within the ends. */
  move(by: number): void {
    const to = this.position < 0 ? 0 : Math.min(this.shown.length - 1, Math.max(0, this.position + by));
    this.cursor = this.shown[to]?.unit ?? null;
  }

  /** The unit so many rows from another in the table's order; undefined past the ends. */
  neighbor(unit: number, by: number): number | undefined {
    const at = this.shown.findIndex((row) => row.unit === unit);
    return at < 0 ? undefined : this.shown[at + by]?.unit;
  }

  /** Sorts by a column: the other way round where it is sorted by it already. Numbers start from the largest, words from a. */
  sortBy(column: SortColumn): void {
    const { sort, order } = this.#address.route;
    const first = column === 'unit' || column === 'formula' || column === 'categories' ? 'up' : 'down';
    const turned = order === 'up' ? 'down' : 'up';
    this.#address.adjust({ sort: column, order: sort === column ? turned : first });
  }
}
