import type { ContributionMeasure } from '../engine/contributions/contributions.ts';
import { columnNames } from './columns.ts';
import type { ColumnName, SortableColumn } from './columns.ts';

/** Pages by the name they have in the address. */
export type PageName = 'start' | 'prepare' | 'layer' | 'unit' | 'concept' | 'compare' | 'analysis' | 'storage' | 'help';

/** Lists of pictures on a unit's page. */
export type ListName = 'firing' | 'formula-only' | 'unit-only';

/** Analyses of a layer's units, a screen each. */
export type AnalysisView =
  'lengths' | 'kinds' | 'formulas' | 'accuracy' | 'classes' | 'layers' | 'ablation' | 'measures';

/** What the address says: the page, whose results, and how they are looked at. */
export interface Route {
  readonly page: PageName;
  /** First 16 hex digits of the SHA-256 of the model, or of the file of activations; empty: whatever is shown or runs. */
  readonly model: string;
  /** Name of that file. */
  readonly file: string;
  /** First 16 hex digits of the probing set's content hash. */
  readonly probing: string;
  /** Title of the probing set. */
  readonly set: string;
  /** Name of the probed tensor; for a file of activations its name. */
  readonly layer: string;
  /** What the run was asked for, where it differs from the defaults (src/state/asked.ts). */
  readonly asked: string;
  readonly unit: number;
  /** Concept of the concept's page; -1: none. */
  readonly concept: number;
  readonly sort: SortableColumn;
  readonly order: 'up' | 'down';
  /** Searched text or unit number. */
  readonly find: string;
  /** Category a formula must use; empty: any. */
  readonly category: string;
  /** Operator a formula must use; empty: any. */
  readonly operator: string;
  /** State of the units shown; empty: any. */
  readonly state: string;
  /** Lowest and highest IoU of the best formula shown, 0 to 1. */
  readonly from: number;
  readonly to: number;
  /** Concept a formula must use; -1: any. */
  readonly uses: number;
  /** Columns of the unit table, separated by commas; empty: the usual ones. */
  readonly columns: string;
  /** Settings tried on the unit's page, where they differ from those of the results (src/state/settings-text.ts). */
  readonly try: string;
  /** Formula typed on the unit's page; empty: none. */
  readonly formula: string;
  readonly list: ListName;
  /** Ranges that the unit's activation is split into; 0: they are not shown. */
  readonly ranges: number;
  /** Sample whose picture is open; -1: none. */
  readonly sample: number;
  /** Keys of the results compared, separated by commas. */
  readonly with: string;
  /** Analysis that is shown. */
  readonly view: AnalysisView;
  /** Class whose units are shown, by its place in the model's output; -1: the first by name. */
  readonly class: number;
  /** Name of the layer below that units are held against; empty: the nearest. */
  readonly lower: string;
  /** How it is told what units are made of. */
  readonly by: ContributionMeasure;
}

interface Key<Value> {
  readonly fallback: Value;
  /** The value in the address, or the fallback where it makes no sense. */
  read(text: string): Value;
}

type Keys = { readonly [Name in keyof Route]: Key<Route[Name]> };

/** The address's keys with their types and defaults, in the order of writing; a key at its default is left out. */
const keys: Keys = {
  page: oneOf(['start', 'prepare', 'layer', 'unit', 'concept', 'compare', 'analysis', 'storage', 'help']),
  model: word(),
  file: word(),
  probing: word(),
  set: word(),
  layer: word(),
  asked: word(),
  unit: number(0, 0, Number.MAX_SAFE_INTEGER, true),
  concept: number(-1, -1, Number.MAX_SAFE_INTEGER, true),
  sort: oneOf(['iou', ...columnNames.filter(isSortable)]),
  order: oneOf(['down', 'up']),
  find: word(),
  category: word(),
  operator: word(),
  state: word(),
  from: number(0, 0, 1, false),
  to: number(1, 0, 1, false),
  uses: number(-1, -1, Number.MAX_SAFE_INTEGER, true),
  columns: word(),
  try: word(),
  formula: word(),
  list: oneOf(['firing', 'formula-only', 'unit-only']),
  ranges: number(0, 0, 8, true),
  sample: number(-1, -1, Number.MAX_SAFE_INTEGER, true),
  with: word(),
  view: oneOf(['lengths', 'kinds', 'formulas', 'accuracy', 'classes', 'layers', 'ablation', 'measures']),
  class: number(-1, -1, Number.MAX_SAFE_INTEGER, true),
  lower: word(),
  by: oneOf(['correlation', 'weight', 'iou']),
};

const names = Object.keys(keys) as readonly (keyof Route)[];

/** The start page with everything at its default. */
export const home: Route = parseRoute('');

/** Reads the address's part behind `#`; what is missing, unknown or nonsense becomes the default. Never throws. */
export function parseRoute(hash: string): Route {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const read = <Value>(name: string, key: Key<Value>): Value => {
    const text = given.get(name);
    return text === null ? key.fallback : key.read(text);
  };
  return Object.fromEntries(names.map((name) => [name, read(name, keys[name] as Key<unknown>)])) as unknown as Route;
}

/** Writes a route as `#page=unit&unit=39`; the start page with nothing else is `#`. */
export function printRoute(route: Route): string {
  const written = new URLSearchParams();
  for (const name of names) if (route[name] !== keys[name].fallback) written.set(name, String(route[name]));
  return `#${written.toString()}`;
}

/**
 * A route after a change. An open picture stays open only where the change says so or nothing but the way of looking changes; a typed
 * formula belongs to its unit.
 */
export function changedRoute(route: Route, change: Partial<Route>): Route {
  const next = { ...route, ...change };
  const moved = next.page !== route.page || next.unit !== route.unit || next.concept !== route.concept;
  if (moved && change.sample === undefined) next.sample = home.sample;
  if (next.unit !== route.unit && change.formula === undefined) next.formula = home.formula;
  return next;
}

function isSortable(column: ColumnName): column is SortableColumn {
  return column !== 'picture';
}

function oneOf<const Value extends string>(values: readonly [Value, ...Value[]]): Key<Value> {
  return { fallback: values[0], read: (text) => values.find((value) => value === text) ?? values[0] };
}

function word(): Key<string> {
  return { fallback: '', read: (text) => text };
}

function number(fallback: number, low: number, high: number, whole: boolean): Key<number> {
  return {
    fallback,
    read(text) {
      const value = Number(text);
      const sensible = text.trim() !== '' && value >= low && value <= high && (!whole || Number.isInteger(value));
      // -0 is written as 0.
      return sensible ? value + 0 : fallback;
    },
  };
}
