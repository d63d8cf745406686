/** The best few of a stream of scored things. Equal scores keep the order in which they came, as the reference's sorting does. */
export class TopList<Item extends { readonly score: number }> {
  readonly items: Item[] = [];
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** A score must exceed this to enter; -Infinity while there is room. */
  get bar(): number {
    return this.items.length < this.#most ? -Infinity : this.items[this.#most - 1].score;
  }

  /** Puts an item in its place, if it has one. */
  offer(item: Item): void {
    if (!(item.score > this.bar)) return;
    let at = this.items.length;
    while (at > 0 && this.items[at - 1].score < item.score) at--;
    this.items.splice(at, 0, item);
    if (this.items.length > this.#most) this.items.pop();
  }
}
