import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openActivations } from '../../src/probing/activation-file.ts';
import { npz, parquet, safetensors } from './support/activation-files.ts';
import { npyBytes } from './support/npy.ts';

interface Made {
  readonly samples: number;
  readonly units: number;
  readonly height: number;
  readonly width: number;
  readonly values: Float32Array<ArrayBuffer>;
}

/** Values that 16 bits hold exactly. */
const made = fc
  .record({
    samples: fc.integer({ min: 1, max: 9 }),
    units: fc.integer({ min: 1, max: 4 }),
    height: fc.integer({ min: 1, max: 3 }),
    width: fc.integer({ min: 1, max: 3 }),
  })
  .chain((sizes) => {
    const length = sizes.samples * sizes.units * sizes.height * sizes.width;
    return fc
      .array(fc.integer({ min: -64, max: 64 }), { minLength: length, maxLength: length })
      .map((list): Made => ({ ...sizes, values: Float32Array.from(list, (value) => value / 4) }));
  });

const bytesOf = (array: Float32Array | Float64Array | Uint16Array): Uint8Array => new Uint8Array(array.slice().buffer);
/** The bits of a float16, of values that it holds exactly. */
function half(value: number): number {
  if (value === 0) return 0;
  const exponent = Math.floor(Math.log2(Math.abs(value)));
  const fraction = Math.round((Math.abs(value) / 2 ** exponent - 1) * 1024);
  return (value < 0 ? 0x8000 : 0) | ((exponent + 15) << 10) | fraction;
}
const upperHalf = (value: number): number => new Uint32Array(Float32Array.of(value).buffer)[0] >>> 16;
const shapeOf = ({ samples, units, height, width }: Made) => [samples, units, height, width];
const rowsOf = ({ samples, values }: Made): number[][] =>
  Array.from({ length: samples }, (_, sample) => {
    const per = values.length / samples;
    return [...values.subarray(sample * per, (sample + 1) * per)];
  });

const npyOf = (layer: Made): Uint8Array<ArrayBuffer> =>
  npyBytes({ shape: shapeOf(layer), data: bytesOf(layer.values) });

const kinds: readonly (readonly [string, boolean | undefined, (layer: Made) => Blob | Promise<Blob>])[] = [
  ['.npy of float32', false, (layer) => new Blob([npyOf(layer)])],
  [
    '.npy of float64',
    false,
    (layer) =>
      new Blob([npyBytes({ descr: '<f8', shape: shapeOf(layer), data: bytesOf(Float64Array.from(layer.values)) })]),
  ],
  [
    '.npy of float16',
    false,
    (layer) =>
      new Blob([
        npyBytes({ descr: '<f2', shape: shapeOf(layer), data: bytesOf(Uint16Array.from(layer.values, half)) }),
      ]),
  ],
  ['.npz, stored', false, (layer) => npz([['arr_0.npy', npyOf(layer)]], false)],
  [
    '.npz, packed, among others',
    true,
    (layer) =>
      npz(
        [
          ['labels.npy', npyOf({ ...layer, values: layer.values.map((value) => value + 1) })],
          ['activations.npy', npyOf(layer)],
        ],
        true,
      ),
  ],
  [
    '.safetensors, F32',
    false,
    (layer) =>
      new Blob([
        safetensors({
          weight: { dtype: 'I64', shape: [1], data: new Uint8Array(8) },
          layer4: { dtype: 'F32', shape: shapeOf(layer), data: bytesOf(layer.values) },
        }),
      ]),
  ],
  [
    '.safetensors, F16 and BF16',
    false,
    (layer) =>
      new Blob([
        safetensors({
          other: { dtype: 'F16', shape: shapeOf(layer), data: bytesOf(Uint16Array.from(layer.values, half).fill(0)) },
          activations: {
            dtype: 'BF16',
            shape: shapeOf(layer),
            data: bytesOf(Uint16Array.from(layer.values, upperHalf)),
          },
        }),
      ]),
  ],
  [
    'Parquet, a list a sample',
    undefined,
    async (layer) =>
      new Blob([
        await parquet([{ name: 'activations', type: 'FLOAT', list: true, data: rowsOf(layer) }], {
          rowGroup: 3,
          metadata: { shape: JSON.stringify(shapeOf(layer).slice(1)) },
        }),
      ]),
  ],
  [
    'Parquet in another order',
    undefined,
    async (layer) =>
      new Blob([
        await parquet(
          [
            { name: 'sample', type: 'INT64', data: rowsOf(layer).map((_, i) => BigInt(layer.samples - 1 - i)) },
            { name: 'activations', type: 'DOUBLE', list: true, data: rowsOf(layer).reverse() },
          ],
          { rowGroup: 4, metadata: { shape: JSON.stringify(shapeOf(layer).slice(1)) } },
        ),
      ]),
  ],
];

describe.each(kinds)('%s', (_, sequential, write) => {
  it('gives any run of samples, in any order', async () => {
    await fc.assert(
      fc.asyncProperty(
        made,
        fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 4 }),
        async (layer, runs) => {
          const file = await openActivations(await write(layer), 'a');
          const { samples, units, height, width } = layer;
          expect(file).toMatchObject({ samples, units, height, width });
          if (sequential !== undefined) expect(file.sequential).toBe(sequential);
          const per = units * height * width;
          const reads = runs.map(async ([from, to]) => {
            const first = from % samples;
            const count = to % (samples - first + 1);
            expect(await file.read(first, count)).toEqual(layer.values.slice(first * per, (first + count) * per));
          });
          await Promise.all(reads);
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('Parquet', () => {
  const columns = (samples: number) =>
    [0, 1].map((unit) => ({
      name: `unit_${unit}`,
      type: 'DOUBLE' as const,
      data: Array.from({ length: samples }, (_, sample) => sample + unit / 2),
    }));

  it('may have a column a unit', async () => {
    const file = await openActivations(new Blob([await parquet(columns(5), { rowGroup: 2 })]), 'a.parquet');
    expect(file).toMatchObject({ samples: 5, units: 2, height: 1, width: 1, sequential: true });
    expect(await file.read(1, 3)).toEqual(Float32Array.of(1, 1.5, 2, 2.5, 3, 3.5));
  });

  it('takes lists without a shape for units', async () => {
    const data = [
      [1, 2, 3],
      [4, 5, 6],
    ];
    const bytes = await parquet([{ name: 'activations', type: 'FLOAT', list: true, data }]);
    const file = await openActivations(new Blob([bytes]), 'a.parquet');
    expect(file).toMatchObject({ samples: 2, units: 3, height: 1, width: 1, sequential: false });
    expect(await file.read(1, 1)).toEqual(Float32Array.of(4, 5, 6));
  });
});
