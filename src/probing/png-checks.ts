import { probingFaults } from './errors.ts';

const MOST_PIXELS_A_SIDE = 16_384;
const MOST_PIXELS = 64_000_000;
const SIGNATURE_BYTES = 8;
const FRAME_BYTES = 12;

/** A color type of PNG, as far as masks may have it. */
export interface ColorType {
  readonly name: string;
  readonly channels: number;
  /** Bits a channel that are read. */
  readonly depths: readonly number[];
}

/** Color types by their number in a PNG's header (PNG Specification, section 11.2.1). */
export type ColorTypes = Readonly<Record<number, ColorType>>;

/** What a PNG says of itself before anything is decoded. */
export interface CheckedPng {
  readonly width: number;
  readonly height: number;
  readonly color: ColorType;
  readonly depth: number;
  readonly hasPalette: boolean;
  /** The file with only the chunks that carry pixels. */
  readonly bytes: Uint8Array;
}

interface Chunk {
  readonly type: string;
  readonly start: number;
  readonly length: number;
}

const PALETTE = 3;

/**
 * Checks a PNG before its pixels are decoded: complete, of a color type and depth that are wanted, of bearable size. Takes out all
 * chunks but those that carry pixels, so that no decoder unpacks a profile or text.
 *
 * @param types color types and depths that are read; other depths are refused, unknown types are damage
 * @throws Fault naming the file
 */
export function checkPng(bytes: Uint8Array, types: ColorTypes, file: string): CheckedPng {
  const chunks = listChunks(bytes, file);
  const header = chunks[0];
  if (header.type !== 'IHDR' || header.length !== 13) throw probingFaults['png-damaged'](file, 'its header is missing');
  const view = new DataView(bytes.buffer, bytes.byteOffset + header.start + 8, header.length);
  const width = view.getUint32(0);
  const height = view.getUint32(4);
  if (width === 0 || height === 0) throw probingFaults['png-damaged'](file, 'it has no pixels');
  if (Math.max(width, height) > MOST_PIXELS_A_SIDE || width * height > MOST_PIXELS) {
    throw probingFaults['png-too-large'](file, width, height);
  }
  const depth = view.getUint8(8);
  const type = view.getUint8(9);
  const color = types[type];
  if (color === undefined) throw probingFaults['png-damaged'](file, `its color type is ${type}`);
  if (!color.depths.includes(depth)) throw probingFaults['png-depth'](file, `${depth}-bit ${color.name}`);

  // Deflate never grows data by more than this; more compressed bytes than the picture can need are a trap for memory.
  const raw = height * (1 + Math.ceil((width * color.channels * depth) / 8));
  const compressed = chunks.reduce((sum, chunk) => sum + (chunk.type === 'IDAT' ? chunk.length : 0), 0);
  if (compressed > 1.1 * raw + 65_536) throw probingFaults['png-damaged'](file, 'it has more data than pixels');
  const hasPalette = type === PALETTE;
  return { width, height, color, depth, hasPalette, bytes: pixelChunks(bytes, chunks, hasPalette) };
}

function listChunks(bytes: Uint8Array, file: string): Chunk[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  let start = SIGNATURE_BYTES;
  for (;;) {
    if (start + FRAME_BYTES > bytes.length) throw probingFaults['png-truncated'](file);
    const length = view.getUint32(start);
    const type = String.fromCharCode(...bytes.subarray(start + 4, start + 8));
    if (start + FRAME_BYTES + length > bytes.length) throw probingFaults['png-truncated'](file);
    chunks.push({ type, start, length });
    if (type === 'IEND') return chunks;
    start += FRAME_BYTES + length;
  }
}

function pixelChunks(bytes: Uint8Array, chunks: readonly Chunk[], palette: boolean): Uint8Array {
  const wanted = palette ? ['IHDR', 'PLTE', 'IDAT', 'IEND'] : ['IHDR', 'IDAT', 'IEND'];
  const kept = chunks.filter(({ type }) => wanted.includes(type));
  if (kept.length === chunks.length) return bytes;
  const size = kept.reduce((sum, { length }) => sum + FRAME_BYTES + length, SIGNATURE_BYTES);
  const joined = new Uint8Array(size);
  joined.set(bytes.subarray(0, SIGNATURE_BYTES));
  let at = SIGNATURE_BYTES;
  for (const { start, length } of kept) {
    joined.set(bytes.subarray(start, start + FRAME_BYTES + length), at);
    at += FRAME_BYTES + length;
  }
  return joined;
}
