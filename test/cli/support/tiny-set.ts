import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { goldenFolder } from '../../engine/support/golden-pictures.ts';
import { npyBytes } from '../../probing/support/npy.ts';

/** The tiny golden set as files of a command line, in a folder of their own that a test removes. */
export interface TinySet {
  readonly folder: string;
  readonly probing: string;
  readonly activations: string;
}

export function tinySet(name: string): TinySet {
  const folder = mkdtempSync(join(tmpdir(), `formulens-${name}-`));
  const probing = goldenFolder('tiny');
  const { shape } = JSON.parse(readFileSync(`${probing}features.json`, 'utf8')) as { shape: number[] };
  const activations = join(folder, 'features.npy');
  writeFileSync(activations, npyBytes({ descr: '<f4', shape, data: readFileSync(`${probing}features.bin`) }));
  return { folder, probing, activations };
}

/** explanations.json in a folder, less what depends on when it was made. */
export function untimed(folder: string): string {
  const text = readFileSync(join(folder, 'explanations.json'), 'utf8');
  return text.replace(/^ "madeAt": ".*",\n/m, '').replace(/^ "tookMs": \d+,\n/m, '');
}
