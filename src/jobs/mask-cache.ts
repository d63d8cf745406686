/** Masks by name, asked for once each; those longest out of use go when all together grow too large. */
export class MaskCache {
  readonly #mostBytes: number;
  readonly #masks = new Map<string, { readonly mask: Promise<Uint8Array>; readonly bytes: number }>();
  #bytes = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /**
   * A mask, which whoever gets it leaves unchanged.
   *
   * @param bytes it has
   * @param load asked again next time if it fails
   */
  get(key: string, bytes: number, load: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const known = this.#masks.get(key);
    if (known) {
      // Last of the map: last to go.
      this.#masks.delete(key);
      this.#masks.set(key, known);
      return known.mask;
    }
    const mask = load();
    const entry = { mask, bytes };
    this.#masks.set(key, entry);
    this.#bytes += bytes;
    mask.catch(() => {
      if (this.#masks.get(key) === entry) this.#remove(key);
    });
    for (const oldest of this.#masks.keys()) {
      if (this.#bytes <= this.#mostBytes || this.#masks.size === 1) break;
      this.#remove(oldest);
    }
    return mask;
  }

  /** Forgets all. */
  clear(): void {
    this.#masks.clear();
    this.#bytes = 0;
  }

  #remove(key: string): void {
    this.#bytes -= this.#masks.get(key)?.bytes ?? 0;
    this.#masks.delete(key);
  }
}
