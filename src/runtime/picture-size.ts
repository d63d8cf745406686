/** Width and height that a picture's header claims, before anything is decoded: 33 kB of PNG can claim a gigabyte. */
export interface ClaimedSize {
  readonly width: number;
  readonly height: number;
}

const PNG_START = 0x89504e47;
const JPEG_START = 0xffd8;

/** Reads the size from a PNG's IHDR or a JPEG's frame header; undefined for other formats and where the header is broken. */
export function claimedSize(bytes: Uint8Array): ClaimedSize | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength >= 24 && view.getUint32(0) === PNG_START)
    return { width: view.getUint32(16), height: view.getUint32(20) };
  if (view.byteLength >= 4 && view.getUint16(0) === JPEG_START) return jpegSize(view);
  return undefined;
}

function jpegSize(view: DataView): ClaimedSize | undefined {
  let at = 2;
  while (at + 9 <= view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isTable = marker === 0xc4 || marker === 0xc8 || marker === 0xcc;
    if (marker >= 0xc0 && marker <= 0xcf && !isTable)
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    const length = view.getUint16(at + 2);
    if (length < 2) return undefined;
    at += 2 + length;
  }
  return undefined;
}
