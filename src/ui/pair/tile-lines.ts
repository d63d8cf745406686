/** Lines that premise and hypothesis have in a tile. */
export interface TileLines {
  readonly premise: number;
  readonly hypothesis: number;
}

/** Most lines: what is longer is cut, around its marked words. */
export const mostLines: TileLines = { premise: 3, hypothesis: 2 };

/** Characters that fit in a line of the narrowest tile. */
const charactersInLine = 42;

/** Lines that hold texts of some lengths, up to {@link mostLines}. @param lengths in characters, of each pair's sentences */
export function linesFor(lengths: readonly (readonly [premise: number, hypothesis: number])[]): TileLines {
  const most = (side: 0 | 1): number => lengths.reduce((top, sides) => Math.max(top, sides[side]), 1);
  const lines = (length: number): number => Math.ceil(length / charactersInLine);
  return {
    premise: Math.min(mostLines.premise, lines(most(0))),
    hypothesis: Math.min(mostLines.hypothesis, lines(most(1))),
  };
}

/** Characters shown of each sentence at most. */
export function roomIn({ premise, hypothesis }: TileLines): TileLines {
  return { premise: premise * (charactersInLine + 2), hypothesis: hypothesis * (charactersInLine + 2) };
}

/**
 * Height of a tile in pixels, with its labels.
 *
 * @param numbers whether numbers stand below the labels
 */
export function tileHeightOf({ premise, hypothesis }: TileLines, numbers: boolean): number {
  const lineHeight = 22;
  const rest = numbers ? 78 : 56;
  return (premise + hypothesis) * lineHeight + rest;
}
