import fc from 'fast-check';
import { dump } from 'npyjs';
import { describe, expect, it } from 'vitest';
import { openActivations } from '../../src/probing/activation-file.ts';
import { readNpy, readVector } from '../../src/probing/npy.ts';
import { floats, npyBytes } from './support/npy.ts';

const anyShape = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 0, maxLength: 4 });
const sizeOf = (shape: readonly number[]): number => shape.reduce((total, size) => total * size, 1);

describe('readNpy', () => {
  it('reads back what another library writes', () => {
    fc.assert(
      fc.property(
        fc.float32Array({ minLength: 1 }),
        fc.float64Array({ minLength: 1 }),
        fc.uint8Array({ minLength: 1 }),
        (singles, doubles, bytes) => {
          expect(readNpy(new Uint8Array(dump(singles, [singles.length])), 'a.npy')).toEqual({
            dtype: 'float32',
            shape: [singles.length],
            data: singles,
          });
          expect(readNpy(new Uint8Array(dump(doubles, [1, doubles.length])), 'a.npy')).toEqual({
            dtype: 'float64',
            shape: [1, doubles.length],
            data: doubles,
          });
          expect(readNpy(new Uint8Array(dump(bytes, [bytes.length, 1])), 'a.npy')).toEqual({
            dtype: 'uint8',
            shape: [bytes.length, 1],
            data: bytes,
          });
        },
      ),
    );
  });

  it('reads all header versions, either byte order, at any offset in memory', () => {
    fc.assert(
      fc.property(
        anyShape,
        fc.constantFrom(1, 2, 3),
        fc.boolean(),
        fc.integer({ min: 0, max: 7 }),
        (shape, version, big, shift) => {
          const values = Float32Array.from({ length: sizeOf(shape) }, (_, index) => Math.fround(index / 3 - 1));
          const data = new Uint8Array(values.slice().buffer);
          if (big) for (let at = 0; at < data.length; at += 4) data.subarray(at, at + 4).reverse();
          const file = npyBytes({ descr: big ? '>f4' : '<f4', shape, data, version: version as 1 | 2 | 3 });
          const moved = new Uint8Array(file.length + shift);
          moved.set(file, shift);
          expect(readNpy(moved.subarray(shift), 'a.npy')).toEqual({ dtype: 'float32', shape, data: values });
        },
      ),
    );
  });

  it('turns Fortran order into C order', () => {
    fc.assert(
      fc.property(anyShape, (shape) => {
        const count = sizeOf(shape);
        const inC = Uint8Array.from({ length: count }, (_, index) => index);
        const inFortran = new Uint8Array(count);
        for (let at = 0; at < count; at += 1) {
          let rest = at;
          const index = shape.map((_, axis) => {
            const stride = sizeOf(shape.slice(axis + 1));
            const position = Math.floor(rest / stride);
            rest -= position * stride;
            return position;
          });
          inFortran[index.reduce((sum, position, axis) => sum + position * sizeOf(shape.slice(0, axis)), 0)] = inC[at];
        }
        const file = npyBytes({ descr: '|u1', shape, data: inFortran, fortran: true });
        expect(readNpy(file, 'a.npy').data).toEqual(inC);
      }),
    );
  });

  it('makes bool 0 or 1', () => {
    const file = npyBytes({ descr: '|b1', shape: [4], data: Uint8Array.of(0, 1, 2, 255) });
    expect(readNpy(file, 'a.npy')).toEqual({ dtype: 'bool', shape: [4], data: Uint8Array.of(0, 1, 1, 1) });
  });

  it('reads float16: zeros, the smallest, one, the largest, infinities, not a number', () => {
    const bits = [0x0000, 0x8000, 0x0001, 0x03ff, 0x0400, 0x3c00, 0xc000, 0x7bff, 0x7c00, 0xfc00, 0x7e00];
    const data = new Uint8Array(Uint16Array.from(bits).buffer);
    expect(Array.from(readNpy(npyBytes({ descr: '<f2', shape: [bits.length], data }), 'a.npy').data)).toEqual([
      0,
      -0,
      2 ** -24,
      1023 * 2 ** -24,
      2 ** -14,
      1,
      -2,
      65504,
      Infinity,
      -Infinity,
      NaN,
    ]);
  });
});

describe('readVector', () => {
  it('gives float64 for both types', () => {
    const singles = npyBytes({ shape: [2], data: floats([0.1, -5]) });
    expect(readVector(singles, 't.npy')).toEqual(Float64Array.of(Math.fround(0.1), -5));
  });
});

describe('openActivations', () => {
  it('reads any run of samples', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 1, max: 4 }))),
        fc.boolean(),
        fc.nat(),
        fc.nat(),
        async ([samples, units, height, width], flat, from, to) => {
          const perSample = flat ? units : units * height * width;
          const values = Float32Array.from({ length: samples * perSample }, (_, index) => index / 7);
          const shape = flat ? [samples, units] : [samples, units, height, width];
          const file = npyBytes({ shape, data: new Uint8Array(values.slice().buffer) });
          const opened = await openActivations(new Blob([file]), 'a.npy');
          expect([opened.samples, opened.units, opened.height, opened.width]).toEqual(
            flat ? [samples, units, 1, 1] : [samples, units, height, width],
          );
          const first = from % samples;
          const count = to % (samples - first + 1);
          expect(await opened.read(first, count)).toEqual(values.slice(first * perSample, (first + count) * perSample));
        },
      ),
    );
  });

  it('reads only the part asked for', async () => {
    const slices: number[] = [];
    const blob = new Blob([npyBytes({ shape: [100_000, 2], data: new Uint8Array(800_000) })]);
    const slice = blob.slice.bind(blob);
    blob.slice = (from = 0, to = blob.size) => {
      slices.push(to - from);
      return slice(from, to);
    };
    const { read } = await openActivations(blob, 'a.npy');
    await read(99_990, 10);
    expect(slices).toEqual([64, 65_536, 80]);
  });
});
