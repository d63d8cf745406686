import type { Grid } from '../concepts.ts';
import { makeKeptActivations, type KeptActivations } from './kept.ts';

/**
 * Replaces by NaN the values that no mask depends on, for files that must be small: NaN compresses to next to nothing.
 *
 * Where a map is enlarged to the grid, a position is a mean of four neighbouring values and lies above a threshold only if one of them
 * does. So with thresholds from `floor` on, a value matters only if it, or one of the eight around it, reaches the floor. Thresholds,
 * masks, counts, explanations and peaks stay exactly the same; what is lost is the faint part of the maps as pictures.
 *
 * @returns the activations themselves, where every map was kept or where maps are shrunk to the grid
 */
export function thinActivations(kept: KeptActivations, grid: Grid): KeptActivations {
  const { unitCount, height, width, start, floor, keptQuantile } = kept;
  if (keptQuantile >= 1 || height > grid.height || width > grid.width) return kept;
  const { sampleCount, samplesRead } = kept;
  const sizes = { unitCount, sampleCount, samplesRead, height, width, keptQuantile };
  const thin = makeKeptActivations(sizes, kept.samples.length);
  for (const name of ['start', 'samples', 'peaks', 'highest', 'floor', 'minimum', 'maximum', 'notFinite'] as const)
    thin[name].set(kept[name]);
  const size = height * width;
  for (let unit = 0; unit < unitCount; unit++) {
    for (let map = start[unit]; map < start[unit + 1]; map++) {
      const [from, to] = [map * size, (map + 1) * size];
      thinMap(kept.maps.subarray(from, to), height, width, floor[unit], thin.maps.subarray(from, to));
    }
  }
  return thin;
}

function thinMap(map: Float32Array, height: number, width: number, floor: number, out: Float32Array): void {
  out.fill(NaN);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!(map[y * width + x] >= floor)) continue;
      for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
        for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++)
          out[row * width + column] = map[row * width + column];
      }
    }
  }
}
