import type { Fault } from '../engine/fault.ts';
import type { KeptOfProbing, KnownFile, ToFree, UnfinishedRun, Workbench } from '../jobs/api.ts';
import { toFault } from './to-fault.ts';
import type { Workspace } from './workspace.svelte.ts';

type Keeping = Pick<
  Workbench,
  'unfinished' | 'forgetUnfinished' | 'kept' | 'free' | 'knownFiles' | 'forgetFile' | 'clearStorage' | 'storage'
>;

/** What is kept on this machine: of probing sets and models, of runs that were broken off, and files the browser may open again. */
export class Kept {
  readonly #workbench: Keeping;
  readonly #workspace: Workspace;
  /** Null until it has been looked at. */
  probingSets: readonly KeptOfProbing[] | null = $state.raw(null);
  /** Latest first. */
  unfinished: readonly UnfinishedRun[] = $state.raw([]);
  /** Every file and folder that is remembered, those used last first. */
  files: readonly KnownFile[] = $state.raw([]);
  /** Bytes used and allowed, as the browser estimates them. */
  room: { readonly used: number; readonly quota: number } | null = $state.raw(null);
  /** Why the last thing asked for was not done. */
  fault: Fault | null = $state.raw(null);
  /** Whether something is being freed. */
  freeing = $state(false);

  constructor(workbench: Keeping, workspace: Workspace) {
    this.#workbench = workbench;
    this.#workspace = workspace;
  }

  /** The files and folders, each once, however many times it was another probing set. */
  readonly places: readonly KnownFile[] = $derived.by(() =>
    this.files.filter(
      (file, at) =>
        this.files.findIndex(
          ({ name, kind, role }) => name === file.name && kind === file.kind && role === file.role,
        ) === at,
    ),
  );

  /** Looks at runs that were broken off, and at known files. A browser that keeps nothing has none. */
  async refreshWork(): Promise<void> {
    const [unfinished, files] = await Promise.allSettled([this.#workbench.unfinished(), this.#workbench.knownFiles()]);
    this.unfinished = unfinished.status === 'fulfilled' ? unfinished.value : [];
    this.files =
      files.status === 'fulfilled' ? [...files.value].sort((one, other) => other.usedAt.localeCompare(one.usedAt)) : [];
  }

  /** Looks at everything. */
  async refresh(): Promise<void> {
    const [sets, room] = await Promise.allSettled([
      this.#workbench.kept(),
      this.#workbench.storage(),
      this.refreshWork(),
    ]);
    this.room = room.status === 'fulfilled' ? room.value : null;
    if (sets.status === 'fulfilled') this.probingSets = sets.value;
    else this.fault = toFault(sets.reason);
  }

  /** Forgets what is kept of a probing set or a model, results and broken-off runs too. @returns whether it is gone */
  free(what: ToFree): Promise<boolean> {
    return this.#change(() => this.#workbench.free(what));
  }

  /** Forgets everything. What is on the screen stays until the page is left. @returns whether it is gone */
  clear(): Promise<boolean> {
    return this.#change(() => this.#workbench.clearStorage());
  }

  /** Forgets what a broken-off run has kept. */
  async forgetRun(id: string): Promise<void> {
    await this.#change(() => this.#workbench.forgetUnfinished(id));
  }

  /** Forgets where a file or folder is, under every hash it had; it stays where it is. */
  async forgetFile({ name, kind, role }: KnownFile): Promise<void> {
    const same = this.files.filter((file) => file.name === name && file.kind === kind && file.role === role);
    await this.#change(async () => {
      for (const { id } of same) await this.#workbench.forgetFile(id);
    });
  }

  async #change(change: () => Promise<void>): Promise<boolean> {
    this.fault = null;
    this.freeing = true;
    try {
      await change();
      return true;
    } catch (error) {
      this.fault = toFault(error);
      return false;
    } finally {
      const { fault } = this;
      await Promise.all([this.refresh(), this.#workspace.refreshRecent()]);
      this.fault ??= fault;
      this.freeing = false;
    }
  }
}
