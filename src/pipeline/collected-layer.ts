import type { KeptActivations } from '../engine/activation/kept.ts';

/** What a page needs to know of collected activations. */
export interface CollectedLayer {
  /** See KeptActivations. */
  readonly buffer: ArrayBufferLike;
  readonly unitCount: number;
  /** Thresholds of this quantile and of smaller ones are exact; 1 where every map was kept. */
  readonly keptQuantile: number;
  /** No map of any unit with a value above this was left out; minus infinity where every map was kept. */
  readonly highestFloor: number;
}

/** Bytes of kept maps beyond which activations are not laid out before they are complete: that takes as much memory again. */
export const MOST_SNAPSHOT_BYTES = 512 * 2 ** 20;

/** Kept activations as a page needs to know them. */
export function collectedLayer({ buffer, unitCount, keptQuantile, floor }: KeptActivations): CollectedLayer {
  const highestFloor = floor.reduce((high, value) => Math.max(high, value), -Infinity);
  return { buffer, unitCount, keptQuantile, highestFloor };
}
