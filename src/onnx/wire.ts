import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

/** What to do with one field of a protobuf message. Must consume the field's value. */
export type FieldHandler = (reader: BinaryReader, wire: WireType) => void;

/** Reads a message field by field: known fields go to their handler, all others are skipped. @throws Error, if the bytes are no message */
export function walk(message: Uint8Array, handlers: Readonly<Record<number, FieldHandler>>): void {
  const reader = new BinaryReader(message);
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag();
    const handler = handlers[field];
    if (handler) handler(reader, wire);
    else reader.skip(wire, field);
  }
}

/** A handler for a field of type string. */
export function text(take: (value: string) => void): FieldHandler {
  return (reader, wire) => {
    expect(wire, WireType.LengthDelimited);
    take(reader.string());
  };
}

/** A handler for bytes or a message; no copy is made. */
export function bytes(take: (value: Uint8Array) => void): FieldHandler {
  return (reader, wire) => {
    expect(wire, WireType.LengthDelimited);
    take(reader.bytes());
  };
}

/** A handler for an integer or enum, and for a list of them, packed or not. */
export function integers(take: (value: number) => void): FieldHandler {
  return (reader, wire) => {
    if (wire === WireType.LengthDelimited) {
      const packed = new BinaryReader(reader.bytes());
      while (packed.pos < packed.len) take(Number(packed.int64()));
    } else {
      expect(wire, WireType.Varint);
      take(Number(reader.int64()));
    }
  };
}

/** A handler for a float, and for a list of them, packed or not. */
export function floats(take: (value: number) => void): FieldHandler {
  return (reader, wire) => {
    if (wire === WireType.LengthDelimited) {
      const packed = new BinaryReader(reader.bytes());
      while (packed.pos < packed.len) take(packed.float());
    } else {
      expect(wire, WireType.Bit32);
      take(reader.float());
    }
  };
}

function expect(wire: WireType, wanted: WireType): void {
  if (wire !== wanted) throw new Error(`wire type ${wire} where ${wanted} belongs`);
}
