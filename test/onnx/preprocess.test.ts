import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describePreprocessing, editPreprocessing, presetNames, presets, toInput } from '../../src/onnx/preprocess.ts';
import { resizeBilinear } from '../../src/onnx/resize.ts';
import type { PixelImage } from '../../src/probing/probing-set.ts';

function picture(width: number, height: number, values: readonly number[]): PixelImage {
  return { width, height, rgba: new Uint8ClampedArray(values) };
}

const pictures = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
  .chain(([width, height]) =>
    fc
      .uint8Array({ minLength: width * height * 4, maxLength: width * height * 4 })
      .map((bytes) => picture(width, height, [...bytes])),
  );

/** One value of the resized picture, straight from the definition: the four pixels around the centre, each by its nearness. */
function sampled(
  { width, height, rgba }: PixelImage,
  c: number,
  y: number,
  x: number,
  rows: number,
  columns: number,
): number {
  const sourceY = ((y + 0.5) * height) / rows - 0.5;
  const sourceX = ((x + 0.5) * width) / columns - 0.5;
  const near = (a: number, b: number): number => Math.max(0, 1 - Math.abs(a - b));
  let sum = 0;
  for (let row = -1; row <= height; row += 1) {
    for (let column = -1; column <= width; column += 1) {
      const inside = Math.min(Math.max(row, 0), height - 1) * width + Math.min(Math.max(column, 0), width - 1);
      sum += near(sourceY, row) * near(sourceX, column) * rgba[inside * 4 + c];
    }
  }
  return sum;
}

describe('resizing', () => {
  it('interpolates between the centres of pixels, worked out by hand', () => {
    const two = picture(2, 1, [0, 10, 200, 255, 100, 30, 0, 255]);
    expect([...resizeBilinear(two, 1, 4)]).toEqual([0, 25, 75, 100, 10, 15, 25, 30, 200, 150, 50, 0]);
    const four = picture(4, 1, [0, 0, 0, 0, 10, 0, 0, 0, 20, 0, 0, 0, 60, 0, 0, 0]);
    expect([...resizeBilinear(four, 1, 2).subarray(0, 2)]).toEqual([5, 40]);
    expect([...resizeBilinear(four, 1, 1).subarray(0, 1)]).toEqual([15]);
  });

  it('leaves a picture of the right size exactly alone', () => {
    fc.assert(
      fc.property(pictures, (image) => {
        const planes = resizeBilinear(image, image.height, image.width);
        const area = image.width * image.height;
        for (let p = 0; p < area; p += 1) {
          for (let c = 0; c < 3; c += 1) expect(planes[c * area + p]).toBe(image.rgba[p * 4 + c]);
        }
      }),
    );
  });

  it('is what the definition says, for any picture and size', () => {
    const side = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(pictures, side, side, (image, rows, columns) => {
        const planes = resizeBilinear(image, rows, columns);
        for (let c = 0; c < 3; c += 1) {
          for (let y = 0; y < rows; y += 1) {
            for (let x = 0; x < columns; x += 1) {
              const value = planes[(c * rows + y) * columns + x];
              expect(Math.abs(value - sampled(image, c, y, x, rows, columns))).toBeLessThan(1e-4);
            }
          }
        }
      }),
    );
  });
});

describe('presets', () => {
  const orange = picture(1, 1, [255, 128, 0, 255]);
  const expected: Record<string, readonly number[]> = {
    imagenet: [2.2489083, 0.2051821, -1.8044444],
    places365: [2.2813358, 0.1629955, -1.9176961],
    caffe: [-104, 11, 132],
    'minus-one-to-one': [1, 0.0039216, -1],
    'zero-to-one': [1, 0.5019608, 0],
  };

  it.each(presetNames)('%s gives the values worked out by hand', (name) => {
    const out = new Float32Array(3);
    toInput(orange, presets[name], 1, 1, 'NCHW', out, 0);
    for (let c = 0; c < 3; c += 1) expect(out[c]).toBeCloseTo(expected[name][c], 5);
  });

  it('places365 is the reference program: mean off in BGR, turned to RGB, divided by 255 times 0.224', () => {
    const out = new Float32Array(3);
    toInput(orange, presets.places365, 1, 1, 'NCHW', out, 0);
    const bgrMean = [109.5388, 118.6897, 124.6901];
    const reference = [0, 128, 255].map((value, c) => (value - bgrMean[c]) / (255 * 0.224)).toReversed();
    expect([...out]).toEqual(reference.map(Math.fround));
  });

  it('lays the channels as the model wants them, at the offset', () => {
    const image = picture(2, 1, [1, 2, 3, 0, 4, 5, 6, 0]);
    const plain = editPreprocessing(presets.caffe, { mean: [0, 0, 0] });
    const planes = new Float32Array(8).fill(-1);
    toInput(image, plain, 1, 2, 'NCHW', planes, 1);
    expect([...planes]).toEqual([-1, 3, 6, 2, 5, 1, 4, -1]);
    const pixels = new Float32Array(6);
    toInput(image, plain, 1, 2, 'NHWC', pixels, 0);
    expect([...pixels]).toEqual([3, 2, 1, 6, 5, 4]);
  });

  it('survive being stored, and are renamed when edited', () => {
    for (const name of presetNames) expect(JSON.parse(JSON.stringify(presets[name]))).toEqual(presets[name]);
    const edited = editPreprocessing(presets.imagenet, { order: 'BGR' });
    expect(edited.preset).toBe('custom');
    expect(editPreprocessing(edited, { order: 'RGB' }).preset).toBe('imagenet');
    expect(editPreprocessing(presets['zero-to-one'], { scale: 1, mean: [104, 117, 123], order: 'BGR' }).preset).toBe(
      'caffe',
    );
  });

  it('can be read', () => {
    expect(describePreprocessing(presets.imagenet)).toBe(
      'RGB, value / 255, minus 0.485 0.456 0.406, divided by 0.229 0.224 0.225',
    );
    expect(describePreprocessing(presets.places365)).toBe('RGB, minus 124.6901 118.6897 109.5388, divided by 57.12');
    expect(describePreprocessing(presets['minus-one-to-one'])).toBe('RGB, value / 127.5, minus 1');
  });
});
