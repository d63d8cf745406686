import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { decodePicture } from '../../src/runtime/decode-node.ts';
import pixels from './fixtures/pixels.json' with { type: 'json' };

const folder = new URL('fixtures/', import.meta.url);

describe('decoding in Node', () => {
  it.each(Object.entries(pixels))('%s has the pixels that a page gives it', async (name, expected) => {
    const bytes = new Uint8Array(await readFile(new URL(name, folder)));
    const { width, height, rgba } = await decodePicture({ kind: 'encoded', bytes, mime: '', name });
    expect({ width, height, sha256: createHash('sha256').update(rgba).digest('hex') }).toEqual(expected);
  });

  it('passes pixels through', async () => {
    const image = { width: 1, height: 1, rgba: new Uint8ClampedArray([1, 2, 3, 255]) };
    expect(await decodePicture({ kind: 'pixels', pixels: image })).toBe(image);
  });

  it('names the picture that is broken, empty, or claims to be huge', async () => {
    const decode = (bytes: Uint8Array<ArrayBuffer>, name: string) =>
      decodePicture({ kind: 'encoded', bytes, mime: '', name });
    const jpeg = new Uint8Array(await readFile(new URL('subsampled.jpg', folder)));
    const huge = new Uint8Array(await readFile(new URL('palette.png', folder)));
    new DataView(huge.buffer).setUint32(16, 60_000);
    new DataView(huge.buffer).setUint32(20, 50_000);
    const wide = jpeg.slice();
    const frame = wide.findIndex((byte, at) => byte === 0xff && wide[at + 1] === 0xc0);
    wide.set([0xff, 0xff, 0xff, 0xff], frame + 5);
    await expect(decode(new Uint8Array(), 'a/empty.jpg')).rejects.toThrow('a/empty.jpg is empty (0 bytes).');
    await expect(decode(jpeg.slice(0, 30), 'a/cut.jpg')).rejects.toThrow(
      'a/cut.jpg cannot be decoded as a picture (its first bytes are ff d8 ff',
    );
    await expect(decode(huge, 'bomb.png')).rejects.toThrow(
      'bomb.png is 60000 x 50000 pixels; at most 100 million pixels are decoded.',
    );
    await expect(decode(wide, 'bomb.jpg')).rejects.toThrow('bomb.jpg is 65535 x 65535 pixels');
  });
});
