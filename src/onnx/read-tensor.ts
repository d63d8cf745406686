import type { BinaryReader } from '@bufbuild/protobuf/wire';
import { WireType } from '@bufbuild/protobuf/wire';
import { SMALL_CONSTANT, type Initializer } from './model-summary.ts';
import { bytes, floats, integers, text, walk, type FieldHandler } from './wire.ts';

const ELEM_TYPES = [
  'unknown',
  'float',
  'uint8',
  'int8',
  'uint16',
  'int16',
  'int32',
  'int64',
  'string',
  'bool',
  'float16',
  'double',
  'uint32',
  'uint64',
  'complex64',
  'complex128',
  'bfloat16',
] as const;

const STORED_EXTERNALLY = 1;

/** ONNX's number of an element type (TensorProto.DataType) as a word. */
export function elemTypeName(code: number): string {
  return ELEM_TYPES[code] ?? `type ${code}`;
}

/** Reads a TensorProto without its values, unless they are few. @throws Error, if the bytes are no message */
export function readTensor(message: Uint8Array): Initializer {
  const dims: number[] = [];
  const listed: number[] = [];
  let name = '';
  let elemType = 'unknown';
  let raw: Uint8Array | undefined;
  let location = 0;
  let externalFile = '';
  const list = (value: number): void => {
    if (listed.length <= SMALL_CONSTANT) listed.push(value);
  };
  walk(message, {
    1: integers((dim) => dims.push(dim)),
    2: integers((code) => (elemType = elemTypeName(code))),
    4: sparing(floats(list)),
    5: sparing(integers(list)),
    7: sparing(integers(list)),
    8: text((value) => (name = value)),
    9: bytes((value) => (raw = value)),
    13: bytes((entry) => {
      const [key, value] = readEntry(entry);
      if (key === 'location') externalFile = value;
    }),
    14: integers((value) => (location = value)),
  });
  const count = dims.reduce((product, dim) => product * dim, 1);
  const values = count > SMALL_CONSTANT ? undefined : raw ? decode(raw, elemType, count) : listed.slice(0, count);
  return {
    name,
    elemType,
    dims,
    ...(values?.length === count && { values }),
    ...(location === STORED_EXTERNALLY && { externalFile: externalFile || 'a file without a name' }),
  };
}

/** Reads a StringStringEntryProto. */
export function readEntry(message: Uint8Array): [key: string, value: string] {
  let key = '';
  let value = '';
  walk(message, { 1: text((found) => (key = found)), 2: text((found) => (value = found)) });
  return [key, value];
}

function sparing(handler: FieldHandler): FieldHandler {
  return (reader: BinaryReader, wire: WireType) => {
    const start = reader.pos;
    const large = wire === WireType.LengthDelimited && reader.uint32() > SMALL_CONSTANT * 10;
    reader.pos = start;
    if (large) reader.skip(wire);
    else handler(reader, wire);
  };
}

function decode(raw: Uint8Array, elemType: string, count: number): number[] | undefined {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const readers: Record<string, [size: number, read: (at: number) => number]> = {
    float: [4, (at) => view.getFloat32(at, true)],
    double: [8, (at) => view.getFloat64(at, true)],
    int64: [8, (at) => Number(view.getBigInt64(at, true))],
    int32: [4, (at) => view.getInt32(at, true)],
    bool: [1, (at) => view.getUint8(at)],
    uint8: [1, (at) => view.getUint8(at)],
  };
  const reader = readers[elemType];
  if (!reader || raw.length < count * reader[0]) return undefined;
  return Array.from({ length: count }, (_, i) => reader[1](i * reader[0]));
}
