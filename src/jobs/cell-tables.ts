import type { CellTableMemory } from '../engine/interchange/cell-table.ts';
import type { OpenedCellTable } from '../pipeline/open-cell-table.ts';
import { CELLS_VERSION } from '../pipeline/versions.ts';
import { isSelected, type Selection } from '../storage/selection.ts';
import type { CellsWorker } from '../../workers/cells.worker.ts';
import type { StorageWorker } from '../../workers/storage.worker.ts';
import type { OpenedCells } from './api.ts';
import { asFault, jobFaults } from './errors.ts';
import { sentenceOf } from './keeper.ts';
import { readingSeconds } from './reading-seconds.ts';
import { spawnCells } from './spawn.ts';
import { WorkerLink } from './worker-link.ts';

type Storage = Pick<WorkerLink<StorageWorker>, 'call'>;

/** A cell table in memory. */
export interface HeldTable {
  readonly info: OpenedCells;
  readonly memory: CellTableMemory;
}

/** Cell tables: the one that was opened last, and those kept on this machine for the results made of them. */
export class CellTables {
  readonly #storage: Storage;
  readonly #spawn: () => Worker;
  #open: HeldTable | null = null;
  /** What was last fetched out of storage. */
  #recalled: { readonly hash: string; readonly memory: CellTableMemory } | null = null;

  constructor(storage: Storage, spawn: () => Worker = spawnCells) {
    this.#storage = storage;
    this.#spawn = spawn;
  }

  /** The table that was opened last; null: none. */
  get open(): HeldTable | null {
    return this.#open;
  }

  /**
   * Opens files of one table, with a concepts.csv beside them or none. What was open stays where that fails.
   *
   * @param wait seconds after which reading counts as stuck
   * @throws Fault of the reader; `pipeline/not-cells`; `jobs/file-stalled`, where a damaged file keeps the reader busy for ever
   */
  async openFiles(files: readonly File[], wait = readingSeconds(files)): Promise<OpenedCells> {
    const lists = files.filter(({ name }) => isConceptList(name));
    const tables = files.filter(({ name }) => !isConceptList(name));
    if (tables.length === 0) throw jobFaults['nothing-open']('cell table');
    const names = tables.map(({ name }) => name).join(', ');
    const stuck = (seconds: number) => jobFaults['file-stalled'](names, seconds);
    // A worker for each: its memory goes with it, and a file that cannot be read takes nothing else along.
    const link = new WorkerLink<CellsWorker>(this.#spawn, 'reading the cell table', stuck);
    let opened: OpenedCellTable;
    try {
      opened = await link.callWithin(wait, 'open', tables, lists.at(0) ?? null);
    } catch (error) {
      throw asFault(error);
    } finally {
      link.end(jobFaults.cancelled());
    }
    this.#open = { info: opened.about, memory: opened.memory };
    return opened.about;
  }

  /** The table behind results, by its hash: open, or kept; null where it is neither. */
  async memory(hash: string): Promise<CellTableMemory | null> {
    if (this.#open?.info.hash === hash) return this.#open.memory;
    if (this.#recalled?.hash === hash) return this.#recalled.memory;
    const entry = await this.#storage.call('find', 'cells', tableKey(hash)).catch(() => null);
    if (!entry) return null;
    const { cells, extras, maps, counted } = entry.buffers;
    const memory = { search: { cells, extras }, maps, counted };
    this.#recalled = { hash, memory };
    return memory;
  }

  /** Keeps a table on this machine. @returns a sentence if the machine would not */
  async keep({ info, memory }: HeldTable): Promise<string | null> {
    const { hash, title } = info;
    const { search, maps, counted } = memory;
    const key = tableKey(hash);
    const entry = {
      ...{ key, group: key, probing: hash, meta: {} },
      names: { title, source: '', sourceName: '', layer: '' },
      buffers: { cells: search.cells, extras: search.extras, maps, counted },
    };
    return this.#storage.call('keep', 'cells', entry).then(() => null, sentenceOf);
  }

  /** Forgets, in memory, a kept table. What is open stays open. */
  free(selection: Selection): void {
    const { hash } = this.#recalled ?? { hash: '' };
    if (isSelected({ probing: hash, source: hash }, selection)) this.#recalled = null;
  }

  /** Forgets, in memory, what was kept. */
  clear(): void {
    this.#recalled = null;
  }
}

/** Whether a file is the list of concepts beside a table. */
function isConceptList(name: string): boolean {
  return /\.csv$/i.test(name);
}

function tableKey(hash: string): string {
  return JSON.stringify(['table', CELLS_VERSION, hash]);
}
