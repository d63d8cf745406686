/** Object URLs of pictures, made once each and revoked when long out of use. Pictures on the page stay when their address goes. */
export class ObjectAddresses {
  readonly #most: number;
  readonly #addresses = new Map<string, Promise<string | null>>();

  /** @param most addresses kept at a time */
  constructor(most: number) {
    this.#most = most;
  }

  /**
   * The address of a picture.
   *
   * @param load gives the picture; asked again next time if it gives null or fails
   */
  get(key: string, load: () => Promise<Blob | null>): Promise<string | null> {
    const known = this.#addresses.get(key);
    if (known) {
      // Last of the map: last to go.
      this.#addresses.delete(key);
      this.#addresses.set(key, known);
      return known;
    }
    const address = load().then((picture) => picture && URL.createObjectURL(picture));
    this.#addresses.set(key, address);
    const forget = (): void => {
      if (this.#addresses.get(key) === address) this.#addresses.delete(key);
    };
    address.then((found) => found ?? forget(), forget);
    this.#trim();
    return address;
  }

  /** Revokes all. */
  clear(): void {
    for (const address of this.#addresses.values()) revoke(address);
    this.#addresses.clear();
  }

  #trim(): void {
    for (const [key, address] of this.#addresses) {
      if (this.#addresses.size <= this.#most) return;
      this.#addresses.delete(key);
      revoke(address);
    }
  }
}

function revoke(address: Promise<string | null>): void {
  address.then(
    (found) => found && URL.revokeObjectURL(found),
    () => undefined,
  );
}
