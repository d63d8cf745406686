import { makeBundle, openBundle } from '../bits/bundle.ts';

/**
 * Activation maps of a layer, those that can matter: a unit's map of a sample is left out where its maximum cannot reach the
 * threshold of any quantile up to `keptQuantile`. Everything a unit's threshold, mask and top samples need.
 */
export interface KeptActivations {
  /** The buffer all arrays are views of; see {@link openKeptActivations}. */
  readonly buffer: ArrayBufferLike;
  readonly unitCount: number;
  /** Samples of the probing set. */
  readonly sampleCount: number;
  /** Samples whose activations were read: all of them, or those of a run that reads fewer or has not come further. */
  readonly samplesRead: number;
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
  /**
   * `[units * samples]` largest finite value of every map whether it was kept or not, unit by unit; minus infinity where a map has none,
   * NaN for samples that were not read.
   */
  readonly highest: Float32Array;
  /** `[units]` no map that reaches this value was left out; -Infinity where all were kept. */
  readonly floor: Float32Array;
  /** `[units]` smallest value seen. */
  readonly minimum: Float32Array;
  /** `[units]` largest value seen. */
  readonly maximum: Float32Array;
  /** `[units]` values seen that were NaN or infinite. */
  readonly notFinite: Float64Array;
}

/** The plain values of {@link KeptActivations}. */
export type KeptSizes = Pick<
  KeptActivations,
  'unitCount' | 'sampleCount' | 'samplesRead' | 'height' | 'width' | 'keptQuantile'
>;
type Arrays = Omit<KeptActivations, 'buffer' | keyof KeptSizes>;

/**
 * Makes kept activations to be filled in place: their arrays are all zero.
 *
 * @param mapCount maps of all units together
 */
export function makeKeptActivations(sizes: KeptSizes, mapCount: number): KeptActivations {
  const { unitCount, sampleCount, height, width } = sizes;
  const arrays = {
    start: { type: 'Float64Array', length: unitCount + 1 },
    samples: { type: 'Uint32Array', length: mapCount },
    peaks: { type: 'Float32Array', length: mapCount },
    maps: { type: 'Float32Array', length: mapCount * height * width },
    highest: { type: 'Float32Array', length: unitCount * sampleCount },
    floor: { type: 'Float32Array', length: unitCount },
    minimum: { type: 'Float32Array', length: unitCount },
    maximum: { type: 'Float32Array', length: unitCount },
    notFinite: { type: 'Float64Array', length: unitCount },
  } as const satisfies Record<keyof Arrays, unknown>;
  return openKeptActivations(makeBundle({ meta: { kind: 'activations', ...sizes }, arrays }));
}

/** Reads kept activations in place from the buffer {@link makeKeptActivations} made. */
export function openKeptActivations(buffer: ArrayBufferLike): KeptActivations {
  const { meta, arrays } = openBundle(buffer);
  return { ...(meta as unknown as KeptSizes), ...(arrays as Arrays), buffer };
}
