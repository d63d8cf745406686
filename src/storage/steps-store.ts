import { changed, samplesOf, useOf, type Connection } from './connection.ts';
import { storageFaults } from './errors.ts';
import { pack, packedBytes, unpack, type Packed } from './packed.ts';
import type { RunHeader, RunRecord } from './schema.ts';

/** A stretch of a run's samples, in the order in which they are read, and what was read of them. */
export interface Step {
  readonly first: number;
  readonly count: number;
  /** See CellPart; null where the run does not read labels. */
  readonly cells: ArrayBufferLike | null;
  /** See ActivationPart; one a layer, null where nothing came of it. */
  readonly layers: readonly (ArrayBufferLike | null)[];
}

/** Runs that were broken off, or are under way, in the steps in which they went. */
export class StepsStore {
  readonly #connection: Connection;
  readonly #mostBytes: number;

  /** @param mostBytes of caches and steps together; those longest out of use go */
  constructor(connection: Connection, mostBytes: number) {
    this.#connection = connection;
    this.#mostBytes = mostBytes;
  }

  /**
   * Keeps a step; it is on the disk when this settles. One that begins with the first sample takes the place of whatever was kept of the run.
   *
   * @throws Fault `storage/full`; `storage/steps-gone`, if the step before it is not there any more
   */
  async keep(header: RunHeader, { first, count, cells, layers }: Step): Promise<void> {
    const packedCells = cells && (await pack(cells));
    const packedLayers: (Packed | null)[] = [];
    for (const layer of layers) packedLayers.push(layer && (await pack(layer)));
    const { id, probing, source } = header;
    const bytesOf = (packed: Packed | null): number => (packed ? packedBytes(packed) : 0);
    await this.#connection.withRoom(
      'the progress of this run',
      probing.contentHash,
      async (database) => {
        const change = database.transaction(['runs', 'steps', 'uses'], 'readwrite', { durability: 'strict' });
        const before = first === 0 ? undefined : await change.objectStore('runs').get(id);
        if (first > 0 && before?.done !== first) throw storageFaults['steps-gone']();
        const record: RunRecord = {
          ...header,
          done: first + count,
          at: new Date().toISOString(),
          cellBytes: (before?.cellBytes ?? 0) + bytesOf(packedCells),
          layerBytes: packedLayers.map((layer, i) => (before?.layerBytes[i] ?? 0) + bytesOf(layer)),
        };
        const about = { title: probing.title, source: source.hash, sourceName: source.name, layer: '' };
        const bytes = record.layerBytes.reduce((sum, some) => sum + some, record.cellBytes);
        const steps = change.objectStore('steps');
        const key = { key: id, probing: probing.contentHash };
        await changed(change, (asked) => {
          if (first === 0) asked(steps.delete(samplesOf(id)));
          asked(steps.put({ run: id, first, count, cells: packedCells, layers: packedLayers }));
          asked(change.objectStore('runs').put(record));
          asked(change.objectStore('uses').put(useOf({ ...about, ...key, store: 'steps', bytes })));
        });
      },
      id,
    );
    await this.#connection.trim(probing.contentHash, this.#mostBytes, id);
  }

  /** Runs of which steps are kept, latest first. */
  async runs(): Promise<readonly RunRecord[]> {
    const database = await this.#connection.open();
    const runs = await database.getAll('runs');
    return runs.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  }

  /** A run of which steps are kept, or null. */
  async run(id: string): Promise<RunRecord | null> {
    const database = await this.#connection.open();
    return (await database.get('runs', id)) ?? null;
  }

  /**
   * The step that begins with a sample, or null where there is none. One that was damaged is deleted with those after it, and counts as
   * absent.
   */
  async step(id: string, first: number): Promise<Step | null> {
    const database = await this.#connection.open();
    const record = await database.get('steps', [id, first]);
    if (!record) return null;
    try {
      const layers: (ArrayBufferLike | null)[] = [];
      const cells = record.cells && (await unpack(record.cells));
      for (const layer of record.layers) layers.push(layer && (await unpack(layer)));
      return { first, count: record.count, cells, layers };
    } catch {
      await this.cutOff(id, first);
      return null;
    }
  }

  /** Forgets what was kept of a run from a sample on; harmless where there is nothing. */
  async cutOff(id: string, first: number): Promise<void> {
    if (first === 0) return this.#connection.forget('steps', id);
    const database = await this.#connection.open();
    const change = database.transaction(['runs', 'steps'], 'readwrite');
    const run = await change.objectStore('runs').get(id);
    await Promise.all([
      change.objectStore('steps').delete(IDBKeyRange.bound([id, first], [id, Infinity])),
      ...(run && run.done > first ? [change.objectStore('runs').put({ ...run, done: first })] : []),
      change.done,
    ]);
  }
}
