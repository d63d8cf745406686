import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/** ONNX's numbers of element types. */
const ELEM_TYPES = { float: 1, uint8: 2, int32: 6, int64: 7, float16: 10 } as const;
type ElemType = keyof typeof ELEM_TYPES;

export interface TensorSpec {
  readonly name: string;
  readonly dims: readonly number[];
  readonly values: readonly number[];
  readonly elemType?: ElemType;
  /** Writes float values one by one (float_data), not as raw bytes. */
  readonly listed?: boolean;
  /** Writes the values into a second file of this name, that is, nowhere. */
  readonly externalFile?: string;
}

export interface ValueSpec {
  readonly name: string;
  readonly dims?: readonly (number | string | null)[];
  readonly elemType?: ElemType;
}

export type AttributeSpec =
  number | string | readonly number[] | { readonly float: number } | { readonly tensor: TensorSpec };

export interface NodeSpec {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, AttributeSpec>>;
  readonly domain?: string;
}

export interface ModelSpec {
  readonly nodes: readonly NodeSpec[];
  readonly inputs: readonly ValueSpec[];
  readonly outputs: readonly ValueSpec[];
  readonly initializers?: readonly TensorSpec[];
  readonly valueInfos?: readonly ValueSpec[];
  readonly opset?: number;
  readonly producer?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Writes an ONNX file. */
export function writeModel(spec: ModelSpec): Uint8Array<ArrayBuffer> {
  const writer = new BinaryWriter();
  writer.tag(1, WireType.Varint).int64(8);
  if (spec.producer) text(writer, 2, spec.producer);
  message(writer, 7, (graph) => {
    for (const node of spec.nodes) message(graph, 1, (part) => writeNode(part, node));
    text(graph, 2, 'graph');
    for (const tensor of spec.initializers ?? []) message(graph, 5, (part) => writeTensor(part, tensor));
    for (const value of spec.inputs) message(graph, 11, (part) => writeValue(part, value));
    for (const value of spec.outputs) message(graph, 12, (part) => writeValue(part, value));
    for (const value of spec.valueInfos ?? []) message(graph, 13, (part) => writeValue(part, value));
  });
  message(writer, 8, (opset) => opset.tag(2, WireType.Varint).int64(spec.opset ?? 17));
  for (const [key, value] of Object.entries(spec.metadata ?? {})) {
    message(writer, 14, (entry) => text(text(entry, 1, key), 2, value));
  }
  return writer.finish();
}

function message(writer: BinaryWriter, field: number, write: (part: BinaryWriter) => void): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  write(writer);
  writer.join();
}

function text(writer: BinaryWriter, field: number, value: string): BinaryWriter {
  return writer.tag(field, WireType.LengthDelimited).string(value);
}

function writeNode(writer: BinaryWriter, node: NodeSpec): void {
  for (const input of node.inputs) text(writer, 1, input);
  for (const output of node.outputs) text(writer, 2, output);
  text(writer, 4, node.op);
  for (const [name, value] of Object.entries(node.attributes ?? {})) {
    message(writer, 5, (attribute) => writeAttribute(text(attribute, 1, name), value));
  }
  if (node.domain) text(writer, 7, node.domain);
}

function writeAttribute(writer: BinaryWriter, value: AttributeSpec): void {
  const type = (code: number): BinaryWriter => writer.tag(20, WireType.Varint).int32(code);
  if (typeof value === 'number') {
    type(2).tag(3, WireType.Varint).int64(value);
  } else if (typeof value === 'string') {
    text(type(3), 4, value);
  } else if ('float' in value) {
    type(1).tag(2, WireType.Bit32).float(value.float);
  } else if ('tensor' in value) {
    message(type(4), 5, (part) => writeTensor(part, value.tensor));
  } else {
    type(7);
    for (const item of value) writer.tag(8, WireType.Varint).int64(item);
  }
}

function writeTensor(writer: BinaryWriter, tensor: TensorSpec): void {
  const elemType = tensor.elemType ?? 'float';
  for (const dim of tensor.dims) writer.tag(1, WireType.Varint).int64(dim);
  writer.tag(2, WireType.Varint).int32(ELEM_TYPES[elemType]);
  text(writer, 8, tensor.name);
  if (tensor.externalFile !== undefined) {
    const { externalFile } = tensor;
    message(writer, 13, (entry) => text(text(entry, 1, 'location'), 2, externalFile));
    writer.tag(14, WireType.Varint).int32(1);
    return;
  }
  if (tensor.listed) {
    writer.tag(4, WireType.LengthDelimited).fork();
    for (const value of tensor.values) writer.float(value);
    writer.join();
    return;
  }
  writer.tag(9, WireType.LengthDelimited).bytes(new Uint8Array(rawValues(tensor.values, elemType).buffer));
}

function rawValues(
  values: readonly number[],
  elemType: ElemType,
): BigInt64Array | Int32Array | Uint16Array | Float32Array {
  if (elemType === 'int64') return BigInt64Array.from(values, BigInt);
  if (elemType === 'int32') return Int32Array.from(values);
  return elemType === 'float16' ? Uint16Array.from(values, half) : Float32Array.from(values);
}

/** The bits of a number as a float16, for numbers that one holds exactly. */
function half(value: number): number {
  if (value === 0) return Object.is(value, -0) ? 0x8000 : 0;
  const exponent = Math.floor(Math.log2(Math.abs(value)));
  const mantissa = Math.round((Math.abs(value) / 2 ** exponent - 1) * 1024);
  return (value < 0 ? 0x8000 : 0) | ((exponent + 15) << 10) | mantissa;
}

function writeValue(writer: BinaryWriter, value: ValueSpec): void {
  text(writer, 1, value.name);
  message(writer, 2, (type) => {
    message(type, 1, (tensor) => {
      tensor.tag(1, WireType.Varint).int32(ELEM_TYPES[value.elemType ?? 'float']);
      if (!value.dims) return;
      message(tensor, 2, (shape) => {
        for (const dim of value.dims ?? []) {
          message(shape, 1, (part) => {
            if (typeof dim === 'number') part.tag(1, WireType.Varint).int64(dim);
            else if (dim !== null) text(part, 2, dim);
          });
        }
      });
    });
  });
}
