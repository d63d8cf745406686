import { openAsBlob } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openProbing } from '../probing/open.ts';
import type { ProbingOptions } from '../probing/probing-options.ts';
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
export async function givenProbing(path: string, options: ProbingOptions = {}): Promise<ProbingSet> {
  return openProbing(await diskTree(path), options, { decode: decodePicture });
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
  return name === 'scenes' ? scenesProbingSet() : givenProbing(join(samplesFolder, name, 'probing.zip'));
}
