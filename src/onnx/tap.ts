import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { onnxFaults } from './errors.ts';
import type { ModelSummary } from './model-summary.ts';

const MODEL_GRAPH = 7;
const GRAPH_OUTPUT = 12;
const VALUE_NAME = 1;

/**
 * Makes inner tensors outputs of the model, so that a session returns them.
 *
 * ONNX files are protobuf messages, and two protobuf messages written one after the other are read as one, their lists
 * joined. So a second message with nothing but a graph with further outputs is appended; type and shape are left to the
 * runtime to infer. Nothing is copied: the result refers to the given bytes. Tensors that are outputs already are not added again.
 *
 * @param summary of the same file
 * @throws Fault `onnx/unknown-tensor`, if no operator computes the tensor; `onnx/reserved-name` for `__proto__`
 */
export function tap(model: Blob | Uint8Array<ArrayBuffer>, summary: ModelSummary, tensors: readonly string[]): Blob {
  const computed = new Set(summary.nodes.flatMap((node) => node.outputs));
  const outputs = new Set(summary.outputs.map((output) => output.name));
  const graph = new BinaryWriter();
  for (const tensor of new Set(tensors)) {
    if (tensor === '__proto__') throw onnxFaults['reserved-name'](tensor);
    if (tensor === '' || !computed.has(tensor)) throw onnxFaults['unknown-tensor'](summary.fileName, tensor);
    if (outputs.has(tensor)) continue;
    graph
      .tag(GRAPH_OUTPUT, WireType.LengthDelimited)
      .fork()
      .tag(VALUE_NAME, WireType.LengthDelimited)
      .string(tensor)
      .join();
  }
  const body = graph.finish();
  if (body.length === 0) return new Blob([model]);
  return new Blob([model, new BinaryWriter().tag(MODEL_GRAPH, WireType.LengthDelimited).bytes(body).finish()]);
}
