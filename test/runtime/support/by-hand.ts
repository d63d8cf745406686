import type { TensorSpec } from '../../onnx/support/onnx-writer.ts';

/** Convolution with 3 x 3 kernels, padding 1, then ReLU, loop by loop. Pictures and kernels row-major, channels first. */
export function convolveAndRectify(
  picture: Float32Array,
  [channels, height, width]: readonly [number, number, number],
  kernels: TensorSpec,
): Float32Array {
  const filters = kernels.dims[0];
  const out = new Float32Array(filters * height * width);
  for (let f = 0; f < filters; f += 1) {
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        let sum = 0;
        for (let c = 0; c < channels; c += 1) {
          for (let dy = -1; dy <= 1; dy += 1) {
            for (let dx = -1; dx <= 1; dx += 1) {
              if (y + dy < 0 || y + dy >= height || x + dx < 0 || x + dx >= width) continue;
              const weight = kernels.values[((f * channels + c) * 3 + dy + 1) * 3 + dx + 1];
              sum += weight * picture[(c * height + y + dy) * width + x + dx];
            }
          }
        }
        out[(f * height + y) * width + x] = Math.max(0, sum);
      }
    }
  }
  return out;
}

/** A batch of pictures with its channels last instead of first. */
export function channelsLast(batch: Float32Array, [count, channels, height, width]: readonly number[]): Float32Array {
  const area = height * width;
  return batch.map((_, i) => {
    const picture = Math.floor(i / (channels * area)) % count;
    const c = i % channels;
    const p = Math.floor(i / channels) % area;
    return batch[(picture * channels + c) * area + p];
  });
}
