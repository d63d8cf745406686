import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { version } from '../../engine/version.ts';
import { cliFaults } from '../errors.ts';
import { syncFolder, writeWhole } from '../write-whole.ts';
import { parseManifest, shardFormat, shardRange, type ShardLayer, type ShardManifest } from './manifest.ts';
import { writePart } from './part-file.ts';
import { questionDifferences, type ShardQuestion } from './shard-question.ts';
import type { StepParts } from './step-parts.ts';

/** Name of a shard's folder. */
export const shardFolderName = (shard: number, of: number): string => `shard-${shard}-of-${of}`;

/** Name of the file that says what is in a shard's folder. */
export const MANIFEST = 'manifest.json';

/** Reads the manifest in a folder; undefined where there is none. @throws Fault `cli/shard-manifest` */
export async function readManifest(folder: string): Promise<ShardManifest | undefined> {
  const path = join(folder, MANIFEST);
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return parseManifest(text);
  } catch (error) {
    throw cliFaults['shard-manifest'](path, error instanceof Error ? error.message : String(error));
  }
}

/**
 * A shard on disk. Every file is written whole, its parts before the manifest that names them, so that what the manifest names is there
 * whenever the program ends.
 */
export class ShardFolder {
  readonly path: string;
  #manifest: ShardManifest;

  private constructor(path: string, manifest: ShardManifest) {
    this.path = path;
    this.#manifest = manifest;
  }

  /**
   * Opens a shard's folder, or makes it.
   *
   * @param parent holds the folders of all shards
   * @throws Fault, if it has a shard of another question, a damaged manifest, or cannot be written
   */
  static async open(parent: string, shard: number, of: number, question: ShardQuestion): Promise<ShardFolder> {
    const path = join(parent, shardFolderName(shard, of));
    const found = await readManifest(path);
    if (found) {
      const different = questionDifferences(found.question, question);
      if (different.length > 0) throw cliFaults['shard-differs'](path, different);
      return new ShardFolder(path, found);
    }
    await mkdir(path, { recursive: true }).catch((error: unknown) => {
      throw cliFaults['not-writable'](path, error instanceof Error ? error.message : String(error));
    });
    const [first, end] = shardRange(shard, of, question.probing.sampleCount);
    const madeBy = `Formulens ${version}`;
    const manifest = { format: shardFormat, madeBy, shard, of, first, end, question, layer: null, steps: [] } as const;
    const folder = new ShardFolder(path, manifest);
    await folder.#write(manifest);
    return folder;
  }

  get manifest(): ShardManifest {
    return this.#manifest;
  }

  /** Adds a step. Its samples must follow each other. @throws Fault `cli/not-writable` */
  async addStep({ cells, activations }: StepParts, layer: ShardLayer): Promise<void> {
    const [first, count] = [cells.samples[0], cells.samples.length];
    const name = `samples-${first}-${first + count - 1}`;
    const step = {
      first,
      count,
      cells: await writePart(this.path, `${name}.cells.gz`, cells.buffer),
      activations: await writePart(this.path, `${name}.activations.gz`, activations.buffer),
    };
    const steps = [...this.#manifest.steps, step].sort((a, b) => a.first - b.first);
    await this.#write({ ...this.#manifest, layer, steps });
  }

  /** Forgets steps, by their first samples, so that they are done again. @throws Fault `cli/not-writable` */
  async drop(firsts: readonly number[]): Promise<void> {
    const steps = this.#manifest.steps.filter(({ first }) => !firsts.includes(first));
    await this.#write({ ...this.#manifest, steps });
  }

  /**
   * Removes what no step names: parts of a step that was under way when the program ended.
   *
   * @returns how many files that were
   */
  async tidy(): Promise<number> {
    const named = new Set(this.#manifest.steps.flatMap(({ cells, activations }) => [cells.file, activations.file]));
    const names = await readdir(this.path);
    const left = names.filter((name) => name !== MANIFEST && !named.has(name) && isOurs(name));
    for (const name of left) await rm(join(this.path, name), { force: true });
    return left.length;
  }

  async #write(manifest: ShardManifest): Promise<void> {
    await syncFolder(this.path);
    await writeWhole(join(this.path, MANIFEST), `${JSON.stringify(manifest)}\n`);
    await syncFolder(this.path);
    this.#manifest = manifest;
  }
}

const isOurs = (name: string): boolean =>
  /^(samples-\d+-\d+\.(cells|activations)\.gz|manifest\.json)(\.\d+\.part)?$/.test(name);
