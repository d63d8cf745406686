import { checkRange, readPart, sizesOf, WANTED_SHAPE, type ActivationFile } from './activation-values.ts';
import { probingFaults } from './errors.ts';
import { decodeFloats, FLOAT_BYTES, type FloatType } from './floats.ts';
import { printShape } from './npy-header.ts';

const TYPES: Readonly<Record<string, FloatType>> = { F16: 'float16', BF16: 'bfloat16', F32: 'float32', F64: 'float64' };
/** The format's own bound on its header. */
const MOST_HEADER_BYTES = 100_000_000;
const LENGTH_BYTES = 8;

interface Tensor {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** Do these first bytes, nine or more, begin a safetensors file: the length of a header, and a JSON object? */
export function looksLikeSafetensors(start: Uint8Array): boolean {
  if (start.length <= LENGTH_BYTES) return false;
  const length = headerLength(start);
  return length >= 2 && length <= MOST_HEADER_BYTES && start[LENGTH_BYTES] === 0x7b;
}

/**
 * Opens activations in a `.safetensors` file for reading in pieces, in any order: the tensor named `activations`, or the only one of two or
 * four axes; F16, BF16, F32 or F64.
 *
 * @param name for messages
 * @throws Fault naming the file, and the tensor where there is one
 */
export async function openSafetensors(blob: Blob, name: string): Promise<ActivationFile> {
  const length = headerLength(await readPart(blob, 0, LENGTH_BYTES, name));
  const dataOffset = LENGTH_BYTES + length;
  if (dataOffset > blob.size) throw probingFaults['npy-truncated'](name, blob.size, dataOffset);
  const text = new TextDecoder().decode(await readPart(blob, LENGTH_BYTES, dataOffset, name));
  const tensors = readTensors(text, name);
  const tensor = activationsIn(tensors, name);
  const within = `${tensor.name} in ${name}`;
  const type = TYPES[tensor.dtype] as FloatType | undefined;
  if (!type) throw probingFaults['safetensors-type'](name, tensor.name, tensor.dtype);
  const sizes = sizesOf(tensor.shape, within);
  const { samples, units, height, width } = sizes;
  const perSample = units * height * width;
  const bytesPerSample = FLOAT_BYTES[type] * perSample;
  if (tensor.to - tensor.from !== samples * bytesPerSample) {
    throw probingFaults['safetensors-header'](name, `the bytes of ${tensor.name} do not match its shape`);
  }
  const end = tensors.reduce((last, { to }) => Math.max(last, to), 0);
  if (blob.size < dataOffset + end) throw probingFaults['npy-truncated'](name, blob.size, dataOffset + end);
  const start = dataOffset + tensor.from;
  const read = async (first: number, count: number): Promise<Float32Array<ArrayBuffer>> => {
    checkRange(within, samples, first, count);
    const from = start + first * bytesPerSample;
    const bytes = await readPart(blob, from, from + count * bytesPerSample, name);
    return decodeFloats(bytes, type, false, count * perSample);
  };
  return { ...sizes, sequential: false, read };
}

function headerLength(start: Uint8Array): number {
  return Number(new DataView(start.buffer, start.byteOffset, start.byteLength).getBigUint64(0, true));
}

function readTensors(text: string, name: string): readonly Tensor[] {
  const refuse = (problem: string): never => {
    throw probingFaults['safetensors-header'](name, problem);
  };
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return refuse('it is no JSON');
  }
  if (typeof found !== 'object' || found === null) return refuse('it is no JSON object');
  const entries = Object.entries(found).filter(([key]) => key !== '__metadata__');
  return entries.map(([key, value]) => {
    const { dtype, shape, data_offsets: offsets } = (value ?? {}) as Readonly<Record<string, unknown>>;
    const whole = (list: unknown): list is number[] =>
      Array.isArray(list) && list.every((size) => Number.isSafeInteger(size) && size >= 0);
    if (typeof dtype !== 'string' || !whole(shape) || !whole(offsets) || offsets.length !== 2) {
      return refuse(`${key} has no dtype, shape and data_offsets`);
    }
    return { name: key, dtype, shape, from: offsets[0], to: offsets[1] };
  });
}

function activationsIn(tensors: readonly Tensor[], name: string): Tensor {
  const fitting = tensors.filter(({ shape }) => shape.length === 2 || shape.length === 4);
  const chosen = tensors.find((tensor) => tensor.name === 'activations') ?? (fitting.length === 1 ? fitting[0] : null);
  if (chosen) return chosen;
  const [only] = tensors;
  if (tensors.length === 1)
    throw probingFaults['npy-shape'](`${only.name} in ${name}`, printShape(only.shape), WANTED_SHAPE);
  throw probingFaults['safetensors-tensors'](
    name,
    tensors.map((tensor) => tensor.name),
  );
}
