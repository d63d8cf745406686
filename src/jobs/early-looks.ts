import type { CollectedLayer } from '../pipeline/collected-layer.ts';
import type { CellsSoFar } from '../pipeline/probing-service.ts';

/** Shares of the samples after which a look is taken. */
const SHARES = [1 / 16, 1 / 4, 1 / 2];

/** The same where search and model share two cores: each look then takes time from the run. */
const SHARES_ON_TWO_CORES = [1 / 16, 1 / 4];

/** Samples below which a look says too little. */
const LEAST_SAMPLES = 32;

/** A look must come at least so many seconds before the end. */
const LEAST_SECONDS_LEFT = 3;

/** All looks together may take this share of the whole time. */
const MOST_SHARE_OF_TIME = 0.15;

/** Time to explain a part of the samples, as a share of the time for all: fewer samples have fewer cells, but not in proportion. */
const partOfTime = (share: number): number => 0.2 + 0.8 * share;

/** Activations and cells of the samples read so far. */
export interface Look {
  /** Samples read. */
  readonly read: number;
  /** In the order of the layers that are read. */
  readonly layers: readonly CollectedLayer[];
  readonly cells: CellsSoFar;
}

/** What looks are taken with. */
export interface LookOptions {
  readonly cores: number;
  /** False: no looks are taken. */
  readonly wanted: boolean;
  /** Seconds that explaining all samples would take, about, before any look was taken. */
  readonly seconds: number;
  /** Explains the units of a look; it stops soon after the signal. */
  explain(look: Look, signal: AbortSignal): Promise<void>;
  /** Milliseconds of some clock. */
  readonly now?: () => number;
}

/**
 * Decides when a run that still reads samples shows what it has so far, and has that explained while reading goes on.
 *
 * A look costs the time to lay out activations and cells once more, and their memory until the next one: up to half of what the whole
 * layer keeps. One that is not explained when the next is taken, when reading ends, or when its time is up, is dropped. Nothing that goes
 * wrong with a look harms the run.
 */
export class EarlyLooks {
  readonly #options: LookOptions;
  readonly #now: () => number;
  #total = 0;
  #from = 0;
  #started = 0;
  #spent = 0;
  #seconds: number;
  #shares: readonly number[] = [];
  #current: AbortController | undefined;

  constructor(options: LookOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#seconds = options.seconds;
  }

  /**
   * Reading begins, perhaps again.
   *
   * @param total samples that will be read
   * @param from those of them that are there already
   */
  begin(total: number, from = 0): void {
    const { cores, wanted } = this.#options;
    this.end();
    this.#total = total;
    this.#from = from;
    this.#started = this.#now();
    const shares = cores <= 2 ? SHARES_ON_TWO_CORES : SHARES;
    this.#shares = wanted ? shares.filter((share) => share * total > from) : [];
  }

  /** Should a look be taken, now that so many samples are read? */
  due(read: number): boolean {
    const [next = Infinity] = this.#shares;
    if (read < Math.max(LEAST_SAMPLES, next * this.#total)) return false;
    const passed = (this.#now() - this.#started) / 1000;
    const left = (passed / (read - this.#from)) * (this.#total - read);
    if (left < LEAST_SECONDS_LEFT) return false;
    this.#shares = this.#shares.filter((share) => share * this.#total > read);
    return this.#spent + this.#seconds * partOfTime(read / this.#total) <= MOST_SHARE_OF_TIME * (passed + left);
  }

  /**
   * Takes a look. Settles once reading may go on; explaining goes on beside it.
   *
   * @param layers gives the activations of exactly these samples, or null where they are too large
   * @param cells gives the cells of these samples
   */
  async take(
    read: number,
    layers: () => Promise<readonly CollectedLayer[] | null>,
    cells: () => Promise<CellsSoFar>,
  ): Promise<void> {
    this.end();
    const controller = new AbortController();
    this.#current = controller;
    try {
      const found = await layers();
      if (found) void this.#explain({ read, layers: found, cells }, controller);
      else this.#shares = [];
    } catch {
      this.#shares = [];
    }
  }

  /** Drops what is under way. */
  end(): void {
    this.#current?.abort();
    this.#current = undefined;
  }

  async #explain(
    { cells, ...look }: Omit<Look, 'cells'> & { readonly cells: () => Promise<CellsSoFar> },
    controller: AbortController,
  ): Promise<void> {
    const started = this.#now();
    const { signal } = controller;
    const whole = ((started - this.#started) / (look.read - this.#from)) * (this.#total - this.#from);
    // Units explained by then stay on the page; the others wait for the next look or the end.
    const time = Math.max(500, MOST_SHARE_OF_TIME * whole - 1000 * this.#spent);
    const timer = setTimeout(() => controller.abort(), time);
    try {
      const found = await cells();
      if (!signal.aborted) await this.#options.explain({ ...look, cells: found }, signal);
      this.#seconds = (this.#now() - started) / 1000 / partOfTime(look.read / this.#total);
    } catch {
      this.#shares = [];
    } finally {
      clearTimeout(timer);
      this.#spent += (this.#now() - started) / 1000;
    }
  }
}
