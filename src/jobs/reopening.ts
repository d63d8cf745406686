/** What is watched of a worker. */
interface Watched {
  readonly generation: number;
  readonly alive: boolean;
}

/** Something a worker holds open, opened again whenever the worker had to be started afresh. */
export class Reopening<Info> {
  readonly info: Info;
  readonly #link: Watched;
  readonly #open: () => Promise<Info>;
  #openedIn: number;
  #opening: Promise<Info> | undefined;

  private constructor(link: Watched, open: () => Promise<Info>, info: Info) {
    this.#link = link;
    this.#open = open;
    this.#openedIn = link.generation;
    this.info = info;
  }

  /** Opens it for the first time. @throws whatever `open` does */
  static async first<Info>(link: Watched, open: () => Promise<Info>): Promise<Reopening<Info>> {
    return new Reopening(link, open, await open());
  }

  /** Marks that the worker holds something else meanwhile, so that it must be opened again before use. */
  replaced(): void {
    this.#openedIn = -1;
  }

  /** Settles once the worker holds it open. @throws whatever `open` does */
  async ready(): Promise<void> {
    if (this.#link.alive && this.#link.generation === this.#openedIn) return;
    this.#opening ??= this.#open().finally(() => (this.#opening = undefined));
    await this.#opening;
    this.#openedIn = this.#link.generation;
  }
}
