/** Width and height that a picture's header claims, before anything is decoded: 33 kB of PNG can claim a gigabyte. */
export interface ClaimedSize {
  readonly width: number;
  readonly height: number;
}

const PNG_START = 0x89504e47;
const JPEG_START = 0xffd8;
const APP1 = 0xe1;
const EXIF_START = 0x45786966;
const ORIENTATION = 0x0112;
const SHORT = 3;

interface JpegHeader extends ClaimedSize {
  /** How a camera held the picture, 1 to 8 (Exif 2.32, section 4.6.4); from 5 on, width and height change places. */
  readonly orientation: number;
}

/** Reads the size from a PNG's IHDR or a JPEG's frame header; undefined for other formats and where the header is broken. */
export function claimedSize(bytes: Uint8Array): ClaimedSize | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength >= 24 && view.getUint32(0) === PNG_START)
    return { width: view.getUint32(16), height: view.getUint32(20) };
  const header = jpegHeader(view);
  return header && { width: header.width, height: header.height };
}

/** The size a picture has when it is shown: as {@link claimedSize}, turned as a JPEG's camera wrote. */
export function shownSize(bytes: Uint8Array): ClaimedSize | undefined {
  const header = jpegHeader(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  return header && header.orientation >= 5 ? { width: header.height, height: header.width } : claimedSize(bytes);
}

function jpegHeader(view: DataView): JpegHeader | undefined {
  if (view.byteLength < 4 || view.getUint16(0) !== JPEG_START) return undefined;
  let at = 2;
  let orientation = 1;
  while (at + 9 <= view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isTable = marker === 0xc4 || marker === 0xc8 || marker === 0xcc;
    if (marker >= 0xc0 && marker <= 0xcf && !isTable)
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5), orientation };
    const length = view.getUint16(at + 2);
    if (length < 2) return undefined;
    if (marker === APP1) orientation = exifOrientation(view, at + 4, at + 2 + length) ?? orientation;
    at += 2 + length;
  }
  return undefined;
}

/** The orientation in an APP1 segment: a TIFF header (byte order, 42, place of the first directory), then entries of 12 bytes. */
function exifOrientation(view: DataView, start: number, end: number): number | undefined {
  const tiff = start + 6;
  if (tiff + 8 > Math.min(end, view.byteLength) || view.getUint32(start) !== EXIF_START) return undefined;
  const little = view.getUint16(tiff) === 0x4949;
  const directory = tiff + view.getUint32(tiff + 4, little);
  const last = Math.min(end, view.byteLength);
  if (directory + 2 > last) return undefined;
  const count = view.getUint16(directory, little);
  for (let entry = 0; entry < count; entry += 1) {
    const at = directory + 2 + 12 * entry;
    if (at + 12 > last) return undefined;
    if (view.getUint16(at, little) !== ORIENTATION || view.getUint16(at + 2, little) !== SHORT) continue;
    return view.getUint16(at + 8, little);
  }
  return undefined;
}
