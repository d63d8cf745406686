import { scramble } from '../../src/probing/scenes/random.ts';

/** A smooth random field over the plane with values from 0 to 1 (value noise on a lattice of side 1). */
export type Field = (x: number, y: number) => number;

/** A field with features of about one unit; the same seed gives the same field. */
export function valueNoise(seed: number): Field {
  const corner = (x: number, y: number): number => (scramble(seed, x, y) >>> 0) / 0x100000000;
  return (x, y) => {
    const left = Math.floor(x);
    const top = Math.floor(y);
    const u = ease(x - left);
    const v = ease(y - top);
    const upper = mix(corner(left, top), corner(left + 1, top), u);
    const lower = mix(corner(left, top + 1), corner(left + 1, top + 1), u);
    return mix(upper, lower, v);
  };
}

/** Several octaves of {@link valueNoise}, each twice as fine and half as strong; values from 0 to 1. */
export function fractalNoise(seed: number, octaves: number): Field {
  const fields = Array.from({ length: octaves }, (_, octave) => valueNoise(scramble(seed, octave)));
  const total = 2 - 2 ** (1 - octaves);
  return (x, y) => {
    let sum = 0;
    for (let octave = 0; octave < octaves; octave++) {
      sum += fields[octave](x * 2 ** octave, y * 2 ** octave) * 2 ** -octave;
    }
    return sum / total;
  };
}

/** `from` at 0, `to` at 1. */
export function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

/** 0 below `from`, 1 above `to`, smooth between. */
export function ramp(value: number, from: number, to: number): number {
  return ease(Math.min(1, Math.max(0, (value - from) / (to - from))));
}

function ease(t: number): number {
  return t * t * (3 - 2 * t);
}
