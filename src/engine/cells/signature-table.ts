/** Numbers signatures as they come: equal ones get the number of the first. A hash table over one growing list of concept ids. */
export class SignatureTable {
  #count = 0;
  #start = new Uint32Array(257);
  #concepts = new Uint16Array(1024);
  #hashes = new Int32Array(256);
  /** Number of the signature at each place, or -1; at most half of the places are taken. */
  #places = new Int32Array(512).fill(-1);

  /** Signatures so far. */
  get count(): number {
    return this.#count;
  }

  /** `[count + 1]` where each signature starts in {@link concepts}; until the next one is added. */
  get start(): Uint32Array {
    return this.#start.subarray(0, this.#count + 1);
  }

  /** Concept ids of all signatures, one after the other; until the next one is added. */
  get concepts(): Uint16Array {
    return this.#concepts.subarray(0, this.#start[this.#count]);
  }

  /**
   * Number of a signature, which is added if it is new.
   *
   * @param concepts its concept ids, ascending and distinct, from `from` up to before `to`
   */
  add(concepts: Uint16Array, from: number, to: number): number {
    const hash = hashOf(concepts, from, to);
    let place = hash & (this.#places.length - 1);
    for (;;) {
      const number = this.#places[place];
      if (number < 0) break;
      if (this.#hashes[number] === hash && this.#equals(number, concepts, from, to)) return number;
      place = (place + 1) & (this.#places.length - 1);
    }
    this.#makeRoom(to - from);
    const number = this.#count++;
    const at = this.#start[number];
    for (let i = from; i < to; i++) this.#concepts[at + i - from] = concepts[i];
    this.#start[number + 1] = at + to - from;
    this.#hashes[number] = hash;
    this.#places[place] = number;
    if (2 * this.#count > this.#places.length) this.#spread();
    return number;
  }

  #equals(number: number, concepts: Uint16Array, from: number, to: number): boolean {
    const at = this.#start[number];
    if (this.#start[number + 1] - at !== to - from) return false;
    for (let i = from; i < to; i++) if (this.#concepts[at + i - from] !== concepts[i]) return false;
    return true;
  }

  #makeRoom(length: number): void {
    if (this.#count === this.#hashes.length) {
      const hashes = new Int32Array(2 * this.#count);
      hashes.set(this.#hashes);
      this.#hashes = hashes;
      const start = new Uint32Array(2 * this.#count + 1);
      start.set(this.#start);
      this.#start = start;
    }
    const needed = this.#start[this.#count] + length;
    if (needed > this.#concepts.length) {
      const concepts = new Uint16Array(2 * needed);
      concepts.set(this.#concepts);
      this.#concepts = concepts;
    }
  }

  #spread(): void {
    const places = new Int32Array(2 * this.#places.length).fill(-1);
    for (let number = 0; number < this.#count; number++) {
      let place = this.#hashes[number] & (places.length - 1);
      while (places[place] >= 0) place = (place + 1) & (places.length - 1);
      places[place] = number;
    }
    this.#places = places;
  }
}

function hashOf(concepts: Uint16Array, from: number, to: number): number {
  let hash = to - from;
  for (let i = from; i < to; i++) {
    hash = Math.imul(hash ^ concepts[i], 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}
