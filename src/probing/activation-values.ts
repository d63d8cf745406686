import { probingFaults } from './errors.ts';
import { printShape } from './npy-header.ts';
import { readFault } from './read-fault.ts';

/** Activations given as a file instead of a model: [samples, units, height, width], read in pieces. */
export interface ActivationFile {
  readonly samples: number;
  readonly units: number;
  /** Height of a unit's map; 1 where the file is [samples, units]. */
  readonly height: number;
  /** Width of a unit's map; 1 where the file is [samples, units]. */
  readonly width: number;
  /**
   * Must be read by ascending sample: every step back begins anew, or unpacks a large piece for each sample. A run of fewer samples, or one
   * with early looks, reads it in the order `ascending`.
   */
  readonly sequential: boolean;
  /**
   * The maps of some samples, `count * units * height * width` values in that order.
   *
   * Values may be NaN or infinite: their units are left out, which the results say.
   *
   * @throws Fault, if the samples do not exist, or the file is damaged or has changed
   */
  read(firstSample: number, count: number): Promise<Float32Array<ArrayBuffer>>;
}

/** The sizes of activations. */
export type ActivationSizes = Pick<ActivationFile, 'samples' | 'units' | 'height' | 'width'>;

/** What the shape of an array must be. */
export const WANTED_SHAPE = '(samples, units, height, width) or (samples, units), each at least 1,';

/** The sizes that a shape means. @throws Fault `probing/npy-shape` */
export function sizesOf(shape: readonly number[], name: string): ActivationSizes {
  if ((shape.length !== 2 && shape.length !== 4) || shape.includes(0)) {
    throw probingFaults['npy-shape'](name, printShape(shape), WANTED_SHAPE);
  }
  const [samples, units, height = 1, width = 1] = shape;
  return { samples, units, height, width };
}

/** @throws Fault `probing/npy-range`, if there are no such samples */
export function checkRange(name: string, samples: number, first: number, count: number): void {
  if (first < 0 || count < 0 || first + count > samples) {
    throw probingFaults['npy-range'](name, first, count, samples);
  }
}

/** @throws Fault, if an array is not as long as its header says. @param wanted bytes of header and values together */
export function checkLength(name: string, found: number, wanted: number): void {
  if (found < wanted) throw probingFaults['npy-truncated'](name, found, wanted);
  if (found > wanted) throw probingFaults['npy-too-long'](name, found, wanted);
}

/** Bytes of a file. @throws Fault, if it cannot be read any more */
export async function readPart(blob: Blob, from: number, to: number, name: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await blob.slice(from, to).arrayBuffer());
  } catch (error) {
    throw readFault(error, name);
  }
}
