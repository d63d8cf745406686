/** Width of a pair's tile in a grid, at least, in pixels: one beside another from about 700 on. */
export const pairTileWidth = 330;

/** Pixels between tiles. */
export const pairTileGap = 8;

/** Pairs that are looked at for the height of a list's tiles, which is one for all, so that none jumps. */
export const pairsMeasured = 24;
