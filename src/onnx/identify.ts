import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

/**
 * What a file is, by its contents and never by its name. Except for `onnx`, each is a kind of onnxFaults (errors.ts).
 * `zip-with-onnx` and `truncated` come with details.
 */
export type ModelFileKind =
  | { readonly kind: 'onnx' }
  | { readonly kind: 'truncated'; readonly missing: number }
  | { readonly kind: 'zip-with-onnx'; readonly inside: string }
  | { readonly kind: 'archive'; readonly name: string }
  | { readonly kind: 'picture'; readonly name: string }
  | { readonly kind: 'unknown'; readonly start: string }
  | { readonly kind: PlainKind };

type PlainKind =
  | 'empty'
  | 'lfs-pointer'
  | 'html'
  | 'xml'
  | 'zip'
  | 'pytorch'
  | 'pickle'
  | 'tensorflow-saved-model'
  | 'tensorflow-graph'
  | 'keras'
  | 'hdf5'
  | 'tflite'
  | 'tfjs'
  | 'json'
  | 'safetensors'
  | 'ort-format'
  | 'gguf'
  | 'npy'
  | 'pdf'
  | 'onnx-text'
  | 'text'
  | 'protobuf';

/** How much of a file's beginning and of its end {@link identifyEnds} wants to see. */
export const IDENTIFY_BYTES = 65_536;

/** Formats that begin with fixed bytes, at an offset, written as Latin-1 text. */
const SIGNATURES: readonly (readonly [offset: number, signature: string, kind: ModelFileKind])[] = [
  [0, '\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19', { kind: 'pytorch' }],
  [0, '\x89HDF\r\n\x1a\n', { kind: 'hdf5' }],
  [4, 'TFL3', { kind: 'tflite' }],
  [4, 'ORTM', { kind: 'ort-format' }],
  [0, 'GGUF', { kind: 'gguf' }],
  [0, '\x93NUMPY', { kind: 'npy' }],
  [0, '%PDF', { kind: 'pdf' }],
  [0, '\x89PNG', { kind: 'picture', name: 'PNG' }],
  [0, '\xff\xd8\xff', { kind: 'picture', name: 'JPEG' }],
  [0, 'GIF8', { kind: 'picture', name: 'GIF' }],
  [8, 'WEBP', { kind: 'picture', name: 'WebP' }],
  [0, '\x1f\x8b', { kind: 'archive', name: 'gzip' }],
  [0, '7z\xbc\xaf\x27\x1c', { kind: 'archive', name: '7z' }],
  [0, 'Rar!', { kind: 'archive', name: 'RAR' }],
  [0, '(\xb5/\xfd', { kind: 'archive', name: 'Zstandard' }],
  [0, '\xfd7zXZ', { kind: 'archive', name: 'xz' }],
  [257, 'ustar', { kind: 'archive', name: 'tar' }],
];

/**
 * Says what a file is from its first and last bytes ({@link IDENTIFY_BYTES} of each, fewer where it has fewer), or undefined
 * where it may be ONNX and {@link identifyProtobuf} must see all of it.
 */
export function identifyEnds(head: Uint8Array, tail: Uint8Array, size: number): ModelFileKind | undefined {
  if (size === 0) return { kind: 'empty' };
  const start = latin1(head);
  if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06')) return identifyZip(start + latin1(tail));
  const signature = SIGNATURES.find(([offset, bytes]) => start.startsWith(bytes, offset));
  if (signature) return signature[2];
  if (/^\x80[\x02-\x05][\s\S]*[.(}\])]/.test(start)) return { kind: 'pickle' };
  if (isSafetensors(head, size)) return { kind: 'safetensors' };
  return identifyText(start);
}

function latin1(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}

function identifyZip(names: string): ModelFileKind {
  if (names.includes('data.pkl')) return { kind: 'pytorch' };
  if (names.includes('saved_model.pb')) return { kind: 'tensorflow-saved-model' };
  if (names.includes('model.weights.h5')) return { kind: 'keras' };
  const inside = /[\w./ -]*[\w-]\.onnx(?![\w.])/.exec(names);
  return inside ? { kind: 'zip-with-onnx', inside: inside[0] } : { kind: 'zip' };
}

function isSafetensors(head: Uint8Array, size: number): boolean {
  if (head.length < 9 || head[8] !== 0x7b) return false;
  const length = new DataView(head.buffer, head.byteOffset).getBigUint64(0, true);
  return length > 1n && length <= BigInt(size - 8);
}

function identifyText(start: string): ModelFileKind | undefined {
  const words = start.replace(/^(ï»¿)?\s*/, '');
  if (words.startsWith('version https://git-lfs.github.com/spec/')) return { kind: 'lfs-pointer' };
  if (/^(<!--[\s\S]*?-->\s*)*<(!doctype html|html|head|body)/i.test(words)) return { kind: 'html' };
  if (words.startsWith('<?xml')) return { kind: 'xml' };
  if (/^(<\s*ir_version|ir_version\s*:)/.test(words)) return { kind: 'onnx-text' };
  if (/[\x00-\x08\x0e-\x1f]/.test(words)) return undefined;
  if (/^[{[]/.test(words)) return { kind: /"(modelTopology|weightsManifest)"/.test(words) ? 'tfjs' : 'json' };
  return { kind: 'text' };
}

const ONNX_VARINTS = new Set([1, 5]);
const ONNX_MESSAGES = new Set([2, 3, 4, 6, 7, 8, 14, 20, 25, 26]);
const GRAPH = 7;
/** A producer's name is never longer; TensorFlow's SavedModel keeps its network in the field of the same number. */
const LONGEST_PRODUCER = 4096;

/** Says whether a whole file is an ONNX model by its outermost fields: all known, and a graph among them. */
export function identifyProtobuf(file: Uint8Array): ModelFileKind {
  const reader = new BinaryReader(file);
  const seen = new Set<number>();
  while (reader.pos < reader.len) {
    let field: number;
    let wire: WireType;
    let length: number;
    try {
      [field, wire] = reader.tag();
      if (wire === WireType.Varint) reader.uint64();
      length = wire === WireType.LengthDelimited ? reader.uint32() : 0;
    } catch {
      if (!seen.has(GRAPH)) return unknown(file);
      return reader.pos >= reader.len ? { kind: 'truncated', missing: 1 } : { kind: 'onnx' };
    }
    if (field === 1 && wire === WireType.LengthDelimited && seen.size === 0) return identifyGraphDef(file, length);
    if (field === 2 && length > LONGEST_PRODUCER && !seen.has(GRAPH)) return { kind: 'tensorflow-saved-model' };
    const fits =
      wire === WireType.Varint ? ONNX_VARINTS : wire === WireType.LengthDelimited ? ONNX_MESSAGES : undefined;
    if (!fits?.has(field)) return seen.has(GRAPH) ? { kind: 'onnx' } : unknown(file);
    if (length > reader.len - reader.pos) return { kind: 'truncated', missing: length - (reader.len - reader.pos) };
    reader.pos += length;
    seen.add(field);
  }
  return { kind: seen.has(GRAPH) ? 'onnx' : 'protobuf' };
}

/** A TensorFlow GraphDef begins with a node, whose first field is its name and whose second is its operator. */
function identifyGraphDef(file: Uint8Array, length: number): ModelFileKind {
  const node = latin1(file.subarray(0, 512));
  const plausible = length > 4 && /^\n[\s\S]{1,3}?\n[\s\S][\w./-]+\x12[\s\S][A-Z]\w+/.test(node);
  return plausible ? { kind: 'tensorflow-graph' } : unknown(file);
}

function unknown(file: Uint8Array): ModelFileKind {
  const start = Array.from(file.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0'));
  return { kind: 'unknown', start: start.join(' ') };
}
