/** Largest resident memory of the process while something runs. */
export class MemoryWatch {
  #most = 0;
  readonly #timer: NodeJS.Timeout;

  constructor() {
    this.#look();
    this.#timer = setInterval(() => this.#look(), 50);
  }

  /** Ends watching. @returns megabytes of the whole process, threads and shared memory included */
  end(): number {
    this.#look();
    clearInterval(this.#timer);
    return this.#most / 2 ** 20;
  }

  #look(): void {
    this.#most = Math.max(this.#most, process.memoryUsage.rss());
  }
}
