import type { Picture, PixelImage } from './probing-set.ts';

/** What to read of a probing set, as a person may choose it; plain data. Readers pass over what does not concern them. */
export interface ProbingOptions {
  /** Names of the categories to probe; unless given, the reader's choice (all, for most). */
  readonly categories?: readonly string[];
  /** Names of the splits to read (`train`, `val`); unless given, all. */
  readonly splits?: readonly string[];
  /** Compute color concepts from the pixels where the set brings none; unless given, yes where pictures can be decoded. */
  readonly colors?: boolean;
}

/** What readers cannot do by themselves. */
export interface ProbingTools {
  /** Turns a picture into pixels; without it, no colors are computed. @throws Fault naming the picture */
  decode(picture: Picture): Promise<PixelImage>;
}
