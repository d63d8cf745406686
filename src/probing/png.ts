import { convertIndexedToRgb, decode, type DecodedPng } from 'fast-png';
import { probingFaults } from './errors.ts';
import { pictureMime, wrongKind } from './identify.ts';
import { checkPng, type CheckedPng, type ColorTypes } from './png-checks.ts';

const COLOR_TYPES: ColorTypes = {
  0: { name: 'gray', channels: 1, depths: [8, 16] },
  2: { name: 'RGB', channels: 3, depths: [8] },
  3: { name: 'palette', channels: 1, depths: [1, 2, 4, 8] },
  4: { name: 'gray and alpha', channels: 2, depths: [8, 16] },
  6: { name: 'RGB and alpha', channels: 4, depths: [8] },
};

const INDEX_TYPES: ColorTypes = { ...COLOR_TYPES, 0: { name: 'gray', channels: 1, depths: [1, 2, 4, 8, 16] } };

const RGB_TYPES: ColorTypes = {
  ...COLOR_TYPES,
  0: { name: 'gray', channels: 1, depths: [8] },
  4: { name: 'gray and alpha', channels: 2, depths: [8] },
};

/** A label mask: `height * width` label numbers, row by row. 0 is nothing. */
export interface LabelMask {
  readonly width: number;
  readonly height: number;
  readonly numbers: Uint16Array;
}

/** A mask whose pixels are numbers of 24 bits, row by row. */
export interface WideMask {
  readonly width: number;
  readonly height: number;
  readonly numbers: Uint32Array;
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
  const { width, height, data, channels } = readPixels(bytes, file, COLOR_TYPES);
  const numbers = new Uint16Array(width * height);
  const hasGreen = channels >= 3;
  for (let pixel = 0, at = 0; pixel < numbers.length; pixel += 1, at += channels)
    numbers[pixel] = hasGreen ? data[at] + 256 * data[at + 1] : data[at];
  return { width, height, numbers };
}

/**
 * Decodes a mask whose pixels are numbers as they stand in the file: the place in the palette (Pascal VOC), not the color that stands
 * there, or the gray value (Cityscapes, ADE20K scene parsing), of 1 to 16 bits. Checked as {@link readLabelPng} does.
 *
 * @throws Fault naming the file, also if its pixels are colors
 */
export function readIndexPng(bytes: Uint8Array, file: string): LabelMask {
  const { width, height, data, channels } = readPixels(bytes, file, INDEX_TYPES, rawIndices);
  if (channels >= 3) throw probingFaults['png-colors'](file);
  const numbers = new Uint16Array(width * height);
  for (let pixel = 0, at = 0; pixel < numbers.length; pixel += 1, at += channels) numbers[pixel] = data[at];
  return { width, height, numbers };
}

/**
 * Decodes a mask whose pixels are red + 256 times green + 65,536 times blue, as COCO's panoptic segments are numbered. A palette is
 * looked up; the three channels of a gray pixel are alike. Checked as {@link readLabelPng} does.
 *
 * @throws Fault naming the file
 */
export function readRgbPng(bytes: Uint8Array, file: string): WideMask {
  const { width, height, data, channels } = readPixels(bytes, file, RGB_TYPES);
  const numbers = new Uint32Array(width * height);
  const [green, blue] = channels >= 3 ? [1, 2] : [0, 0];
  for (let pixel = 0, at = 0; pixel < numbers.length; pixel += 1, at += channels)
    numbers[pixel] = data[at] + 256 * data[at + green] + 65_536 * data[at + blue];
  return { width, height, numbers };
}

interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** `channels` values a pixel. */
  readonly data: ArrayLike<number>;
}

function readPixels(
  bytes: Uint8Array,
  file: string,
  types: ColorTypes,
  unpack: (decoded: DecodedPng, png: CheckedPng) => ArrayLike<number> = looked,
): Pixels {
  if (pictureMime(bytes) !== 'image/png') throw wrongKind(file, bytes, 'a PNG mask');
  const png = checkPng(bytes, types, file);
  const { width, height } = png;
  try {
    const data = unpack(decode(png.bytes, { checkCrc: true }), png);
    return { width, height, data, channels: data.length / (width * height) };
  } catch (error) {
    throw probingFaults['png-damaged'](file, decoderReason(error));
  }
}

function looked(decoded: DecodedPng, png: CheckedPng): ArrayLike<number> {
  if (!png.hasPalette) return decoded.data;
  checkPalette(decoded, decoded.data);
  return convertIndexedToRgb(decoded);
}

function rawIndices(decoded: DecodedPng, png: CheckedPng): ArrayLike<number> {
  const { depth } = png;
  if (png.color.channels > 1 || depth >= 8) {
    if (png.hasPalette) checkPalette(decoded, decoded.data);
    return decoded.data;
  }
  // A palette in which every color is its own place: the conversion then only takes the packed bits apart.
  const indices = convertIndexedToRgb({ ...decoded, palette: Array.from({ length: 2 ** depth }, (_, at) => [at]) });
  if (png.hasPalette) checkPalette({ ...decoded, depth: 8 }, indices);
  return indices;
}

function checkPalette(decoded: DecodedPng, indices: DecodedPng['data']): void {
  const colors = decoded.palette?.length ?? 0;
  if (colors === 0 || (decoded.depth === 8 && indices.some((index) => index >= colors)))
    throw new RangeError('a pixel lies outside the palette');
}

function decoderReason(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  if (message.startsWith('CRC mismatch')) return 'a checksum does not match';
  return message.includes('palette') ? 'a pixel lies outside its palette' : 'its pixels cannot be unpacked';
}
