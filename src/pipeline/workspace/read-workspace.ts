import { newMemory } from '../../engine/bits/memory.ts';
import { Fault } from '../../engine/fault.ts';
import type { LayerResults } from '../../engine/results/layer-results.ts';
import type { FileTree, TreeFile } from '../../probing/file-tree.ts';
import { identify, wrongKind } from '../../probing/identify.ts';
import { zipTree } from '../../probing/trees/zip-tree.ts';
import { pipelineFaults } from '../errors.ts';
import type { CellBuffers } from '../probing-service.ts';
import { ACTIVATIONS_VERSION, CELLS_VERSION } from '../versions.ts';
import { checkActivations, checkCellsPart } from './check-bundles.ts';
import { Checked } from './checked.ts';
import type { SmallPictures, WorkspaceContents, WorkspaceLayer } from './contents.ts';
import { cellsParts, entryNames, WORKSPACE_FORMAT, WORKSPACE_VERSION, type CellsPart } from './format.ts';
import { openPictures } from './picture-bundle.ts';
import { instant, readResults } from './read-results.ts';

/** Deflate packs at most so many bytes into one. */
const MOST_PACKED = 1032;

/** Bytes that entries of text may have, beyond which the text would be longer than a string can be. */
const MOST_TEXT = 400 * 2 ** 20;

interface Manifest {
  readonly madeAt: string;
  readonly view: string;
  /** Bundles of cells and of activations are of the versions this program makes. */
  readonly current: { readonly cells: boolean; readonly activations: boolean };
  readonly results: readonly {
    readonly key: string;
    readonly cells: number | null;
    readonly pictures: number | null;
    readonly activations: number | null;
  }[];
  readonly cells: number;
  readonly pictures: number;
  readonly activations: readonly Omit<WorkspaceLayer, 'buffer'>[];
}

/**
 * Reads a workspace file (docs/formats.md). Everything is checked before it is used: sizes before memory is asked for, checksums, every
 * value of the results, and that bundles refer to nothing outside of them. Bundles of another version of their form are passed over: their
 * results open without pictures and masks.
 *
 * @param name the file's, for messages
 * @throws Fault that names the file, and the entry where there is one
 */
export async function readWorkspace(blob: Blob, name: string): Promise<WorkspaceContents> {
  const start = new Uint8Array(await blob.slice(0, 64).arrayBuffer());
  if (identify(start)?.name !== 'a zip archive') throw wrongKind(name, start, 'a workspace file');
  const tree = await zipTree(blob, name);
  const file = new WorkspaceFile(tree, blob.size);
  const manifest = await file.manifest();
  const results: LayerResults[] = [];
  for (const [i, { key }] of manifest.results.entries()) results.push(await file.results(i, key));
  /** The results that a bundle belongs to, which it must agree with. */
  const owner = (kind: 'cells' | 'pictures' | 'activations', index: number): LayerResults => {
    const found = manifest.results.findIndex((parts) => parts[kind] === index);
    if (found < 0) throw file.refuse(entryNames.manifest)('results', `none of them needs ${kind} ${index}`);
    return results[found];
  };
  const cells: CellBuffers[] = [];
  const pictures: SmallPictures[] = [];
  const activations: WorkspaceLayer[] = [];
  if (manifest.current.cells)
    for (let i = 0; i < manifest.cells; i++) cells.push(await file.cells(i, owner('cells', i)));
  for (let i = 0; i < manifest.pictures; i++) pictures.push(await file.pictures(i, owner('pictures', i)));
  if (manifest.current.activations) {
    for (const [i, where] of manifest.activations.entries())
      activations.push({ ...where, buffer: await file.activations(i, owner('activations', i)) });
  }
  return {
    madeAt: manifest.madeAt,
    view: manifest.view,
    results: manifest.results.map((parts, i) => ({
      results: results[i],
      cells: manifest.current.cells ? parts.cells : null,
      pictures: parts.pictures,
      activations: manifest.current.activations ? parts.activations : null,
    })),
    cells,
    pictures,
    activations,
  };
}

/** The entries of one file. */
class WorkspaceFile {
  readonly #tree: FileTree;
  readonly #size: number;

  /** @param size of the whole file */
  constructor(tree: FileTree, size: number) {
    this.#tree = tree;
    this.#size = size;
  }

  /** What makes the fault for a value in an entry of text. */
  refuse(entry: string): (where: string, problem: string) => Fault {
    return (where, problem) => pipelineFaults['workspace-value'](entry, this.#tree.name, where, problem);
  }

  async manifest(): Promise<Manifest> {
    const entry = entryNames.manifest;
    if (!this.#tree.files.has(entry)) throw pipelineFaults['workspace-other'](this.#tree.name, whatItIs(this.#tree));
    const top = new Checked(await this.#json(entry), this.refuse(entry));
    const isObject = typeof top.raw === 'object' && top.raw !== null && !Array.isArray(top.raw);
    if (!isObject || top.at('format').raw !== WORKSPACE_FORMAT)
      throw pipelineFaults['workspace-other'](this.#tree.name, whatItIs(this.#tree));
    const madeWith = top.at('madeWith').text();
    if (top.at('version').whole(1) > WORKSPACE_VERSION)
      throw pipelineFaults['workspace-newer'](this.#tree.name, madeWith);
    const [cells, pictures] = [top.at('cells').whole(0, 10_000), top.at('pictures').whole(0, 10_000)];
    const activations = top
      .at('activations')
      .list(10_000)
      .map((where) => ({
        provider: where.at('provider').text(),
        providerNote: where.at('providerNote').text(),
        runtimeVersion: where.at('runtimeVersion').text(),
      }));
    const index = (value: Checked, count: number): number | null => value.orNull((found) => found.whole(0, count - 1));
    const results = top
      .at('results')
      .list(10_000)
      .map((parts) => ({
        key: keyOf(parts.at('key')),
        cells: index(parts.at('cells'), cells),
        pictures: index(parts.at('pictures'), pictures),
        activations: index(parts.at('activations'), activations.length),
      }));
    if (results.length === 0) throw top.at('results').fail('it is empty');
    const current = {
      cells: top.at('cellsVersion').whole() === CELLS_VERSION,
      activations: top.at('activationsVersion').whole() === ACTIVATIONS_VERSION,
    };
    const [madeAt, view] = [instant(top.at('madeAt')), top.at('view').text()];
    return { madeAt, view, current, results, cells, pictures, activations };
  }

  async results(index: number, key: string): Promise<LayerResults> {
    const entry = entryNames.results(index);
    return { key, ...readResults(await this.#json(entry), this.refuse(entry)) };
  }

  async cells(index: number, expected: LayerResults): Promise<CellBuffers> {
    const buffers: Partial<Record<CellsPart, ArrayBufferLike>> = {};
    for (const part of cellsParts) buffers[part] = await this.#memory(entryNames.cells(index, part));
    const whole = buffers as Record<CellsPart, ArrayBufferLike>;
    for (const part of cellsParts)
      this.#checked(entryNames.cells(index, part), () => checkCellsPart(part, whole, expected));
    return whole;
  }

  async pictures(index: number, { probing }: LayerResults): Promise<SmallPictures> {
    const entry = entryNames.pictures(index);
    const buffer = await this.#memory(entry);
    return this.#checked(entry, () => openPictures(buffer, probing.sampleCount));
  }

  async activations(index: number, expected: LayerResults): Promise<ArrayBufferLike> {
    const entry = entryNames.activations(index);
    const buffer = await this.#memory(entry);
    this.#checked(entry, () => checkActivations(buffer, expected));
    return buffer;
  }

  async #json(entry: string): Promise<unknown> {
    const file = this.#entry(entry);
    if (file.size > MOST_TEXT) throw pipelineFaults['workspace-too-large'](entry, this.#tree.name, inWords(file.size));
    const text = await new Response(file.stream()).text();
    try {
      return JSON.parse(text);
    } catch {
      throw pipelineFaults['workspace-entry'](entry, this.#tree.name, 'it is no JSON');
    }
  }

  async #memory(entry: string): Promise<ArrayBufferLike> {
    const file = this.#entry(entry);
    const buffer = this.#room(entry, file.size);
    const all = new Uint8Array(buffer);
    const reader = file.stream().getReader();
    let at = 0;
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      all.set(next.value, at);
      at += next.value.length;
    }
    return buffer;
  }

  #room(entry: string, bytes: number): ArrayBufferLike {
    try {
      return newMemory(bytes);
    } catch {
      throw pipelineFaults['workspace-entry'](
        entry,
        this.#tree.name,
        `it needs ${inWords(bytes)} of memory, more than there is`,
      );
    }
  }

  #entry(entry: string): TreeFile {
    const file = this.#tree.files.get(entry);
    if (!file) throw pipelineFaults['workspace-missing'](entry, this.#tree.name);
    if (file.size > MOST_PACKED * this.#size)
      throw pipelineFaults['workspace-too-large'](entry, this.#tree.name, inWords(file.size));
    return file;
  }

  #checked<Result>(entry: string, check: () => Result): Result {
    try {
      return check();
    } catch (error) {
      if (error instanceof Fault) throw error;
      // What the checks themselves say is a RangeError; reading what is no bundle throws other things.
      const said = error instanceof RangeError && /^its? /.test(error.message) ? error.message : 'it is no bundle';
      throw pipelineFaults['workspace-entry'](entry, this.#tree.name, said);
    }
  }
}

function keyOf(value: Checked): string {
  const text = value.text();
  if (!/^[0-9a-f]{16}$/.test(text)) throw value.fail('it is no key of 16 hex digits');
  return text;
}

/** What a zip archive without a manifest of ours holds, in words. */
function whatItIs({ files }: FileTree): string {
  if (files.has('index.csv') || files.has('concepts.npy')) return 'a probing set';
  const names = [...files.keys()];
  const model = names.find((path) => path.endsWith('.onnx'));
  if (model !== undefined) return `a zip archive with a model in it (${model})`;
  if (names.length === 0) return 'an empty zip archive';
  return `another zip archive (it holds ${names.slice(0, 3).join(', ')}${names.length > 3 ? ' and more' : ''})`;
}

function inWords(bytes: number): string {
  return bytes >= 2 ** 30 ? `${(bytes / 2 ** 30).toFixed(1)} GB` : `${(bytes / 2 ** 20).toFixed(1)} MB`;
}
