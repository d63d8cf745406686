import { openBundle, packBundle } from '../bits/bundle.ts';
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

/** Lays cell maps out in shared memory. */
export function makeCellMaps(grid: Grid, samples: readonly SampleCells[]): CellMaps {
  const paletteStart = new Uint32Array(samples.length + 1);
  const indexStart = new Float64Array(samples.length + 1);
  for (const [i, { palette, index }] of samples.entries()) {
    paletteStart[i + 1] = paletteStart[i] + palette.length;
    // Even offsets, so that two-byte indices can be read in place.
    indexStart[i + 1] = indexStart[i] + index.byteLength + (index.byteLength & 1);
  }
  const palettes = new Uint32Array(paletteStart[samples.length]);
  const indices = new Uint8Array(indexStart[samples.length]);
  for (const [i, { palette, index }] of samples.entries()) {
    palettes.set(palette, paletteStart[i]);
    indices.set(new Uint8Array(index.buffer, index.byteOffset, index.byteLength), indexStart[i]);
  }
  const meta = { kind: 'cell-maps', grid, sampleCount: samples.length };
  return openCellMaps(packBundle({ meta, arrays: { paletteStart, palettes, indexStart, indices } }));
}

/** Reads cell maps in place from the buffer {@link makeCellMaps} laid out. */
export function openCellMaps(buffer: ArrayBufferLike): CellMaps {
  const { meta, arrays } = openBundle(buffer);
  const { grid, sampleCount } = meta as { grid: Grid; sampleCount: number };
  return { ...(arrays as Omit<CellMaps, 'buffer' | 'grid' | 'sampleCount'>), grid, sampleCount, buffer };
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
