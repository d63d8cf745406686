import { makeBundle, openBundle } from '../bits/bundle.ts';

/**
 * What a collector has kept of some samples: what a checkpoint or a shard hands over. Maps that cannot matter in the whole set are
 * already left out; adding the parts of all samples to one collector gives what one collector would have kept, to the last byte.
 */
export interface ActivationPart {
  /** The buffer all arrays are views of; see {@link openActivationPart}. */
  readonly buffer: ArrayBufferLike;
  readonly unitCount: number;
  /** Samples of the probing set. */
  readonly sampleCount: number;
  /** Samples that the run reads; with `keptQuantile` it decides how many of the largest values count. */
  readonly samplesToRead: number;
  readonly height: number;
  readonly width: number;
  readonly keptQuantile: number;
  /** Numbers of the samples, each once, in the order in which they were added. */
  readonly samples: Uint32Array;
  /** `[units * samples]` largest finite value of every map, unit by unit, in the order of `samples`. */
  readonly highest: Float32Array;
  /** `[units]` smallest value seen in these samples. */
  readonly minimum: Float32Array;
  /** `[units]` largest value seen in these samples. */
  readonly maximum: Float32Array;
  /** `[units]` values seen in these samples that were NaN or infinite. */
  readonly notFinite: Float64Array;
  /** `[units + 1]` where each unit's maps start, in maps. */
  readonly start: Float64Array;
  /** Place in `samples` of each map. */
  readonly rows: Uint32Array;
  /** The maps, `height * width` values each. */
  readonly maps: Float32Array;
}

/** Plain values of an {@link ActivationPart}. */
export type PartSizes = Pick<
  ActivationPart,
  'unitCount' | 'sampleCount' | 'samplesToRead' | 'height' | 'width' | 'keptQuantile'
>;

type Arrays = Omit<ActivationPart, 'buffer' | keyof PartSizes>;

/**
 * Makes a part to be filled in place: its arrays are all zero.
 *
 * @param samples how many it has
 * @param mapCount maps of all units together
 */
export function makeActivationPart(sizes: PartSizes, samples: number, mapCount: number): ActivationPart {
  const { unitCount, sampleCount, samplesToRead, height, width, keptQuantile } = sizes;
  const arrays = {
    samples: { type: 'Uint32Array', length: samples },
    highest: { type: 'Float32Array', length: unitCount * samples },
    minimum: { type: 'Float32Array', length: unitCount },
    maximum: { type: 'Float32Array', length: unitCount },
    notFinite: { type: 'Float64Array', length: unitCount },
    start: { type: 'Float64Array', length: unitCount + 1 },
    rows: { type: 'Uint32Array', length: mapCount },
    maps: { type: 'Float32Array', length: mapCount * height * width },
  } as const satisfies Record<keyof Arrays, unknown>;
  const plain = { unitCount, sampleCount, samplesToRead, height, width, keptQuantile };
  return openActivationPart(makeBundle({ meta: { kind: 'activation-part', ...plain }, arrays }));
}

/** Reads a part in place. @throws RangeError or SyntaxError, if the bytes are no part */
export function openActivationPart(buffer: ArrayBufferLike): ActivationPart {
  const { meta, arrays } = openBundle(buffer);
  if (meta['kind'] !== 'activation-part') throw new RangeError('These bytes are no part of a layer.');
  return { ...(meta as unknown as PartSizes), ...(arrays as Arrays), buffer };
}
