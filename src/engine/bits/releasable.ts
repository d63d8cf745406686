/** A buffer whose length may change; part of the language since 2024, of most browsers since 2023. */
interface Resizable {
  resize?(bytes: number): void;
}

/**
 * New memory for a worker's own use, all zero, that {@link release} gives back at once: what a garbage collector would find only later may
 * be as large as everything else.
 */
export function releasable(bytes: number): ArrayBuffer {
  const make = ArrayBuffer as new (bytes: number, options?: { readonly maxByteLength: number }) => ArrayBuffer;
  return new make(bytes, { maxByteLength: bytes });
}

/** Gives memory back; its views are empty afterwards. Where buffers keep their length, it waits for the garbage collector. */
export function release(buffer: ArrayBuffer): void {
  (buffer as Resizable).resize?.(0);
}
