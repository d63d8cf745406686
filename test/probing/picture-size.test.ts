import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimedSize, shownSize } from '../../src/probing/picture-size.ts';
import { grayPng } from './support/masks.ts';

/** A JPEG up to its frame header, with the orientation in an Exif segment. */
function jpeg(width: number, height: number, orientation: number | undefined, little: boolean): Uint8Array {
  const exif = new Uint8Array(2 + 2 + 6 + 8 + 2 + 12 * 2);
  const view = new DataView(exif.buffer);
  view.setUint16(0, 0xffe1);
  view.setUint16(2, exif.length - 2);
  exif.set([0x45, 0x78, 0x69, 0x66], 4);
  view.setUint16(10, little ? 0x4949 : 0x4d4d);
  view.setUint16(12, 42, little);
  view.setUint32(14, 8, little);
  view.setUint16(18, 2, little);
  view.setUint16(20, 0x0100, little);
  view.setUint16(22, 3, little);
  view.setUint16(32, 0x0112, little);
  view.setUint16(34, 3, little);
  view.setUint32(36, 1, little);
  view.setUint16(40, orientation ?? 0, little);
  const frame = Uint8Array.of(0xff, 0xc0, 0, 17, 8, height >> 8, height & 255, width >> 8, width & 255, 3, 0);
  return Uint8Array.of(0xff, 0xd8, ...(orientation === undefined ? [] : exif), ...frame);
}

describe('shownSize', () => {
  const side = fc.integer({ min: 1, max: 65_535 });

  it('turns a JPEG as its camera was held', () => {
    fc.assert(
      fc.property(
        side,
        side,
        fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }),
        fc.boolean(),
        (width, height, orientation, little) => {
          const bytes = jpeg(width, height, orientation, little);
          const turned = orientation !== undefined && orientation >= 5;
          expect(claimedSize(bytes)).toEqual({ width, height });
          expect(shownSize(bytes)).toEqual(turned ? { width: height, height: width } : { width, height });
        },
      ),
    );
  });

  it('says nothing where the header is not all there, and never fails', () => {
    const bytes = jpeg(640, 480, 6, true);
    for (let length = 0; length < bytes.length - 2; length += 1)
      expect(shownSize(bytes.subarray(0, length))).toBeUndefined();
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
        const damaged = bytes.with(at, value);
        expect(() => shownSize(damaged)).not.toThrow();
      }),
    );
  });

  it('reads a PNG', () => {
    expect(shownSize(grayPng(3, [1, 2, 3, 4, 5, 6]))).toEqual({ width: 3, height: 2 });
  });
});
