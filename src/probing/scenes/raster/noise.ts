/** A whole number hashed from a lattice point, as a value in [-1, 1). */
export function latticeNoise(x: number, y: number, salt: number): number {
  let hash = Math.imul(x, 0x165667b1) ^ Math.imul(y, 0x27d4eb2f) ^ salt;
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash >> 8) / 0x800000;
}

/**
 * One row of value noise in [-1, 1]: lattice noise at distances of `width` and `height` pixels, smoothly interpolated between.
 * Fills `out[first]` to `out[last]`; columns and rows in pixels.
 */
export function valueNoiseRow(
  out: Float64Array,
  row: number,
  first: number,
  last: number,
  { width, height }: { readonly width: number; readonly height: number },
  salt: number,
): void {
  const upper = Math.floor(row / height);
  const down = ease(row / height - upper);
  let cell = Math.floor(first / width);
  let left = between(cell);
  let right = between(cell + 1);
  for (let column = first; column <= last; column++) {
    const place = column / width;
    while (place >= cell + 1) {
      cell++;
      left = right;
      right = between(cell + 1);
    }
    const across = ease(place - cell);
    out[column] = left + (right - left) * across;
  }

  function between(column: number): number {
    const top = latticeNoise(column, upper, salt);
    return top + (latticeNoise(column, upper + 1, salt) - top) * down;
  }
}

function ease(share: number): number {
  return share * share * (3 - 2 * share);
}
