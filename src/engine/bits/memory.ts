/**
 * Is there memory that several workers can read at once? A page has it only where it is cross-origin isolated; without, whatever goes
 * to another worker is copied or handed over.
 */
export const hasSharedMemory = (): boolean => 'SharedArrayBuffer' in globalThis;

/** New memory, all zero: shared where there is such a thing, else ordinary. */
export function newMemory(bytes: number): ArrayBufferLike {
  return hasSharedMemory() ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
}
