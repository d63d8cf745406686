import { makeBundle, openBundle } from '../bits/bundle.ts';
import type { Grid } from '../concepts.ts';

/**
 * Cells of some samples of a probing set, as they were read together: what a checkpoint, a shard or another worker hands over. Cells are
 * numbered inside the part; {@link joinCellParts} adds parts up, since cells are sums (docs/method.md, Cells).
 */
export interface CellPart {
  /** The buffer all arrays are views of; see {@link openCellPart}. */
  readonly buffer: ArrayBufferLike;
  readonly grid: Grid;
  readonly conceptCount: number;
  /** Samples of the whole probing set. */
  readonly sampleCount: number;
  /** Numbers of the samples, each once, in the order in which they were added. */
  readonly samples: Uint32Array;
  /** `[cells + 1]` where each cell's signature starts in `signatures`. */
  readonly signatureStart: Uint32Array;
  /** Concept ids of all signatures, ascending inside each. */
  readonly signatures: Uint16Array;
  /** `[samples + 1]` where each sample's palette starts in `palettes`. */
  readonly paletteStart: Uint32Array;
  /** The cells that occur in a sample, in order of first occurrence. */
  readonly palettes: Uint32Array;
  /** Positions in each of `palettes`. */
  readonly counts: Uint32Array;
  /** `[samples + 1]` byte offset of each sample's indices in `indices`, as in CellMaps. */
  readonly indexStart: Float64Array;
  /** Palette indices of the positions, as in CellMaps. */
  readonly indices: Uint8Array;
}

/** Plain values of a {@link CellPart}. */
export type CellPartSizes = Pick<CellPart, 'grid' | 'conceptCount' | 'sampleCount'>;

type Arrays = Omit<CellPart, 'buffer' | keyof CellPartSizes>;

/**
 * Makes a part to be filled in place: its arrays are all zero.
 *
 * @param lengths entries of its lists
 */
export function makeCellPart(
  { grid, conceptCount, sampleCount }: CellPartSizes,
  lengths: {
    readonly samples: number;
    readonly cells: number;
    readonly signatures: number;
    readonly palettes: number;
    readonly indices: number;
  },
): CellPart {
  const arrays = {
    samples: { type: 'Uint32Array', length: lengths.samples },
    signatureStart: { type: 'Uint32Array', length: lengths.cells + 1 },
    signatures: { type: 'Uint16Array', length: lengths.signatures },
    paletteStart: { type: 'Uint32Array', length: lengths.samples + 1 },
    palettes: { type: 'Uint32Array', length: lengths.palettes },
    counts: { type: 'Uint32Array', length: lengths.palettes },
    indexStart: { type: 'Float64Array', length: lengths.samples + 1 },
    indices: { type: 'Uint8Array', length: lengths.indices },
  } as const satisfies Record<keyof Arrays, unknown>;
  return openCellPart(makeBundle({ meta: { kind: 'cell-part', grid, conceptCount, sampleCount }, arrays }));
}

/** Reads a part in place. @throws RangeError or SyntaxError, if the bytes are no part */
export function openCellPart(buffer: ArrayBufferLike): CellPart {
  const { meta, arrays } = openBundle(buffer);
  if (meta['kind'] !== 'cell-part') throw new RangeError('These bytes are no part of a cell table.');
  const { grid, conceptCount, sampleCount } = meta as unknown as CellPartSizes;
  return { ...(arrays as Arrays), grid, conceptCount, sampleCount, buffer };
}
