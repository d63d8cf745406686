import type { FormulaStandIn } from '../ablation/outcome.ts';

/** Sums of one unit, its activations taken from the first of them so that large ones lose no digits. */
interface Sums {
  readonly unit: number;
  zero: number;
  x: number;
  y: number;
  xx: number;
  xy: number;
  yy: number;
}

/** Activations of all units of a layer on some samples. */
export interface LayerValues {
  /** `[samples, units, positions]`, or `[samples, positions, units]`; there may be more behind. */
  readonly values: Float32Array;
  readonly samples: number;
  readonly units: number;
  readonly positions: number;
  readonly unitsLast: boolean;
}

/** Where the positions of a unit lie on a sample: the first, and how far each is from the one before. */
export function strideOf({ units, positions, unitsLast }: LayerValues, sample: number, unit: number): [number, number] {
  return unitsLast ? [sample * positions * units + unit, units] : [(sample * units + unit) * positions, 1];
}

/** Finds least-squares lines from shares to activations, in one pass over both. */
export class StandInLines {
  readonly #sums: readonly Sums[];
  #count = 0;

  constructor(units: readonly number[]) {
    this.#sums = units.map((unit) => ({ unit, zero: NaN, x: 0, y: 0, xx: 0, xy: 0, yy: 0 }));
  }

  /** Adds samples. @param shares `[samples, lines, positions]` see FormulaShares */
  add(shares: Float32Array, layer: LayerValues): void {
    const { samples, positions } = layer;
    for (let sample = 0, from = 0; sample < samples; sample++) {
      for (const sums of this.#sums) {
        const [start, step] = strideOf(layer, sample, sums.unit);
        addMap(sums, shares.subarray(from, (from += positions)), layer.values, start, step);
      }
    }
    this.#count += samples * positions;
  }

  /** The lines of all that was added, in the order of the units. Where the share does not vary: the mean activation. */
  finish(): FormulaStandIn[] {
    return this.#sums.map((sums) => lineOf(sums, this.#count));
  }
}

function addMap(sums: Sums, shares: Float32Array, values: Float32Array, start: number, step: number): void {
  if (Number.isNaN(sums.zero)) sums.zero = values[start];
  const { zero } = sums;
  let [x, y, xx, xy, yy] = [0, 0, 0, 0, 0];
  for (let position = 0, at = start; position < shares.length; position++, at += step) {
    const share = shares[position];
    const value = values[at] - zero;
    x += share;
    y += value;
    xx += share * share;
    xy += share * value;
    yy += value * value;
  }
  sums.x += x;
  sums.y += y;
  sums.xx += xx;
  sums.xy += xy;
  sums.yy += yy;
}

/** Below this part of the sum of squares, what is left of it behind the mean's is rounding. */
const ROUNDING = 1e-12;

function lineOf({ unit, zero, x, y, xx, xy, yy }: Sums, count: number): FormulaStandIn {
  if (count === 0) return { unit, base: 0, slope: 0, told: null };
  const shareSpread = spread(xx, x, count);
  const activationSpread = spread(yy, y, count);
  const together = xy - (x * y) / count;
  const slope = shareSpread > 0 ? together / shareSpread : 0;
  const told = activationSpread > 0 ? (slope * together) / activationSpread : null;
  return {
    unit,
    base: zero + (y - slope * x) / count,
    slope,
    told: told === null ? null : Math.min(1, Math.max(0, told)),
  };
}

function spread(squares: number, sum: number, count: number): number {
  const left = squares - (sum * sum) / count;
  return left > ROUNDING * squares ? left : 0;
}
