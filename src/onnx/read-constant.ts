import { elemTypeName } from './read-tensor.ts';
import { bytes, floats, integers, text, walk } from './wire.ts';

/**
 * Reads all values of a constant from a model's file: of an initializer, or of the Constant operator that computes a tensor.
 *
 * @returns undefined, if there is none of that name, or it is neither float nor float16
 * @throws Error, if the file is no protobuf message
 */
export async function readConstant(model: Blob | Uint8Array, name: string): Promise<Float32Array | undefined> {
  const file = model instanceof Blob ? new Uint8Array(await model.arrayBuffer()) : model;
  let found: Float32Array | undefined;
  walk(file, {
    7: bytes((graph) => {
      walk(graph, {
        1: bytes((node) => {
          found ??= constantOf(node, name);
        }),
        5: bytes((tensor) => {
          found ??= valuesOf(tensor, name);
        }),
      });
    }),
  });
  return found;
}

/** The value of a Constant operator (NodeProto), if it computes the tensor. */
function constantOf(node: Uint8Array, name: string): Float32Array | undefined {
  let computes = false;
  let constant = false;
  let value: Uint8Array | undefined;
  walk(node, {
    2: text((output) => (computes ||= output === name)),
    4: text((op) => (constant = op === 'Constant')),
    5: bytes((attribute) => {
      walk(attribute, { 5: bytes((tensor) => (value = tensor)) });
    }),
  });
  return computes && constant && value ? valuesOf(value) : undefined;
}

/** The values of a TensorProto, if it has this name. */
function valuesOf(tensor: Uint8Array, name?: string): Float32Array | undefined {
  let own = '';
  walk(tensor, { 8: text((found) => (own = found)) });
  if (name !== undefined && own !== name) return undefined;
  const listed: number[] = [];
  let elemType = '';
  let raw: Uint8Array | undefined;
  walk(tensor, {
    2: integers((code) => (elemType = elemTypeName(code))),
    4: floats((value) => listed.push(value)),
    5: integers((value) => listed.push(value)),
    9: bytes((value) => (raw = value)),
  });
  if (elemType === 'float') return raw ? readFloats(raw) : Float32Array.from(listed);
  if (elemType !== 'float16') return undefined;
  return raw ? readHalves(raw) : Float32Array.from(listed, fromHalf);
}

function readFloats(raw: Uint8Array): Float32Array {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  return Float32Array.from({ length: raw.length >> 2 }, (_, i) => view.getFloat32(4 * i, true));
}

function readHalves(raw: Uint8Array): Float32Array {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  return Float32Array.from({ length: raw.length >> 1 }, (_, i) => fromHalf(view.getUint16(2 * i, true)));
}

/** The number that the bits of a float16 stand for. */
function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const mantissa = bits & 1023;
  if (exponent === 31) return mantissa ? NaN : sign * Infinity;
  return sign * (exponent === 0 ? mantissa * 2 ** -24 : (1 + mantissa / 1024) * 2 ** (exponent - 15));
}
