import { createWorkbench } from '../jobs/workbench.ts';
import { makeAppState } from './app-state.svelte.ts';
import type { AppState } from './app-state.svelte.ts';
import { followLaunches } from './launched-files.ts';
import { takeFiles } from './show.ts';
import type { Workspace } from './workspace.svelte.ts';

/** The page's state around the real workbench, with files opened from the desktop and, in the built page, its service worker. */
export function openApp(): AppState {
  const app = makeAppState(createWorkbench());
  const { offline, workspace } = app;
  followLaunches((files, from) => takeFiles(app, files, from));
  if (import.meta.env.PROD) void offline.follow(() => isUntouched(workspace));
  return app;
}

/** Whether nothing was opened or run that loading the page again would lose. */
function isUntouched({ model, probing, activations, workspaceFile, run }: Workspace): boolean {
  const slots = [model, probing, activations, workspaceFile];
  return run === null && slots.every(({ value, reading }) => value === null && reading === null);
}
