import type { AblationOutcome } from '../engine/ablation/outcome.ts';

/** Adds up what a model says of samples; a sample with an output that is no number gets the class -1. */
export class PredictionTally {
  readonly #predicted: Int32Array;
  #sums = new Float64Array();

  /** @param samples how many there will be */
  constructor(samples: number) {
    this.#predicted = new Int32Array(samples);
  }

  /** @param places of the samples among all @param scores a row a sample; further rows do not count */
  add(places: Uint32Array, scores: Float32Array, classes: number): void {
    if (this.#sums.length === 0) this.#sums = new Float64Array(classes);
    for (const [row, place] of places.entries()) {
      let best = 0;
      for (let one = 0; one < classes; one++) {
        const score = scores[row * classes + one];
        this.#sums[one] += score;
        if (Number.isNaN(score)) best = -1;
        else if (best >= 0 && score > scores[row * classes + best]) best = one;
      }
      this.#predicted[place] = best;
    }
  }

  /** The outcome, once all samples were added. */
  finish(): AblationOutcome {
    const count = Math.max(1, this.#predicted.length);
    return { predicted: this.#predicted, meanScores: Float32Array.from(this.#sums, (sum) => sum / count) };
  }
}
