import type { Concept } from '../engine/concepts.ts';
import type { UnitExplanation } from '../engine/results/explanation.ts';
import type { Address } from './address.svelte.ts';
import {
  classOfColumn,
  columnNames,
  defaultColumns,
  firstOrder,
  isFixed,
  pairColumns,
  printColumns,
  readColumns,
  weightColumns,
} from './columns.ts';
import type { ColumnName, SortableColumn } from './columns.ts';
import type { Run, RunLayer } from './run.svelte.ts';
import { readStored, writeStored } from './stored.ts';
import { filterRows, noFilter, placesOf, sortRows, unitRow } from './unit-rows.ts';
import type { UnitRow } from './unit-rows.ts';
import type { Workspace } from './workspace.svelte.ts';

/** Units pinned beside the table at most. */
const mostPinned = 6;

/** The unit table: all rows, those the filter leaves, their order, the one under the cursor, and those that are pinned. */
export class UnitTable {
  readonly #workspace: Workspace;
  readonly #address: Address;
  readonly #made = new WeakMap<UnitExplanation, UnitRow>();
  /** Columns somebody chose; null: nobody did. */
  #remembered: readonly ColumnName[] | null = $state.raw(rememberedColumns());
  /** The order somebody asked for while rows still arrived, as it was then. */
  #frozen: { readonly run: Run; readonly units: readonly number[] } | null = $state.raw(null);
  /** Unit under the cursor. */
  cursor: number | null = $state(null);
  /** Units held beside the table, first pinned first. */
  pinned: readonly number[] = $state.raw([]);

  constructor(workspace: Workspace, address: Address) {
    this.#workspace = workspace;
    this.#address = address;
  }

  /** The layer of the run under way, or of the last one; null where kept results are shown, or nothing ran. */
  readonly layer: RunLayer | null = $derived.by(() => {
    const { results, run } = this.#workspace;
    return results === null && run ? run.layer(this.#address.route.layer) : null;
  });

  /** Whether rows still arrive or change. Then their order stays as it is, so that none jumps. */
  readonly streaming: boolean = $derived.by(
    () => this.layer !== null && this.layer.made === null && this.#workspace.run?.state === 'running',
  );

  readonly concepts: readonly Concept[] = $derived.by(
    () => this.#workspace.results?.concepts ?? this.#workspace.run?.probing.concepts ?? [],
  );

  /** Category names in the order of the probing set. */
  readonly categories: readonly string[] = $derived.by(
    () => this.#workspace.results?.categories ?? this.#workspace.run?.probing.categories ?? [],
  );

  readonly rows: readonly UnitRow[] = $derived.by(() => {
    const made = this.#workspace.results ?? this.layer?.made;
    if (made) {
      const weights = made.classes?.weights;
      return made.units.map((explanation) => this.#row(explanation, 1, weights?.[explanation.unit]));
    }
    return Array.from(this.layer?.units.values() ?? [], ({ explanation, share }) => this.#row(explanation, share));
  });

  /** Rows the filter leaves, in no order. */
  readonly #left: readonly UnitRow[] = $derived.by(() => {
    const { find, category, operator, state, from, to, uses } = this.#address.route;
    return filterRows(this.rows, { find, category, operator, state, from, to, uses }, this.concepts);
  });

  /** The rows shown, in order. */
  readonly shown: readonly UnitRow[] = $derived.by(() => {
    const { route } = this.#address;
    if (!this.streaming) return sortRows(this.#left, route.sort, route.order);
    const frozen = this.#frozen?.run === this.#workspace.run ? this.#frozen.units : [];
    const place = placesOf(frozen);
    const at = ({ unit }: UnitRow): number => place.get(unit) ?? frozen.length;
    return [...this.#left].sort((one, other) => at(one) - at(other));
  });

  /** Whether anything but the order differs from the whole table. */
  readonly filtered: boolean = $derived.by(() => {
    const { route } = this.#address;
    return Object.entries(noFilter).some(([name, value]) => route[name as keyof typeof noFilter] !== value);
  });

  /** Columns shown where nobody chose others. */
  readonly usual: readonly ColumnName[] = $derived.by(() => (this.#workspace.ofPairs ? pairColumns : defaultColumns));

  readonly columns: readonly ColumnName[] = $derived.by(() => {
    const named = readColumns(this.#address.route.columns);
    return named.length > 0 ? named : (this.#remembered ?? this.usual);
  });

  /** Names of the classes whose weights can be columns; none where weights are not known, or classes are too many. */
  readonly weighed: readonly string[] = $derived.by(() => {
    const classes = (this.#workspace.results ?? this.layer?.made)?.classes;
    return classes?.weights && classes.names.length <= weightColumns.length ? classes.names : [];
  });

  /** Columns that have something to show: a cell table has neither pictures nor peaks, and not every layer has class weights. */
  readonly offered: readonly ColumnName[] = $derived.by(() =>
    columnNames.filter((name) => {
      if (this.#workspace.ofCells && (name === 'picture' || name === 'peak')) return false;
      return (classOfColumn(name) ?? -1) < this.weighed.length;
    }),
  );

  /** Those of {@link columns} that have something to show. */
  readonly visible: readonly ColumnName[] = $derived.by(() =>
    this.columns.filter((name) => this.offered.includes(name)),
  );

  readonly #positions: ReadonlyMap<number, number> = $derived.by(() => placesOf(this.shown.map(({ unit }) => unit)));

  /** Position of the cursor among the shown rows, or -1. */
  readonly position: number = $derived.by(() => (this.cursor === null ? -1 : (this.#positions.get(this.cursor) ?? -1)));

  /** The row under the cursor; the first shown where the cursor is elsewhere. */
  readonly current: UnitRow | undefined = $derived.by(() => this.shown[Math.max(0, this.position)]);

  /** Rows of the pinned units. */
  readonly pinnedRows: readonly UnitRow[] = $derived.by(() =>
    this.pinned.flatMap((unit) => this.rows.find((row) => row.unit === unit) ?? []),
  );

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
    const at = this.#positions.get(unit);
    return at === undefined ? undefined : this.shown[at + by]?.unit;
  }

  /** Sorts by a column: the other way round where it is sorted by it already. */
  sortBy(column: SortableColumn): void {
    const { sort, order } = this.#address.route;
    const turned = order === 'up' ? 'down' : 'up';
    this.#address.adjust({ sort: column, order: sort === column ? turned : firstOrder(column) });
    this.sortNow();
  }

  /** While rows arrive: puts those that are there in order, once. */
  sortNow(): void {
    const { run } = this.#workspace;
    if (!this.streaming || run === null) return;
    const { sort, order } = this.#address.route;
    this.#frozen = { run, units: sortRows(this.rows, sort, order).map(({ unit }) => unit) };
  }

  /** Shows all units again. */
  clearFilters(): void {
    this.#address.adjust(noFilter);
  }

  /** Shows a column or hides it, and remembers that for the next visit. */
  toggleColumn(column: ColumnName): void {
    const now = this.columns;
    this.chooseColumns(now.includes(column) ? now.filter((name) => name !== column) : [...now, column]);
  }

  /** Shows these columns, and remembers them for the next visit; the usual ones are whatever is usual then. */
  chooseColumns(columns: readonly ColumnName[]): void {
    const chosen = columnNames.filter((name) => isFixed(name) || columns.includes(name));
    const text = printColumns(chosen, this.usual);
    this.#remembered = text === '' ? null : chosen;
    writeStored('columns', text);
    this.#address.adjust({ columns: text });
  }

  /** Pins a unit beside the table, or lets it go; the one pinned longest makes room. */
  togglePin(unit: number): void {
    this.pinned = this.pinned.includes(unit)
      ? this.pinned.filter((pinned) => pinned !== unit)
      : [...this.pinned, unit].slice(-mostPinned);
  }

  #row(explanation: UnitExplanation, share: number, weights: readonly number[] | null = null): UnitRow {
    const known = this.#made.get(explanation);
    if (known?.share === share && known.weights === weights) return known;
    const row = unitRow(explanation, this.concepts, share, weights);
    this.#made.set(explanation, row);
    return row;
  }
}

function rememberedColumns(): readonly ColumnName[] | null {
  const stored = readStored('columns');
  const named = typeof stored === 'string' ? readColumns(stored) : [];
  return named.length > 0 ? named : null;
}
