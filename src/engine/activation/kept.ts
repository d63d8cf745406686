import { openBundle, packBundle } from '../bits/bundle.ts';

/**
 * Activation maps of a layer, those that can matter: a unit's map of a sample is left out where its maximum cannot reach the
 * threshold of any quantile up to `keptQuantile`. Everything a unit's threshold, mask and top samples need.
 */
export interface KeptActivations {
  /** The buffer all arrays are views of; see {@link openKeptActivations}. */
  readonly buffer: ArrayBufferLike;
  readonly unitCount: number;
  readonly sampleCount: number;
  /** Size of the un-upsampled map; 1 x 1 for vectors. */
  readonly height: number;
  readonly width: number;
  /** Thresholds of this quantile and of smaller ones are exact; 1 where every map was kept. */
  readonly keptQuantile: number;
  /** `[units + 1]` where each unit's maps start, in maps. */
  readonly start: Float64Array;
  /** Sample of each map, ascending inside each unit. */
  readonly samples: Uint32Array;
  /** Largest value of each map. */
  readonly peaks: Float32Array;
  /** The maps, `height * width` values each, row by row. */
  readonly maps: Float32Array;
  /** `[units]` no map that reaches this value was left out; -Infinity where all were kept. */
  readonly floor: Float32Array;
  /** `[units]` smallest value seen. */
  readonly minimum: Float32Array;
  /** `[units]` largest value seen. */
  readonly maximum: Float32Array;
  /** `[units]` values seen that were NaN or infinite. */
  readonly notFinite: Float64Array;
}

type Sizes = Pick<KeptActivations, 'unitCount' | 'sampleCount' | 'height' | 'width' | 'keptQuantile'>;
type Arrays = Omit<KeptActivations, 'buffer' | keyof Sizes>;

/** Lays kept activations out in shared memory. */
export function makeKeptActivations(sizes: Sizes, arrays: Arrays): KeptActivations {
  return openKeptActivations(packBundle({ meta: { kind: 'activations', ...sizes }, arrays: { ...arrays } }));
}

/** Reads kept activations in place from the buffer {@link makeKeptActivations} laid out. */
export function openKeptActivations(buffer: ArrayBufferLike): KeptActivations {
  const { meta, arrays } = openBundle(buffer);
  return { ...(meta as unknown as Sizes), ...(arrays as Arrays), buffer };
}
