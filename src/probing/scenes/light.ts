import { rgb } from './raster/rgb.ts';
import type { Rgb } from './raster/rgb.ts';
import type { Dice } from './random.ts';

/** The weather and time of day of a picture. */
export interface Light {
  /** Sky at the upper edge and at the horizon. */
  readonly zenith: Rgb;
  readonly horizon: Rgb;
  readonly cloud: Rgb;
  /** Factor of each channel for everything in the picture. */
  readonly tint: Rgb;
  /** The disc in the sky, where one is seen. */
  readonly disc: 'sun' | 'moon' | 'none';
}

const noon: Light = {
  zenith: rgb(0x5aa5de),
  horizon: rgb(0xcbe6f3),
  cloud: rgb(0xfbfcfd),
  tint: [1, 1, 1],
  disc: 'sun',
};
const morning: Light = {
  zenith: rgb(0x86c9d8),
  horizon: rgb(0xf8efd6),
  cloud: rgb(0xfff6ea),
  tint: [1.01, 0.99, 0.95],
  disc: 'sun',
};
const golden: Light = {
  zenith: rgb(0xeaa45e),
  horizon: rgb(0xfde5b6),
  cloud: rgb(0xfff0d8),
  tint: [1.03, 0.96, 0.88],
  disc: 'sun',
};
const dusk: Light = {
  zenith: rgb(0x6d66a8),
  horizon: rgb(0xf3aaa2),
  cloud: rgb(0xe2b3c0),
  tint: [0.93, 0.86, 0.92],
  disc: 'none',
};
const overcast: Light = {
  zenith: rgb(0x9ba6b1),
  horizon: rgb(0xd8dddf),
  cloud: rgb(0xeceff0),
  tint: [0.94, 0.95, 0.96],
  disc: 'none',
};
const night: Light = {
  zenith: rgb(0x1c2648),
  horizon: rgb(0x55629a),
  cloud: rgb(0x6d78a6),
  tint: [0.62, 0.66, 0.84],
  disc: 'moon',
};

/** Light of a picture outdoors by day, from noon to dusk. */
export function daylight(dice: Dice): Light {
  return dice.pick([noon, noon, noon, morning, golden, dusk, overcast]);
}

/** Light of a picture outdoors that may also show the night. */
export function anyLight(dice: Dice): Light {
  return dice.chance(0.16) ? night : daylight(dice);
}

/** Light of a room: lamp light or daylight. */
export function roomLight(dice: Dice): Light {
  const outside = dice.pick([noon, noon, morning, golden, dusk]);
  return {
    ...outside,
    tint: dice.pick<Rgb>([
      [1, 1, 1],
      [1.02, 0.98, 0.92],
      [0.97, 0.98, 1],
      [0.92, 0.9, 0.93],
    ]),
  };
}
