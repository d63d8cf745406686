import type { Fault } from '../engine/fault.ts';
import { runtimeFaults } from './errors.ts';
import { claimedSize } from '../probing/picture-size.ts';

/** The largest picture that is decoded, in millions of pixels. */
export const MEGAPIXELS = 100;

/** @throws Fault, if the picture is empty or claims to be larger than {@link MEGAPIXELS} */
export function checkPicture(bytes: Uint8Array, name: string): void {
  if (bytes.length === 0) throw runtimeFaults['empty-picture'](name);
  const size = claimedSize(bytes);
  if (size && size.width * size.height > MEGAPIXELS * 1e6) {
    throw runtimeFaults['huge-picture'](name, size.width, size.height, MEGAPIXELS);
  }
}

/** The fault of a picture that the decoder refused. */
export function undecodable(bytes: Uint8Array, name: string, cause: unknown): Fault {
  const start = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const fault = runtimeFaults['undecodable-picture'](name, start);
  fault.cause = cause;
  return fault;
}
