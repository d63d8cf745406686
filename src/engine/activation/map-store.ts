import { release, releasable } from '../bits/releasable.ts';

/** Bytes of a slab, unless a map is larger. */
const SLAB_BYTES = 2 ** 18;

/** Maps of one size, one after the other, in slabs of fixed size: growing copies nothing, and what is not needed any more is free at once. */
export class MapStore {
  readonly #size: number;
  readonly #mapsASlab: number;
  readonly #slabs: Float32Array[] = [];

  /** @param size values of a map */
  constructor(size: number) {
    this.#size = size;
    this.#mapsASlab = Math.max(1, Math.floor(SLAB_BYTES / (4 * Math.max(1, size))));
  }

  /** Bytes that are reserved; of these, memory is used only where something was written. */
  get bytes(): number {
    return this.#slabs.length * this.#mapsASlab * this.#size * Float32Array.BYTES_PER_ELEMENT;
  }

  /** A map, in place. */
  at(place: number): Float32Array {
    const from = (place % this.#mapsASlab) * this.#size;
    return this.#slabs[Math.floor(place / this.#mapsASlab)].subarray(from, from + this.#size);
  }

  /** Writes a map; `place` is at most the number of maps written so far. */
  set(place: number, map: Float32Array): void {
    const slab = Math.floor(place / this.#mapsASlab);
    if (slab === this.#slabs.length) {
      this.#slabs.push(new Float32Array(releasable(this.#mapsASlab * this.#size * Float32Array.BYTES_PER_ELEMENT)));
    }
    this.#slabs[slab].set(map, (place % this.#mapsASlab) * this.#size);
  }

  /** Forgets all maps from a place on. */
  cut(place: number): void {
    const left = Math.ceil(place / this.#mapsASlab);
    for (const { buffer } of this.#slabs.splice(left)) release(buffer as ArrayBuffer);
  }
}
