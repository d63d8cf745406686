import type { DroppedFile } from '../jobs/api.ts';
import type { AppState } from './app-state.svelte.ts';
import type { PageSettings } from './defaults.ts';
import { home, parseRoute } from './route.ts';
import type { PageName, Route } from './route.ts';
import { freshView, whichOf } from './which.ts';
import type { TakenFrom } from './workspace.svelte.ts';

type Parts = Pick<AppState, 'address' | 'workspace'>;

/** Whether a page shows results, and has nothing to show without. */
export function needsResults(page: PageName): boolean {
  return page === 'layer' || page === 'unit' || page === 'concept' || page === 'analysis';
}

/**
 * Runs with what is open and goes where the units arrive.
 *
 * @param view where to go; the layer's page, with nothing filtered, unless told
 * @returns once the run has ended
 */
export async function runAndShow(
  { address, workspace }: Parts,
  settings: PageSettings,
  view: Partial<Route> = { ...freshView, page: 'layer' },
): Promise<void> {
  const ended = workspace.start(settings);
  address.go({ ...workspace.which, ...view });
  await ended;
}

/** Shows kept results on the layer's page, with nothing filtered. @returns false where they are not kept any more */
export async function showKept({ address, workspace }: Parts, key: string): Promise<boolean> {
  const results = await workspace.load(key);
  if (results === null) {
    await workspace.refreshRecent();
    return false;
  }
  workspace.show(results);
  address.go({ ...freshView, ...whichOf(results), page: 'layer' });
  return true;
}

/** Opens a sample's ready-made results and shows them. @returns false where they cannot be read; `workspace.workspaceFile` says why */
export async function showSample(
  { address, workspace }: Parts,
  name: Parameters<AppState['workspace']['openKept']>[0],
): Promise<boolean> {
  const opened = await workspace.openKept(name);
  if (opened === null) return false;
  return showView({ address, workspace }, opened.view, opened.keys);
}

/**
 * Opens what was dropped, picked or launched. A workspace file leads to the view it was saved with; other files lead to where they are
 * prepared, or stay where a page asked for them.
 */
export async function takeFiles(
  { address, workspace }: Parts,
  files: readonly DroppedFile[],
  from: TakenFrom = {},
): Promise<void> {
  const { page } = address.route;
  const asked = page === 'prepare' || (needsResults(page) && workspace.finding === 'missing');
  const taking = workspace.take(files, from);
  const saved = workspace.workspaceFile.reading !== null;
  // What is wrong with files is said on the Prepare page's cards; what was left aside, on the start page too.
  const stays = asked || saved || (page === 'start' && workspace.aside.length > 0);
  if (!stays) address.go({ page: 'prepare' });
  const { opened, view } = await taking;
  if (view !== null) await showView({ address, workspace }, view, workspace.workspaceFile.value?.keys ?? []);
  else if (opened && address.route.page === 'start') address.go({ page: 'prepare' });
}

/** Goes to a view as a workspace file has it; to the first of its results where that says none. */
async function showView(parts: Parts, view: string, keys: readonly string[]): Promise<boolean> {
  const route = parseRoute(view);
  const says = route.model !== '' || route.probing !== '';
  if (!says || !needsResults(route.page)) return keys.length > 0 && showKept(parts, keys[0]);
  parts.address.go({ ...home, ...route });
  return true;
}
