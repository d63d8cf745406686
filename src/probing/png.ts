import { convertIndexedToRgb, decode, type DecodedPng } from 'fast-png';
import { probingFaults } from './errors.ts';
import { pictureMime, wrongKind } from './identify.ts';

const MOST_PIXELS_A_SIDE = 16_384;
const MOST_PIXELS = 64_000_000;
const SIGNATURE_BYTES = 8;
const FRAME_BYTES = 12;

interface ColorType {
  readonly name: string;
  readonly channels: number;
  readonly depths: readonly number[];
}

const PALETTE: ColorType = { name: 'palette', channels: 1, depths: [1, 2, 4, 8] };
const COLOR_TYPES: Readonly<Record<number, ColorType>> = {
  0: { name: 'gray', channels: 1, depths: [8, 16] },
  2: { name: 'RGB', channels: 3, depths: [8] },
  3: PALETTE,
  4: { name: 'gray and alpha', channels: 2, depths: [8, 16] },
  6: { name: 'RGB and alpha', channels: 4, depths: [8] },
};

/** A label mask: `height * width` label numbers, row by row. 0 is nothing. */
export interface LabelMask {
  readonly width: number;
  readonly height: number;
  readonly numbers: Uint16Array;
}

interface Chunk {
  readonly type: string;
  readonly start: number;
  readonly length: number;
}

/**
 * Decodes a mask in Broden's coding: the label number of a pixel is its red + 256 times its green. A palette is looked up first; a gray
 * pixel's value is the number itself. Alpha, gamma and color profiles do not change it.
 *
 * The size is read before anything is decoded, checksums are checked, and only the chunks that carry pixels reach the decoder.
 *
 * @throws Fault naming the file, if it is no PNG, damaged, of another depth, larger than 16,384 pixels a side or 64 million in all
 */
export function readLabelPng(bytes: Uint8Array, file: string): LabelMask {
  if (pictureMime(bytes) !== 'image/png') throw wrongKind(file, bytes, 'a PNG mask');
  const chunks = listChunks(bytes, file);
  const { width, height, color } = checkHeader(bytes, chunks, file);
  const numbers = new Uint16Array(width * height);
  try {
    const decoded = decode(pixelChunks(bytes, chunks, color === PALETTE), { checkCrc: true });
    if (color !== PALETTE) fillNumbers(numbers, decoded.data, color.channels);
    else fillNumbers(numbers, palettePixels(decoded), 3);
  } catch (error) {
    throw probingFaults['png-damaged'](file, decoderReason(error));
  }
  return { width, height, numbers };
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

function checkHeader(
  bytes: Uint8Array,
  chunks: readonly Chunk[],
  file: string,
): { readonly width: number; readonly height: number; readonly color: ColorType } {
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
  const color = COLOR_TYPES[view.getUint8(9)];
  if (color === undefined) throw probingFaults['png-damaged'](file, `its color type is ${view.getUint8(9)}`);
  if (!color.depths.includes(depth)) throw probingFaults['png-depth'](file, `${depth}-bit ${color.name}`);

  // Deflate never grows data by more than this; more compressed bytes than the picture can need are a trap for memory.
  const raw = height * (1 + Math.ceil((width * color.channels * depth) / 8));
  const compressed = chunks.reduce((sum, { type, length }) => sum + (type === 'IDAT' ? length : 0), 0);
  if (compressed > 1.1 * raw + 65_536) throw probingFaults['png-damaged'](file, 'it has more data than pixels');
  return { width, height, color };
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

function decoderReason(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  if (message.startsWith('CRC mismatch')) return 'a checksum does not match';
  return message.includes('palette') ? 'a pixel lies outside its palette' : 'its pixels cannot be unpacked';
}

function palettePixels(decoded: DecodedPng): Uint8Array {
  const colors = decoded.palette?.length ?? 0;
  if (colors === 0 || (decoded.depth === 8 && decoded.data.some((index) => index >= colors))) {
    throw new RangeError('a pixel lies outside the palette');
  }
  return convertIndexedToRgb(decoded);
}

function fillNumbers(numbers: Uint16Array, data: ArrayLike<number>, channels: number): void {
  const hasGreen = channels >= 3;
  for (let pixel = 0; pixel < numbers.length; pixel += 1) {
    const at = pixel * channels;
    numbers[pixel] = hasGreen ? data[at] + 256 * data[at + 1] : data[at];
  }
}
