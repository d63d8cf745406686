import type { Fault } from '../engine/fault.ts';
import { onnxFaults } from './errors.ts';
import { IDENTIFY_BYTES, identifyEnds, identifyProtobuf, type ModelFileKind } from './identify.ts';
import type { ModelSummary } from './model-summary.ts';
import { DamagedPart, readGraph, type GraphParts } from './read-graph.ts';
import { readEntry } from './read-tensor.ts';
import { bytes, integers, text, walk } from './wire.ts';

const count = new Intl.NumberFormat('en');

/**
 * Reads what an ONNX file says about itself. The weights are passed over, so this takes milliseconds; the hash takes longer.
 *
 * @param fileName for people; a `File` brings its own
 * @throws Fault that says what the file is instead, or where it is damaged, and what to do
 */
export async function readModel(model: Blob | Uint8Array<ArrayBuffer>, fileName?: string): Promise<ModelSummary> {
  const name = fileName ?? (typeof File !== 'undefined' && model instanceof File ? model.name : 'The model');
  const file = await requireOnnx(model, name);
  const parts: GraphParts = {
    name: '',
    nodes: [],
    inputs: [],
    outputs: [],
    valueInfos: new Map(),
    initializers: new Map(),
  };
  const metadata = new Map<string, string>();
  let irVersion = 0;
  let opset = 0;
  let producer = '';
  let producerVersion = '';
  try {
    walk(file, {
      1: integers((value) => (irVersion = value)),
      2: text((value) => (producer = value)),
      3: text((value) => (producerVersion = value)),
      7: bytes((graph) => readGraph(graph, parts)),
      8: bytes((message) => {
        let domain = '';
        let version = 0;
        walk(message, { 1: text((value) => (domain = value)), 2: integers((value) => (version = value)) });
        if (domain === '' || domain === 'ai.onnx') opset = version;
      }),
      14: bytes((entry) => metadata.set(...readEntry(entry))),
    });
  } catch (error) {
    throw onnxFaults.damaged(name, error instanceof DamagedPart ? error.where : 'its outermost structure');
  }
  if (parts.nodes.length === 0) throw onnxFaults['no-nodes'](name);
  const others = [...parts.initializers.values()]
    .map((initializer) => initializer.externalFile)
    .filter((other) => other !== undefined);
  if (others.length) throw onnxFaults['external-weights'](name, [...new Set(others)].join(', '));
  return {
    fileName: name,
    size: file.length,
    hash: await sha256(file),
    irVersion,
    opset,
    producer: [producer, producerVersion].filter(Boolean).join(' '),
    graphName: parts.name,
    metadata,
    inputs: parts.inputs.filter((input) => !parts.initializers.has(input.name)),
    outputs: parts.outputs,
    initializers: parts.initializers,
    nodes: parts.nodes,
    valueInfos: parts.valueInfos,
  };
}

/**
 * Says what a dropped file is. Only the beginning and the end are read, unless it may be ONNX.
 *
 * @throws whatever the Blob throws when it cannot be read
 */
export async function identify(model: Blob | Uint8Array<ArrayBuffer>): Promise<ModelFileKind> {
  return (await inspect(model)).found;
}

/** The file's bytes, if it is an ONNX model. @throws Fault that says what it is instead and what to do */
export async function requireOnnx(
  model: Blob | Uint8Array<ArrayBuffer>,
  fileName: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const size = model instanceof Blob ? model.size : model.length;
  const { found, file } = await inspect(model).catch((error: unknown) => {
    throw onnxFaults.unreadable(fileName, error instanceof Error ? error.name : 'unknown reason');
  });
  if (found.kind !== 'onnx') throw faultOf(found, fileName, size);
  return file ?? fileBytes(model, 0, size);
}

async function inspect(
  model: Blob | Uint8Array<ArrayBuffer>,
): Promise<{ found: ModelFileKind; file?: Uint8Array<ArrayBuffer> }> {
  const size = model instanceof Blob ? model.size : model.length;
  const head = await fileBytes(model, 0, IDENTIFY_BYTES);
  const tail = await fileBytes(model, Math.max(IDENTIFY_BYTES, size - IDENTIFY_BYTES), size);
  const found = identifyEnds(head, tail, size);
  if (found) return { found };
  const file = await fileBytes(model, 0, size);
  return { found: identifyProtobuf(file), file };
}

function faultOf(found: Exclude<ModelFileKind, { kind: 'onnx' }>, file: string, size: number): Fault {
  switch (found.kind) {
    case 'truncated':
      return onnxFaults.truncated(file, count.format(size), count.format(found.missing));
    case 'zip-with-onnx':
      return onnxFaults['zip-with-onnx'](file, found.inside);
    case 'archive':
    case 'picture':
      return onnxFaults[found.kind](file, found.name);
    case 'unknown':
      return onnxFaults.unknown(file, found.start);
    case 'lfs-pointer':
      return onnxFaults['lfs-pointer'](file, count.format(size));
    default:
      return onnxFaults[found.kind](file);
  }
}

async function fileBytes(
  model: Blob | Uint8Array<ArrayBuffer>,
  from: number,
  to: number,
): Promise<Uint8Array<ArrayBuffer>> {
  return model instanceof Blob ? new Uint8Array(await model.slice(from, to).arrayBuffer()) : model.subarray(from, to);
}

async function sha256(file: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', file));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
