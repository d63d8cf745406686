import type { SearchSettings } from '../engine/results/explanation.ts';

/** How fast a model was on this machine. */
export interface ModelPace {
  /** Seconds until the first batch is through. */
  readonly opening: number;
  /** Seconds a picture takes, from its file to collected activations. */
  readonly aPicture: number;
}

/** Seconds a unit's mask and counts take, and each formula of the beam at each length: measured on two cores of a server, 2026. */
const SECONDS_A_UNIT = 0.005;
const SECONDS_A_FORMULA = 0.0004;

/** What was measured of this machine since the page was opened, for estimates. */
export class Pace {
  readonly #models = new Map<string, ModelPace>();
  readonly #labels = new Map<string, number>();
  #search: number | null = null;

  /** @param model its hash and the size of its input */
  model(model: string): ModelPace | null {
    return this.#models.get(model) ?? null;
  }

  modelRan(model: string, pace: ModelPace): void {
    this.#models.set(model, pace);
  }

  /** Seconds to read the labels of a sample of a probing set; null where none was read yet. */
  labels(probing: string): number | null {
    return this.#labels.get(probing) ?? null;
  }

  labelsWereRead(probing: string, secondsASample: number): void {
    this.#labels.set(probing, secondsASample);
  }

  /** Was a search measured? */
  get searched(): boolean {
    return this.#search !== null;
  }

  /** Seconds a worker needs to explain units. */
  search(units: number, settings: SearchSettings): number {
    return expected(units, settings) * (this.#search ?? 1);
  }

  /** @param seconds of all workers together */
  searchRan(units: number, settings: SearchSettings, seconds: number): void {
    this.#search = seconds / expected(units, settings);
  }
}

function expected(units: number, { length, beam }: SearchSettings): number {
  return units * (SECONDS_A_UNIT + SECONDS_A_FORMULA * (length - 1) * beam);
}
