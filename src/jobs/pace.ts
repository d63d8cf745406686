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

/** Where figures stay between visits. Neither may reject. */
export interface PaceMemory {
  recall(name: string): Promise<unknown>;
  remember(name: string, value: unknown): void;
}

const NO_MEMORY: PaceMemory = { recall: async () => null, remember: () => undefined };

/** What was measured of this machine, in this visit or before, for estimates. */
export class Pace {
  readonly #memory: PaceMemory;
  readonly #models = new Map<string, ModelPace>();
  readonly #labels = new Map<string, number>();
  #search: number | null = null;

  constructor(memory: PaceMemory = NO_MEMORY) {
    this.#memory = memory;
  }

  /**
   * Brings back what an earlier visit has measured, unless this one has.
   *
   * @param of `search`, or a model or a probing set as for {@link model} and {@link labels}
   */
  async recall(of: 'search' | { readonly model: string } | { readonly labels: string }): Promise<void> {
    if (of === 'search') {
      const found = this.#search ?? (await this.#memory.recall(SEARCH));
      this.#search ??= isPace(found) ? found : null;
    } else if ('model' in of) {
      const found = this.#models.has(of.model) ? null : await this.#memory.recall(modelName(of.model));
      if (isModelPace(found) && !this.#models.has(of.model)) this.#models.set(of.model, found);
    } else {
      const found = this.#labels.has(of.labels) ? null : await this.#memory.recall(labelsName(of.labels));
      if (isPace(found) && !this.#labels.has(of.labels)) this.#labels.set(of.labels, found);
    }
  }

  /** @param model its hash and the size of its input */
  model(model: string): ModelPace | null {
    return this.#models.get(model) ?? null;
  }

  modelRan(model: string, pace: ModelPace): void {
    this.#models.set(model, pace);
    this.#memory.remember(modelName(model), pace);
  }

  /** Seconds to read the labels of a sample of a probing set; null where none was read yet. */
  labels(probing: string): number | null {
    return this.#labels.get(probing) ?? null;
  }

  labelsWereRead(probing: string, secondsASample: number): void {
    this.#labels.set(probing, secondsASample);
    this.#memory.remember(labelsName(probing), secondsASample);
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
    this.#memory.remember(SEARCH, this.#search);
  }
}

const SEARCH = 'pace of the search';
const modelName = (model: string): string => `pace of model ${model}`;
const labelsName = (probing: string): string => `pace of labels ${probing}`;

function isPace(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}

function isModelPace(value: unknown): value is ModelPace {
  const { opening, aPicture } = (value ?? {}) as Partial<Record<keyof ModelPace, unknown>>;
  return isPace(aPicture) && (isPace(opening) || opening === 0);
}

function expected(units: number, { length, beam }: SearchSettings): number {
  return units * (SECONDS_A_UNIT + SECONDS_A_FORMULA * (length - 1) * beam);
}
