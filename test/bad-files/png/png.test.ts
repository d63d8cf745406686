import { deflateSync } from 'node:zlib';
import { it } from 'vitest';
import { readIndexPng, readLabelPng, readRgbPng } from '../../../src/probing/png.ts';
import { indexedPng, pngChunk, pngHeader, pngOf } from '../../probing/support/png.ts';
import { flatMask, LFS_POINTER, WEB_PAGE } from '../../probing/support/sets.ts';
import { expectFault } from '../bad-file.ts';

interface BadPng {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly code: string;
  readonly message: string;
}

const good = flatMask(300);
const flipped = (at: number): Uint8Array => Uint8Array.from(good, (byte, index) => (index === at ? byte ^ 1 : byte));
const pixels = (size: number): Uint8Array => pngChunk('IDAT', deflateSync(new Uint8Array(size)));

const badFiles: readonly BadPng[] = [
  { name: 'cut off in the pixels', bytes: good.subarray(0, 50), code: 'probing/png-truncated', message: 'images/m.png is cut off: its last part is missing. Make or download it again.' },
  { name: 'without its end', bytes: good.subarray(0, good.length - 12), code: 'probing/png-truncated', message: 'images/m.png is cut off: its last part is missing. Make or download it again.' },
  { name: 'only a signature', bytes: good.subarray(0, 8), code: 'probing/png-truncated', message: 'images/m.png is cut off: its last part is missing. Make or download it again.' },
  { name: 'a changed size', bytes: flipped(19), code: 'probing/png-damaged', message: 'images/m.png is a damaged PNG (a checksum does not match). Make or download it again.' },
  { name: 'a changed pixel', bytes: flipped(45), code: 'probing/png-damaged', message: 'images/m.png is a damaged PNG (a checksum does not match). Make or download it again.' },
  { name: 'no header', bytes: pngOf(pixels(16)), code: 'probing/png-damaged', message: 'images/m.png is a damaged PNG (its header is missing). Make or download it again.' },
  { name: 'no pixels', bytes: pngOf(pngHeader(4, 4, 8, 2)), code: 'probing/png-damaged', message: 'images/m.png is a damaged PNG (its pixels cannot be unpacked). Make or download it again.' },
  { name: 'too few pixels', bytes: pngOf(pngHeader(4, 4, 8, 2), pixels(3 * 13)), code: 'probing/png-damaged', message: 'images/m.png is a damaged PNG (its pixels cannot be unpacked). Make or download it again.' },
  { name: 'width 0', bytes: pngOf(pngHeader(0, 4, 8, 2), pixels(4)), code: 'probing/png-damaged', message: 'images/m.png is a damaged PNG (it has no pixels). Make or download it again.' },
  { name: 'an unknown color type', bytes: pngOf(pngHeader(4, 4, 8, 5), pixels(99)), code: 'probing/png-damaged', message: 'images/m.png is a damaged PNG (its color type is 5). Make or download it again.' },
  { name: 'a palette without colors', bytes: pngOf(pngHeader(4, 4, 8, 3), pixels(20)), code: 'probing/png-damaged', message: 'images/m.png is a damaged PNG (a pixel lies outside its palette). Make or download it again.' },
  { name: 'a pixel outside its palette', bytes: indexedPng(2, 1, 8, Uint8Array.of(0, 2), [[1, 0, 0], [2, 0, 0]]), code: 'probing/png-damaged', message: 'images/m.png is a damaged PNG (a pixel lies outside its palette). Make or download it again.' },
  { name: 'pixels of 16 bits', bytes: pngOf(pngHeader(4, 4, 16, 2), pixels(100)), code: 'probing/png-depth', message: 'images/m.png is a 16-bit RGB PNG. Masks must have 8 bits a channel (gray: 8 or 16), or a palette.' },
  { name: 'black and white', bytes: pngOf(pngHeader(4, 4, 1, 0), pixels(8)), code: 'probing/png-depth', message: 'images/m.png is a 1-bit gray PNG. Masks must have 8 bits a channel (gray: 8 or 16), or a palette.' },
  { name: 'a picture of 1 GiB in a few bytes', bytes: pngOf(pngHeader(16384, 16384, 8, 6), pixels(9)), code: 'probing/png-too-large', message: 'images/m.png claims 16384 x 16384 pixels. Masks may have at most 16,384 pixels a side and 64 million in all.' },
  { name: 'a side of 2^31 - 1', bytes: pngOf(pngHeader(2 ** 31 - 1, 1, 8, 0), pixels(9)), code: 'probing/png-too-large', message: 'images/m.png claims 2147483647 x 1 pixels. Masks may have at most 16,384 pixels a side and 64 million in all.' },
  { name: 'more data than pixels', bytes: pngOf(pngHeader(1, 1, 8, 0), pngChunk('IDAT', new Uint8Array(100_000))), code: 'probing/png-damaged', message: 'images/m.png is a damaged PNG (it has more data than pixels). Make or download it again.' },
  { name: 'a JPEG', bytes: Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), code: 'probing/wrong-kind', message: 'images/m.png is a JPEG picture, not a PNG mask. Make or download it again.' },
  { name: 'an LFS pointer', bytes: LFS_POINTER, code: 'probing/wrong-kind', message: 'images/m.png is a Git LFS pointer, not a PNG mask. Fetch the real file with git lfs pull.' },
  { name: 'a web page', bytes: WEB_PAGE, code: 'probing/wrong-kind', message: 'images/m.png is a web page (HTML), not a PNG mask. Download the file itself again.' },
  { name: 'noise', bytes: Uint8Array.of(1, 2, 3), code: 'probing/unknown-kind', message: 'images/m.png is not a PNG mask: its first bytes belong to no format we know. Make or download it again.' },
  { name: 'nothing', bytes: new Uint8Array(0), code: 'probing/wrong-kind', message: 'images/m.png is empty (0 bytes), not a PNG mask. Make or download it again.' },
];

it.each(badFiles)('$name', async ({ bytes, code, message }) => {
  await expectFault(() => readLabelPng(bytes, 'images/m.png'), code, message);
});

it('a mask of colors where numbers are wanted', async () => {
  await expectFault(
    () => readIndexPng(good, 'images/m.png'),
    'probing/png-colors',
    'images/m.png is a PNG of colors. Its pixels must be numbers: a gray PNG, or one with a palette.',
  );
});

it('a palette of 2 bits with a pixel outside', async () => {
  await expectFault(
    () => readIndexPng(indexedPng(2, 1, 2, Uint8Array.of(0, 2), [[1, 0, 0], [2, 0, 0]]), 'images/m.png'),
    'probing/png-damaged',
    'images/m.png is a damaged PNG (a pixel lies outside its palette). Make or download it again.',
  );
});

it('16-bit gray where red, green and blue are wanted', async () => {
  await expectFault(
    () => readRgbPng(pngOf(pngHeader(4, 4, 16, 0), pixels(36)), 'images/m.png'),
    'probing/png-depth',
    'images/m.png is a 16-bit gray PNG. Masks must have 8 bits a channel (gray: 8 or 16), or a palette.',
  );
});
