/** A whole number hashed from a lattice point, as a value in [-1, 1). */
export function latticeNoise(x: number, y: number, salt: number): number {
  let hash = Math.imul(x, 0x165667b1) ^ Math.imul(y, 0x27d4eb2f) ^ salt;
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash >> 8) / 0x800000;
}

/** Value noise in [-1, 1]: lattice noise at distances of `width` and `height` pixels, smoothly interpolated between. */
export function valueNoise(x: number, y: number, width: number, height: number, salt: number): number {
  const column = Math.floor(x / width);
  const row = Math.floor(y / height);
  const across = ease(x / width - column);
  const down = ease(y / height - row);
  const top = latticeNoise(column, row, salt) * (1 - across) + latticeNoise(column + 1, row, salt) * across;
  const bottom = latticeNoise(column, row + 1, salt) * (1 - across) + latticeNoise(column + 1, row + 1, salt) * across;
  return top * (1 - down) + bottom * down;
}

function ease(share: number): number {
  return share * share * (3 - 2 * share);
}
