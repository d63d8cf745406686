/** Starts the worker that reads probing sets. */
export const spawnProbing = (): Worker =>
  new Worker(new URL('../../workers/probing.worker.ts', import.meta.url), { type: 'module', name: 'probing' });

/** Starts the worker that runs models. */
export const spawnRuntime = (): Worker =>
  new Worker(new URL('../../workers/runtime.worker.ts', import.meta.url), { type: 'module', name: 'runtime' });

/** Starts a worker that reads a cell table. */
export const spawnCells = (): Worker =>
  new Worker(new URL('../../workers/cells.worker.ts', import.meta.url), { type: 'module', name: 'cells' });

/** Starts a worker that searches. */
export const spawnSearch = (): Worker =>
  new Worker(new URL('../../workers/search.worker.ts', import.meta.url), { type: 'module', name: 'search' });

/** Starts the worker that keeps things on this machine. */
export const spawnStorage = (): Worker =>
  new Worker(new URL('../../workers/storage.worker.ts', import.meta.url), { type: 'module', name: 'storage' });

/** Starts the worker that packs and unpacks workspace files. */
export const spawnWorkspace = (): Worker =>
  new Worker(new URL('../../workers/workspace.worker.ts', import.meta.url), { type: 'module', name: 'workspace' });
