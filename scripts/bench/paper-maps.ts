import { makeKeptActivations, type KeptActivations } from '../../src/engine/activation/kept.ts';
import { makeBundle } from '../../src/engine/bits/bundle.ts';
import { openCellMaps, type CellMaps } from '../../src/engine/cells/cell-maps.ts';
import { Dice, diceFor } from '../../src/probing/scenes/random.ts';
import type { PaperScale } from './paper-scale.ts';

/** Sizes of the paper's setting: pictures of Broden's ADE20K subset, positions of each, layer4 of ResNet-18. */
export const paperSizes = { samples: 22_210, side: 112, mapSide: 7, units: 512, quantile: 0.005 };

/** Positions so that those near each other in the order are near each other in the picture: 4 x 4 positions, in squares of 16 x 16. */
function nearbyOrder(): Uint16Array {
  const { side } = paperSizes;
  const places = Array.from({ length: side * side }, (_, at) => ({ at, y: Math.floor(at / side), x: at % side }));
  const rank = ({ y, x }: { y: number; x: number }): number =>
    [y >> 4, x >> 4, (y >> 2) & 3, (x >> 2) & 3, y & 3, x & 3].reduce((sum, digit) => sum * 16 + digit, 0);
  return Uint16Array.from(places.sort((a, b) => rank(a) - rank(b)).map(({ at }) => at));
}

/** Cell maps of a cell table of the paper's size: in each picture its cells, as many positions of each as the table has, in patches that mix where colors do. */
export function paperMaps({ imageCount, rowStart, rowCell, rowSize }: PaperScale): CellMaps {
  const { side } = paperSizes;
  const positions = side * side;
  const order = nearbyOrder();
  const dice = new Dice(5);
  // Cells that follow each other in the table are colors of one thing.
  const mixed = 4;
  const left = new Uint16Array(mixed);
  const buffer = makeBundle({
    meta: { kind: 'cell-maps', grid: { height: side, width: side }, sampleCount: imageCount },
    arrays: {
      paletteStart: { type: 'Uint32Array', length: imageCount + 1 },
      palettes: { type: 'Uint32Array', length: rowCell.length },
      indexStart: { type: 'Float64Array', length: imageCount + 1 },
      indices: { type: 'Uint8Array', length: imageCount * positions },
    },
  });
  const maps = openCellMaps(buffer);
  maps.paletteStart.set(rowStart);
  maps.palettes.set(rowCell);
  for (let image = 0; image < imageCount; image++) {
    maps.indexStart[image + 1] = (image + 1) * positions;
    const index = maps.indices.subarray(image * positions, (image + 1) * positions);
    let at = 0;
    for (let first = rowStart[image]; first < rowStart[image + 1]; first += mixed) {
      const last = Math.min(first + mixed, rowStart[image + 1]) - 1;
      left.set(rowSize.subarray(first, last + 1));
      for (let rest = left.reduce((sum, size) => sum + size, 0); rest > 0;) {
        const row = dice.whole(first, last);
        const end = at + Math.min(left[row - first], dice.whole(3, 30));
        rest -= end - at;
        left[row - first] -= end - at;
        for (; at < end; at++) index[order[at]] = row - rowStart[image];
      }
    }
  }
  return maps;
}

/** A map of one or two smooth blobs over little noise, what lies below zero cut off, as after a ReLU. */
function drawMap(dice: Dice, map: Float32Array): void {
  const side = paperSizes.mapSide;
  const blobs = Array.from({ length: dice.chance(0.3) ? 2 : 1 }, () => ({
    y: dice.between(-0.5, side - 0.5),
    x: dice.between(-0.5, side - 0.5),
    spread: dice.between(0.4, 0.9),
    height: 1 - 0.45 * Math.log(1 - dice.unit()),
  }));
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      let value = 0.1 * dice.unit() - 0.15;
      for (const blob of blobs)
        value += blob.height * Math.exp(-((blob.y - y) ** 2 + (blob.x - x) ** 2) / (2 * blob.spread ** 2));
      map[y * side + x] = Math.max(0, value);
    }
  }
}

/** Kept activations of some units at the paper's size: of each only the maps that can reach the threshold, 4,200 of 22,210. */
export function paperActivations(unitCount: number): KeptActivations {
  const { samples, mapSide, quantile } = paperSizes;
  const perUnit = 4_200;
  const size = mapSide * mapSide;
  const sizes = { unitCount, sampleCount: samples, samplesRead: samples, height: mapSide, width: mapSide };
  const kept = makeKeptActivations({ ...sizes, keptQuantile: quantile }, unitCount * perUnit);
  let at = 0;
  for (let unit = 0; unit < unitCount; unit++) {
    const dice = diceFor(77, unit);
    for (let sample = 0, left = perUnit; left > 0; sample++) {
      if (!dice.chance(left / (samples - sample))) continue;
      const map = kept.maps.subarray(at * size, (at + 1) * size);
      drawMap(dice, map);
      kept.samples[at] = sample;
      kept.peaks[at] = map.reduce((most, value) => Math.max(most, value), 0);
      kept.highest[unit * samples + sample] = kept.peaks[at];
      at++;
      left--;
    }
    kept.start[unit + 1] = at;
    kept.maximum[unit] = kept.highest
      .subarray(unit * samples, (unit + 1) * samples)
      .reduce((a, b) => Math.max(a, b), 0);
  }
  return kept;
}
