import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { constants, gunzip, gzip } from 'node:zlib';
import { demand } from '../../engine/bits/check.ts';
import { newMemory } from '../../engine/bits/memory.ts';
import { writeWhole } from '../write-whole.ts';
import type { PartFile } from './manifest.ts';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** Writes a part, compressed. @throws Fault `cli/not-writable` */
export async function writePart(folder: string, file: string, buffer: ArrayBufferLike): Promise<PartFile> {
  const packed = await compress(new Uint8Array(buffer), { level: constants.Z_BEST_SPEED });
  await writeWhole(join(folder, file), packed);
  return { file, bytes: buffer.byteLength, sha256: sha256(packed) };
}

/**
 * Reads a part. gzip's CRC-32 and length, and the manifest's hash and length, must all agree.
 *
 * @throws Error with what is wrong, if the file is not there or not what was written
 */
export async function readPart(folder: string, part: PartFile): Promise<ArrayBufferLike> {
  const packed = await readUnharmed(folder, part);
  const bytes = await decompress(packed, { maxOutputLength: part.bytes });
  demand(bytes.length === part.bytes, `${part.file} holds ${bytes.length} bytes, not ${part.bytes}`);
  const buffer = newMemory(part.bytes);
  new Uint8Array(buffer).set(bytes);
  return buffer;
}

/** Reads a part's file as it is. @throws Error, if it is not there, or has changed since it was written */
export async function readUnharmed(folder: string, { file, sha256: expected }: PartFile): Promise<Buffer> {
  const packed = await readFile(join(folder, file)).catch(() => undefined);
  demand(packed !== undefined, `${file} is not there`);
  demand(sha256(packed) === expected, `${file} has changed since it was written`);
  return packed;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
