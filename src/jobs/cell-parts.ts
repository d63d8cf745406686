interface PlacedPart {
  readonly first: number;
  readonly count: number;
  readonly part: ArrayBufferLike;
}

/** Parts of cells (see CellPart) of stretches of samples, in reading order, as they come from one reader or several. */
export class CellParts {
  #placed: readonly PlacedPart[] = [];
  #done = 0;

  /** All samples before this one are in parts. */
  get done(): number {
    return this.#done;
  }

  /** Adds the part of some samples. */
  add(first: number, count: number, part: ArrayBufferLike): void {
    const before = this.#placed.findLastIndex((placed) => placed.first <= first) + 1;
    this.#placed = this.#placed.toSpliced(before, 0, { first, count, part });
    for (const placed of this.#placed) {
      if (placed.first > this.#done) break;
      this.#done = Math.max(this.#done, placed.first + placed.count);
    }
  }

  /** Parts that lie between two samples, in order. */
  between(first: number, end: number): readonly ArrayBufferLike[] {
    return this.#placed.filter((placed) => placed.first >= first && placed.first + placed.count <= end).map(partOf);
  }

  /** All parts, in order. */
  all(): readonly ArrayBufferLike[] {
    return this.#placed.map(partOf);
  }

  /** Puts one part in place of those that lie between two samples. */
  replace(first: number, end: number, part: ArrayBufferLike): void {
    this.#placed = this.#placed.filter((placed) => placed.first < first || placed.first + placed.count > end);
    this.add(first, end - first, part);
  }
}

const partOf = ({ part }: PlacedPart): ArrayBufferLike => part;
