import { createWorkbench } from '../jobs/workbench.ts';
import { makeAppState } from './app-state.svelte.ts';
import type { AppState } from './app-state.svelte.ts';

/** The page's state around the real workbench. */
export function openApp(): AppState {
  return makeAppState(createWorkbench());
}
