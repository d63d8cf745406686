import { encode } from 'fast-png';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readIndexPng, readLabelPng, readRgbPng } from '../../src/probing/png.ts';
import { indexedPng, insertChunk, pngHeader, pngOf } from './support/png.ts';

const labels = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })).chain(([width, height]) =>
  fc.record({
    width: fc.constant(width),
    height: fc.constant(height),
    numbers: fc.uint16Array({ minLength: width * height, maxLength: width * height }),
  }),
);

describe('readLabelPng', () => {
  it('reads red + 256 x green, whatever blue and alpha are', () => {
    fc.assert(
      fc.property(
        labels,
        fc.constantFrom(3, 4),
        fc.constantFrom('null', 'Adam7'),
        ({ width, height, numbers }, channels, interlace) => {
          const data = new Uint8Array(numbers.length * channels).fill(77);
          numbers.forEach((number, pixel) => {
            data[pixel * channels] = number & 255;
            data[pixel * channels + 1] = number >> 8;
          });
          const file = encode(
            { width, height, data, channels, depth: 8 },
            { interlace: interlace as 'null' | 'Adam7' },
          );
          expect(readLabelPng(file, 'm.png')).toEqual({ width, height, numbers });
        },
      ),
    );
  });

  it('takes a gray value as the number, with 8 and with 16 bits', () => {
    fc.assert(
      fc.property(labels, ({ width, height, numbers }) => {
        const wide = encode({ width, height, data: numbers, channels: 1, depth: 16 });
        expect(readLabelPng(wide, 'm.png').numbers).toEqual(numbers);
        const bytes = Uint8Array.from(numbers, (number) => number & 255);
        const narrow = encode({ width, height, data: bytes, channels: 1, depth: 8 });
        expect(readLabelPng(narrow, 'm.png').numbers).toEqual(Uint16Array.from(bytes));
      }),
    );
  });

  it('looks colors up in a palette of 1, 2, 4 and 8 bits', () => {
    fc.assert(
      fc.property(labels, fc.constantFrom(1, 2, 4, 8), ({ width, height, numbers }, depth) => {
        const colors = 2 ** depth;
        const palette = Array.from({ length: colors }, (_, index) => [(index * 37) % 256, index % 3, 9]);
        const indices = Uint8Array.from(numbers, (number) => number % colors);
        const file = indexedPng(width, height, depth, indices, palette);
        const expected = Uint16Array.from(indices, (index) => palette[index][0] + 256 * palette[index][1]);
        expect(readLabelPng(file, 'm.png').numbers).toEqual(expected);
      }),
    );
  });

  it('is not moved by gamma, transparency or a suggested palette', () => {
    const file = encode({ width: 2, height: 1, data: Uint8Array.of(5, 1, 0, 6, 0, 0), channels: 3, depth: 8 });
    const gamma = insertChunk(file, 'gAMA', Uint8Array.of(0, 0, 0, 1));
    const suggested = insertChunk(
      insertChunk(gamma, 'tRNS', Uint8Array.of(0, 5, 0, 1, 0, 0)),
      'PLTE',
      Uint8Array.of(1, 2, 3),
    );
    expect(readLabelPng(suggested, 'm.png').numbers).toEqual(Uint16Array.of(261, 6));
  });

  it('never asks the decoder for a profile, which could unpack to any size', () => {
    const file = encode({ width: 1, height: 1, data: Uint8Array.of(5, 1, 0), channels: 3, depth: 8 });
    const profile = insertChunk(file, 'iCCP', Uint8Array.of(97, 0, 0, 1, 2, 3));
    expect(readLabelPng(profile, 'm.png').numbers).toEqual(Uint16Array.of(261));
  });
});

describe('readIndexPng', () => {
  it('gives places in the palette, not the colors there, with 1, 2, 4 and 8 bits', () => {
    fc.assert(
      fc.property(labels, fc.constantFrom(1, 2, 4, 8), ({ width, height, numbers }, depth) => {
        const palette = Array.from({ length: 2 ** depth }, (_, index) => [(index * 37) % 256, 255, 9]);
        const indices = Uint8Array.from(numbers, (number) => number % palette.length);
        const file = indexedPng(width, height, depth, indices, palette);
        expect(readIndexPng(file, 'm.png')).toEqual({ width, height, numbers: Uint16Array.from(indices) });
      }),
    );
  });

  it('gives gray values of 1 to 16 bits as they are', () => {
    fc.assert(
      fc.property(labels, fc.constantFrom(1, 2, 4), ({ width, height, numbers }, depth) => {
        const wide = encode({ width, height, data: numbers, channels: 1, depth: 16 });
        expect(readIndexPng(wide, 'm.png').numbers).toEqual(numbers);
        const values = Uint8Array.from(numbers, (number) => number % 2 ** depth);
        expect(readIndexPng(grayBits(width, height, depth, values), 'm.png').numbers).toEqual(Uint16Array.from(values));
      }),
    );
  });

  it('passes over the alpha of a gray pixel', () => {
    const file = encode({ width: 2, height: 1, data: Uint8Array.of(5, 255, 6, 0), channels: 2 });
    expect(readIndexPng(file, 'm.png').numbers).toEqual(Uint16Array.of(5, 6));
  });
});

describe('readRgbPng', () => {
  const pixels = fc.array(fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)), { minLength: 1, maxLength: 40 });

  it('gives red + 256 x green + 65,536 x blue, with or without alpha, from colors and palettes', () => {
    fc.assert(
      fc.property(pixels, (colors) => {
        const width = colors.length;
        const numbers = Uint32Array.from(colors, ([red, green, blue]) => red + 256 * green + 65_536 * blue);
        const rgb = encode({ width, height: 1, data: Uint8Array.from(colors.flat()), channels: 3 });
        expect(readRgbPng(rgb, 'm.png')).toEqual({ width, height: 1, numbers });
        const rgba = Uint8Array.from(colors.flatMap((color) => [...color, 7]));
        expect(readRgbPng(encode({ width, height: 1, data: rgba, channels: 4 }), 'm.png').numbers).toEqual(numbers);
        const places = Uint8Array.from(colors, (_, at) => at);
        expect(readRgbPng(indexedPng(width, 1, 8, places, colors), 'm.png').numbers).toEqual(numbers);
      }),
    );
  });

  it('takes the three channels of a gray pixel for alike', () => {
    const file = encode({ width: 2, height: 1, data: Uint8Array.of(0, 3), channels: 1 });
    expect(readRgbPng(file, 'm.png').numbers).toEqual(Uint32Array.of(0, 0x030303));
  });
});

function grayBits(width: number, height: number, depth: number, values: Uint8Array): Uint8Array<ArrayBuffer> {
  const indexed = indexedPng(width, height, depth, values, [[0, 0, 0]]);
  return pngOf(pngHeader(width, height, depth, 0), indexed.subarray(indexed.length - 12 - idatLength(indexed), -12));
}

/** Length of the last chunk but one with its frame: that of the pixels. */
function idatLength(png: Uint8Array): number {
  const at = png.findIndex((_, start) => String.fromCharCode(...png.subarray(start, start + 4)) === 'IDAT');
  return png.length - 12 - (at - 4);
}
