import { makeBundle, openBundle } from '../bits/bundle.ts';
import type { Grid } from '../concepts.ts';

/** For every sample, which cell each of its positions lies in: the way back from cells to pictures. */
export interface CellMaps {
  /** The buffer all arrays are views of; see {@link openCellMaps}. */
  readonly buffer: ArrayBufferLike;
  readonly grid: Grid;
  readonly sampleCount: number;
  /** `[samples + 1]` where each sample's palette starts in `palettes`. */
  readonly paletteStart: Uint32Array;
  /** Cell ids: the cells that occur in a sample, in order of first occurrence. None for samples that were not read. */
  readonly palettes: Uint32Array;
  /** `[samples + 1]` byte offset of each sample's indices in `indices`. */
  readonly indexStart: Float64Array;
  /** Palette indices of the positions, row by row: one byte each, two (little endian, aligned) where the palette has more than 256 cells. */
  readonly indices: Uint8Array;
}

/** One sample's positions as indices into a palette of cells. */
export interface SampleCells {
  /** Cell ids that occur in the sample. */
  readonly palette: Uint32Array;
  /** `[height * width]` indices into `palette`; none for a sample that was not read. */
  readonly index: Uint8Array | Uint16Array;
}

type Sizes = Pick<CellMaps, 'grid' | 'sampleCount'>;
type Arrays = Omit<CellMaps, 'buffer' | keyof Sizes>;

/** Bytes of a sample's indices in {@link CellMaps}: even, so that those of two bytes can be read in place. */
export const indexBytes = ({ byteLength }: SampleCells['index']): number => byteLength + (byteLength & 1);

/**
 * Makes cell maps to be filled in place: their arrays are all zero.
 *
 * @param palettes entries of all palettes together
 * @param indices bytes of all indices together
 */
export function newCellMaps({ grid, sampleCount }: Sizes, palettes: number, indices: number): CellMaps {
  const arrays = {
    paletteStart: { type: 'Uint32Array', length: sampleCount + 1 },
    palettes: { type: 'Uint32Array', length: palettes },
    indexStart: { type: 'Float64Array', length: sampleCount + 1 },
    indices: { type: 'Uint8Array', length: indices },
  } as const satisfies Record<keyof Arrays, unknown>;
  return openCellMaps(makeBundle({ meta: { kind: 'cell-maps', grid, sampleCount }, arrays }));
}

/** Lays cell maps out in shared memory. */
export function makeCellMaps(grid: Grid, samples: readonly SampleCells[]): CellMaps {
  const palettes = samples.reduce((sum, { palette }) => sum + palette.length, 0);
  const indices = samples.reduce((sum, { index }) => sum + indexBytes(index), 0);
  const maps = newCellMaps({ grid, sampleCount: samples.length }, palettes, indices);
  for (const [i, { palette, index }] of samples.entries()) {
    maps.palettes.set(palette, maps.paletteStart[i]);
    maps.indices.set(new Uint8Array(index.buffer, index.byteOffset, index.byteLength), maps.indexStart[i]);
    maps.paletteStart[i + 1] = maps.paletteStart[i] + palette.length;
    maps.indexStart[i + 1] = maps.indexStart[i] + indexBytes(index);
  }
  return maps;
}

/** Reads cell maps in place from the buffer {@link newCellMaps} or {@link makeCellMaps} laid out. */
export function openCellMaps(buffer: ArrayBufferLike): CellMaps {
  const { meta, arrays } = openBundle(buffer);
  const { grid, sampleCount } = meta as unknown as Sizes;
  return { ...(arrays as Arrays), grid, sampleCount, buffer };
}

/** The cells of one sample, as views into the maps. */
export function sampleCells(maps: CellMaps, sample: number): SampleCells {
  const palette = maps.palettes.subarray(maps.paletteStart[sample], maps.paletteStart[sample + 1]);
  const positions = palette.length === 0 ? 0 : maps.grid.height * maps.grid.width;
  const at = maps.indices.byteOffset + maps.indexStart[sample];
  const index =
    palette.length > 256
      ? new Uint16Array(maps.indices.buffer, at, positions)
      : new Uint8Array(maps.indices.buffer, at, positions);
  return { palette, index };
}
