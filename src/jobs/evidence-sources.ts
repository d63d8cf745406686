import type { ProbingWorker } from '../../workers/probing.worker.ts';
import type { RuntimeWorker } from '../../workers/runtime.worker.ts';
import type { StorageWorker } from '../../workers/storage.worker.ts';
import type { OpenedModel, OpenedProbing } from './api.ts';
import type { CellTables } from './cell-tables.ts';
import type { ImportedResults } from './imported-results.ts';
import type { Keeper } from './keeper.ts';
import type { Reopening } from './reopening.ts';
import type { WorkerLink } from './worker-link.ts';

/** An open probing set and the worker that holds it. */
export interface OpenProbingSet {
  readonly link: WorkerLink<ProbingWorker>;
  readonly opened: Reopening<OpenedProbing>;
}

/** An open model and the worker that holds it. */
export interface OpenModel {
  readonly link: WorkerLink<RuntimeWorker>;
  readonly opened: Reopening<OpenedModel>;
}

/** Where evidence comes from. */
export interface EvidenceSources {
  readonly storage: WorkerLink<StorageWorker>;
  readonly keeper: Keeper;
  readonly imported: ImportedResults;
  readonly tables: CellTables;
  /** The probing set that is open now, if any. */
  readonly open: () => OpenProbingSet | null;
  /** The model that is open now, if any. */
  readonly model: () => OpenModel | null;
}
