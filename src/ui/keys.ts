import type { PageName } from '../state/route.ts';
import { unitKeys } from './pages/unit/unit-keys.ts';

/** A line of the sheet of keys. */
export interface KeyLine {
  readonly keys: string;
  readonly what: string;
}

/** The keys of a page, or of all. */
export interface KeyGroup {
  readonly title: string;
  readonly lines: readonly KeyLine[];
}

/** What a key does that counts on every page. */
export type GlobalAction = 'sheet' | 'theme' | 'search' | 'up' | PageName;

/** A key that counts on every page; two of them with a space between are pressed one after the other. */
export interface GlobalKey extends KeyLine {
  readonly does: GlobalAction;
}

/** The keys that count on every page. Their handler (global-keys.svelte) reads this table. */
export const globalKeys: readonly GlobalKey[] = [
  { keys: '?', what: 'These keys', does: 'sheet' },
  { keys: '/', what: 'Search', does: 'search' },
  { keys: 'g s', what: 'Start', does: 'start' },
  { keys: 'g p', what: 'Prepare', does: 'prepare' },
  { keys: 'g l', what: 'Units of the layer', does: 'layer' },
  { keys: 'g u', what: 'Unit', does: 'unit' },
  { keys: 'g c', what: 'Concepts', does: 'concept' },
  { keys: 'g m', what: 'Compare layers', does: 'compare' },
  { keys: 'g a', what: 'Analyses of the layer', does: 'analysis' },
  { keys: 'g k', what: 'What is kept here', does: 'storage' },
  { keys: 'g h', what: 'Help', does: 'help' },
  { keys: 't', what: 'Theme: automatic, light, dark', does: 'theme' },
  { keys: 'Escape', what: 'Close, or up: from a unit to its layer, from a layer to the start', does: 'up' },
];

/** Keys of the layer's page. */
const layerKeys: readonly KeyLine[] = [
  { keys: 'j or ↓', what: 'Next row' },
  { keys: 'k or ↑', what: 'Row before' },
  { keys: 'Enter', what: "The row's unit" },
  { keys: 'Space', what: 'Pin the unit beside the table, or let it go' },
  { keys: 'h', what: 'To the histogram; arrows then move its range' },
];

/** Keys in a picture that is open. */
const pictureKeys: readonly KeyLine[] = [
  { keys: '→ or n', what: 'Next picture' },
  { keys: '← or p', what: 'Picture before' },
  { keys: '+ or -', what: 'Closer, farther' },
  { keys: '0', what: 'The whole picture' },
  { keys: 'Escape', what: 'Close' },
];

/** The keys of every page, for the sheet. */
export const keyGroups: readonly KeyGroup[] = [
  { title: 'Everywhere', lines: globalKeys },
  { title: 'Units of a layer', lines: layerKeys },
  { title: 'A unit', lines: unitKeys },
  { title: 'An open picture', lines: pictureKeys },
];

/** The page above another, where Escape leads; none above the start. */
export const pageAbove: Readonly<Partial<Record<PageName, PageName>>> = {
  prepare: 'start',
  layer: 'start',
  unit: 'layer',
  concept: 'layer',
  compare: 'layer',
  analysis: 'layer',
  storage: 'start',
  help: 'start',
};

/** The action of a key, given the one pressed just before it, if it begins one of two; `wait` where another key belongs to it. */
export function actionOf(key: string, before: string): GlobalAction | 'wait' | null {
  const pressed = before === '' ? key : `${before} ${key}`;
  const found = globalKeys.find(({ keys }) => keys === pressed);
  if (found) return found.does;
  return globalKeys.some(({ keys }) => keys.startsWith(`${pressed} `)) ? 'wait' : null;
}
