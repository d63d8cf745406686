import { openAsBlob } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { entailmentProbingSet } from '../probing/entailment/entailment-probing-set.ts';
import { openProbing } from '../probing/open.ts';
import type { FileTree } from '../probing/file-tree.ts';
import type { ProbingOptions, ProbingTools } from '../probing/probing-options.ts';
import type { ProbingSet } from '../probing/probing-set.ts';
import { scenesProbingSet } from '../probing/scenes/scenes-probing-set.ts';
import { decodePicture } from '../runtime/decode-node.ts';
import { diskTree } from './disk-tree.ts';
import { cliFaults } from './errors.ts';

/** A file given on the command line. */
export interface GivenFile {
  readonly name: string;
  readonly blob: Blob;
}

/** Opens a file without reading it. @throws Fault naming the path */
export async function givenFile(path: string): Promise<GivenFile> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw cliFaults['no-such-path'](path);
  if (!found.isFile()) throw cliFaults['not-readable'](path, 'it is a folder, not a file');
  return { name: basename(path), blob: await openAsBlob(path) };
}

/** Opens a probing set from a folder or a zip. @throws Fault naming the path, or of the reader */
export async function givenProbing(path: string, options: ProbingOptions = {}, vectors?: string): Promise<ProbingSet> {
  const tree = await diskTree(path);
  return openProbing(vectors === undefined ? tree : await withFile(tree, vectors), options, tools);
}

const tools: ProbingTools = {
  decode: decodePicture,
  wordTable: async () => new Uint8Array(await readFile(new URL('../../public/words/vectors.bin', import.meta.url))),
};

/** A tree with one more file. */
async function withFile({ name, files }: FileTree, path: string): Promise<FileTree> {
  const { files: more } = await diskTree(path);
  return { name, files: new Map([...files, ...more]) };
}

const samplesFolder = fileURLToPath(new URL('../../public/samples/', import.meta.url));

/** Opens an embedded sample's model. */
export async function sampleModel(name: string): Promise<GivenFile> {
  const path = join(samplesFolder, name, 'model.onnx');
  return givenFile(path).catch(() => {
    throw cliFaults['sample-missing'](name, resolve(path));
  });
}

/** Opens an embedded sample's probing set. */
export async function sampleProbing(name: string): Promise<ProbingSet> {
  if (name === 'entailment') return entailmentProbingSet({}, tools);
  return name === 'scenes' ? scenesProbingSet() : givenProbing(join(samplesFolder, name, 'probing.zip'));
}
