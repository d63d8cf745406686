/** Estimates how long a stage still takes, from its pace so far. */
export class TimeLeft {
  readonly #now: () => number;
  readonly #start: number;
  readonly #least: number;

  /**
   * @param least seconds that must have passed before an estimate means anything
   * @param now milliseconds of some clock
   */
  constructor(least = 1, now: () => number = () => performance.now()) {
    this.#now = now;
    this.#least = least;
    this.#start = now();
  }

  /** Seconds left, or null while unknown. */
  seconds(done: number, total: number): number | null {
    const passed = (this.#now() - this.#start) / 1000;
    if (done <= 0 || passed < this.#least) return null;
    return (passed / done) * Math.max(0, total - done);
  }
}
