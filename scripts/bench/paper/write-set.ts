import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { configure, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js';
import { firstNumbers } from './draw-labels.ts';
import { baseName, MAP, paperRows, SIDE, vocabularyOf, type PaperPlan, type PaperRow } from './plan.ts';
import type { DrawnPictures } from './write-thread.ts';

/** Where a generated set lies. */
export interface PaperSet {
  /** A probing set in Broden's layout. */
  readonly zip: string;
  /** Activations, float32 `[pictures, units, 7, 7]`. */
  readonly npy: string;
  /** Where scenes and part files come from, in words. */
  readonly source: string;
}

const BATCH = 16;

/**
 * Writes a set of the plan's size into a folder, unless it is there: a probing set in Broden's layout and activations of a layer. 2.4 GB
 * and about two minutes at the paper's size.
 */
export async function writeSet(plan: PaperPlan, folder: string, say: (line: string) => void): Promise<PaperSet> {
  const name = `${plan.pictures}-pictures-${plan.units}-units-${plan.concepts}-concepts`;
  const target = join(folder, name);
  const { rows, source } = paperRows(plan);
  const set = { zip: join(target, 'paper.zip'), npy: join(target, 'paper.npy'), source };
  if (existsSync(target)) return set;
  say(`Generating ${name} in ${folder}`);
  const half = `${target}.half`;
  await rm(half, { recursive: true, force: true });
  await mkdir(half, { recursive: true });
  await write(plan, rows, join(half, 'paper.zip'), join(half, 'paper.npy'));
  await rename(half, target);
  return set;
}

async function write(plan: PaperPlan, rows: readonly PaperRow[], zipPath: string, npyPath: string): Promise<void> {
  configure({ useWebWorkers: false });
  const zipFile = await open(zipPath, 'w');
  const npyFile = await open(npyPath, 'w');
  const zip = new ZipWriter(
    new WritableStream<Uint8Array>({
      async write(chunk) {
        await zipFile.write(chunk);
      },
    }),
    { level: 0, extendedTimestamp: false, lastModDate: new Date(2020, 0, 1) },
  );
  const add = (path: string, bytes: Uint8Array) => zip.add(path, new Uint8ArrayReader(bytes));
  for (const [path, text] of tables(plan, rows)) await add(path, new TextEncoder().encode(text));
  const header = npyHeader([plan.pictures, plan.units, MAP, MAP]);
  await npyFile.write(header, 0, header.length, 0);

  const threads = [0, 1].map(
    () =>
      new Worker(new URL('../thread.mjs', import.meta.url), {
        workerData: { module: './paper/write-thread.ts', plan, rows },
      }),
  );
  let next = 0;
  const work = async (thread: Worker): Promise<void> => {
    while (next < plan.pictures) {
      const first = next;
      next += BATCH;
      thread.postMessage([first, Math.min(BATCH, plan.pictures - first)]);
      const [drawn] = (await once(thread, 'message')) as [DrawnPictures];
      const { buffer, byteOffset, byteLength } = drawn.activations;
      const at = header.length + first * plan.units * MAP * MAP * 4;
      await npyFile.write(new Uint8Array(buffer, byteOffset, byteLength), 0, byteLength, at);
      for (const { path, bytes } of drawn.files) await add(path, bytes);
    }
  };
  await Promise.all(threads.map(work));
  await Promise.all(threads.map((thread) => thread.terminate()));
  await zip.close();
  await zipFile.close();
  await npyFile.close();
}

/** index.csv, label.csv and category.csv. */
function tables({ concepts }: PaperPlan, rows: readonly PaperRow[]): readonly (readonly [string, string])[] {
  const vocabulary = vocabularyOf(concepts);
  const first = firstNumbers(vocabulary);
  const names = { colors: 'color', objects: 'object', parts: 'part', scenes: 'scene' } as const;
  const label = (Object.keys(names) as (keyof typeof names)[]).flatMap((key) =>
    Array.from({ length: vocabulary[key] }, (_, i) => `${first[key] + i},${names[key]} ${i},${names[key]}(1)`),
  );
  const index = rows.map(({ scene, partFiles }, picture) => {
    const base = baseName(picture);
    const parts = Array.from({ length: partFiles }, (_, part) => `${base}_part_${part + 1}.png`).join(';');
    return `${base}.jpg,train,224,224,${SIDE},${SIDE},${base}_color.png,${base}_object.png,${parts},${first.scenes + scene}`;
  });
  return [
    ['category.csv', `name\n${Object.values(names).join('\n')}\n`],
    ['label.csv', `number,name,category\n${label.join('\n')}\n`],
    ['index.csv', `image,split,ih,iw,sh,sw,color,object,part,scene\n${index.join('\n')}\n`],
  ];
}

/** Header of a .npy file, version 1.0 (NumPy Enhancement Proposal 1): padded so that data begins at a multiple of 64. */
function npyHeader(shape: readonly number[]): Uint8Array {
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')}), }`;
  const length = Math.ceil((10 + text.length + 1) / 64) * 64;
  const bytes = new Uint8Array(length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, (length - 10) & 255, (length - 10) >> 8]);
  bytes.set(new TextEncoder().encode(`${text.padEnd(length - 11)}\n`), 10);
  return bytes;
}
