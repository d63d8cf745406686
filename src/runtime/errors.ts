import { faultTable } from '../engine/fault.ts';

/** Everything that can go wrong while a model runs or a picture is decoded, in the words a person reads. */
export const runtimeFaults = faultTable('runtime', {
  'out-of-memory': () =>
    'The model did not fit into memory. Close other tabs, choose smaller pictures or a smaller batch, and run it again.',
  'damaged-model': () =>
    'onnxruntime could not read the model: its bytes are not a valid ONNX file. Download or export it again.',
  'invalid-model': (reason: string) =>
    `onnxruntime refuses the model as inconsistent: ${reason} Export it again, and check it in Python with onnx.checker.check_model.`,
  'unsupported-operator': (operator: string) =>
    `onnxruntime has no ${operator} for this model. Export it again with another operator set, for example opset_version=17, or without that operator.`,
  'unsupported-version': (reason: string) =>
    `The model is newer than this onnxruntime: ${reason} Export it again with an older operator set, for example opset_version=17.`,
  'external-weights': (file: string) =>
    `The model wants its weights from another file, ${file}. Save it as one file, in Python: onnx.save(onnx.load('model.onnx'), 'model-one-file.onnx').`,
  'unknown-tap': (tensor: string, outputs: string) =>
    `The model gives no tensor named ${tensor}. Its outputs are ${outputs}.`,
  'wrong-input': (input: string, reason: string) => `The model refuses its input ${input}: ${reason}`,
  'missing-input': (input: string, needed: string) => `The model has no input ${input}; it needs ${needed}.`,
  'not-float': (tensor: string, type: string) =>
    `The tensor ${tensor} has values of type ${type}, and only float (32 bits) can be probed. Choose another layer.`,
  'device-lost': (reason: string) =>
    `The graphics processor was lost while the model ran${reason}. The run starts again on a fresh one.`,
  'no-webgpu': (reason: string) => `WebGPU was asked for but cannot be used: ${reason}. Choose WebAssembly instead.`,
  'no-runtime': (reason: string) =>
    `onnxruntime itself could not be loaded. Reload the page; if it is offline, it must have run a model once before. What the browser says: ${reason}`,
  closed: () => 'The model was closed while something still wanted to run it. Run it again.',
  failed: (reason: string) => `onnxruntime could not run the model: ${reason}`,
  'undecodable-picture': (name: string, start: string) =>
    `${name} cannot be decoded as a picture (its first bytes are ${start}). Save it again as JPEG or PNG.`,
  'empty-picture': (name: string) => `${name} is empty (0 bytes). Copy or download it again.`,
  'huge-picture': (name: string, width: number, height: number, limit: number) =>
    `${name} is ${width} x ${height} pixels; at most ${limit} million pixels are decoded. Make it smaller.`,
});
