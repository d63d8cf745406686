/** Pages by the name they have in the address. */
export type PageName = 'start' | 'prepare' | 'layer' | 'unit' | 'help';

/** Columns of the unit table that can be sorted by. */
export type SortColumn = 'unit' | 'formula' | 'iou' | 'iou1' | 'firing' | 'categories';

/** What the address says: the page, and how the unit table is looked at. */
export interface Route {
  readonly page: PageName;
  /** Key of the results that are shown; empty: the run under way, or the last one. */
  readonly results: string;
  readonly unit: number;
  readonly sort: SortColumn;
  readonly order: 'up' | 'down';
  /** Searched text or unit number. */
  readonly find: string;
  /** Category a formula must use; empty: any. */
  readonly category: string;
  /** State of the units shown; empty: any. */
  readonly state: string;
  /** Lowest and highest IoU of the best formula shown, 0 to 1. */
  readonly from: number;
  readonly to: number;
}

interface Key<Value> {
  readonly fallback: Value;
  /** The value in the address, or the fallback where it makes no sense. */
  read(text: string): Value;
}

type Keys = { readonly [Name in keyof Route]: Key<Route[Name]> };

/** The address's keys with their types and defaults; a key at its default is left out. */
const keys: Keys = {
  page: oneOf(['start', 'prepare', 'layer', 'unit', 'help']),
  results: word(),
  unit: number(0, 0, Number.MAX_SAFE_INTEGER, true),
  sort: oneOf(['iou', 'unit', 'formula', 'iou1', 'firing', 'categories']),
  order: oneOf(['down', 'up']),
  find: word(),
  category: word(),
  state: word(),
  from: number(0, 0, 1, false),
  to: number(1, 0, 1, false),
};

const names = Object.keys(keys) as readonly (keyof Route)[];

/** The start page with everything at its default. */
export const home: Route = parseRoute('');

/** Reads the address's part behind `#`; what is missing, unknown or nonsense becomes the default. */
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
      return sensible ? value : fallback;
    },
  };
}
