import { openBundle, packBundle } from '../bits/bundle.ts';

/**
 * The cells of a probing set: positions grouped by signature, the set of concepts true there. Every formula is constant on a cell,
 * so sizes and intersections over positions are sums over cells (docs/method.md, Cells).
 *
 * All arrays lie in one shared buffer and are read in place by every worker.
 */
export interface CellTable {
  /** The buffer all arrays are views of; see {@link openCellTable}. */
  readonly buffer: ArrayBufferLike;
  readonly cellCount: number;
  readonly conceptCount: number;
  /** Positions of the whole probing set: samples times grid. */
  readonly positionCount: number;
  /** `[cells]` positions in each cell. */
  readonly n: Uint32Array;
  /** `[cells + 1]` where each cell's signature starts in `signatures`. */
  readonly signatureStart: Uint32Array;
  /** Concept ids of all signatures, ascending inside each. */
  readonly signatures: Uint16Array;
  /** `[concepts + 1]` where each concept's posting list starts in `postings`. */
  readonly postingStart: Uint32Array;
  /** Cells in which each concept is true, ascending inside each list. */
  readonly postings: Uint32Array;
  /** `[concepts]` |C|: positions where each concept is true. */
  readonly sizes: Float64Array;
}

/** The arrays that define a cell table; the rest follows from them. */
export interface CellTableParts {
  readonly conceptCount: number;
  readonly n: Uint32Array;
  readonly signatureStart: Uint32Array;
  readonly signatures: Uint16Array;
}

/** Completes a cell table (posting lists, concept sizes) and lays it out in shared memory. */
export function makeCellTable({ conceptCount, n, signatureStart, signatures }: CellTableParts): CellTable {
  const cellCount = n.length;
  const postingStart = new Uint32Array(conceptCount + 1);
  const sizes = new Float64Array(conceptCount);
  let positionCount = 0;
  for (let cell = 0; cell < cellCount; cell++) {
    positionCount += n[cell];
    for (let i = signatureStart[cell]; i < signatureStart[cell + 1]; i++) {
      postingStart[signatures[i] + 1]++;
      sizes[signatures[i]] += n[cell];
    }
  }
  for (let concept = 0; concept < conceptCount; concept++) postingStart[concept + 1] += postingStart[concept];
  const postings = new Uint32Array(signatures.length);
  const next = postingStart.slice();
  for (let cell = 0; cell < cellCount; cell++) {
    for (let i = signatureStart[cell]; i < signatureStart[cell + 1]; i++) postings[next[signatures[i]]++] = cell;
  }
  const arrays = { n, signatureStart, signatures, postingStart, postings, sizes };
  return openCellTable(packBundle({ meta: { kind: 'cells', cellCount, conceptCount, positionCount }, arrays }));
}

/** Reads a cell table in place from the buffer {@link makeCellTable} laid out, in another worker or from storage. */
export function openCellTable(buffer: ArrayBufferLike): CellTable {
  const { meta, arrays } = openBundle(buffer);
  const sizes = meta as { cellCount: number; conceptCount: number; positionCount: number };
  return { ...sizes, ...(arrays as Omit<CellTable, 'buffer' | keyof typeof sizes>), buffer };
}
