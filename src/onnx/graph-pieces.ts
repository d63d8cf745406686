import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { text, walk, bytes } from './wire.ts';

/** Field numbers of ONNX's messages (onnx.proto). */
export const FIELDS = {
  model: { irVersion: 1, graph: 7, opsetImport: 8, functions: 25 },
  graph: { node: 1, name: 2, initializer: 5, input: 11, output: 12, sparseInitializer: 15 },
  node: { input: 1, output: 2, op: 4 },
  value: { name: 1, type: 2 },
} as const;

const FLOAT = 1;

/** A field of a message, tag and all, as it lies in a file. */
export interface Piece {
  readonly field: number;
  /** Where it begins and ends in the file. */
  readonly from: number;
  readonly to: number;
  /** Its contents, where they are bytes, a text or a message: a view of the file. */
  readonly value: Uint8Array<ArrayBuffer>;
}

/** Cuts a message into its fields, in their order. @param message a view of the file's memory @throws Error, if it is no message */
export function pieces(message: Uint8Array<ArrayBuffer>): Piece[] {
  const reader = new BinaryReader(message);
  const found: Piece[] = [];
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const [field, wire] = reader.tag();
    let value = new Uint8Array();
    if (wire === WireType.LengthDelimited) value = reader.bytes() as Uint8Array<ArrayBuffer>;
    else reader.skip(wire, field);
    found.push({ field, from: message.byteOffset + start, to: message.byteOffset + reader.pos, value });
  }
  return found;
}

/** The text in a field of a message; empty where there is none. */
export function textIn(message: Uint8Array, field: number): string {
  let found = '';
  walk(message, { [field]: text((value) => (found = value)) });
  return found;
}

/** Name of a SparseTensorProto: that of its values. */
export function sparseName(message: Uint8Array): string {
  let found = '';
  walk(message, { 1: bytes((values) => (found = textIn(values, 8))) });
  return found;
}

/** A NodeProto with an output under another name. */
export function withOutput(node: Uint8Array<ArrayBuffer>, output: string, renamed: string): Uint8Array<ArrayBuffer> {
  const writer = new BinaryWriter();
  for (const { field, from, to, value } of pieces(node)) {
    const isOutput = field === FIELDS.node.output && new TextDecoder().decode(value) === output;
    if (isOutput) writer.tag(field, WireType.LengthDelimited).string(renamed);
    else writer.raw(node.subarray(from - node.byteOffset, to - node.byteOffset));
  }
  return writer.finish();
}

/** A field of a GraphProto with a NodeProto that multiplies two tensors. */
export function multiplication(one: string, other: string, product: string): Uint8Array<ArrayBuffer> {
  const { input, output, op } = FIELDS.node;
  const node = new BinaryWriter();
  for (const factor of [one, other]) node.tag(input, WireType.LengthDelimited).string(factor);
  node.tag(output, WireType.LengthDelimited).string(product).tag(op, WireType.LengthDelimited).string('Mul');
  return fieldOf(FIELDS.graph.node, node.finish());
}

/** A field of a GraphProto with an input of float values of any shape. */
export function floatInput(name: string): Uint8Array<ArrayBuffer> {
  const value = new BinaryWriter().tag(FIELDS.value.name, WireType.LengthDelimited).string(name);
  value.tag(FIELDS.value.type, WireType.LengthDelimited).fork();
  value.tag(1, WireType.LengthDelimited).fork().tag(1, WireType.Varint).int32(FLOAT).join().join();
  return fieldOf(FIELDS.graph.input, value.finish());
}

/** A field with contents that are bytes. */
export function fieldOf(field: number, contents: Uint8Array): Uint8Array<ArrayBuffer> {
  return new BinaryWriter().tag(field, WireType.LengthDelimited).bytes(contents).finish();
}

/** Tag and length of a field with so many bytes of contents, which follow. */
export function openingOf(field: number, length: number): Uint8Array<ArrayBuffer> {
  return new BinaryWriter().tag(field, WireType.LengthDelimited).uint32(length).finish();
}
