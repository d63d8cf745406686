import { describe, expect, it } from 'vitest';
import { describeFailure } from '../../src/runtime/describe-failure.ts';

const create = "Can't create a session. ERROR_CODE: 1, ERROR_MESSAGE: ";

describe("onnxruntime's errors in words for people", () => {
  it.each([
    ['std::bad_alloc', 'out-of-memory', 'did not fit into memory'],
    ['WebAssembly.Memory(): could not allocate memory', 'out-of-memory', 'did not fit into memory'],
    ['Array buffer allocation failed', 'out-of-memory', 'did not fit into memory'],
    [`${create}Failed to load model because protobuf parsing failed.`, 'damaged-model', 'not a valid ONNX file'],
    [
      `${create}Could not find an implementation for TfIdfVectorizer(9) node with name 'a'`,
      'unsupported-operator',
      'onnxruntime has no TfIdfVectorizer(9) for this model.',
    ],
    [
      `${create}Fatal error: com.acme:Swirl(-1) is not a registered function/op`,
      'unsupported-operator',
      'com.acme:Swirl',
    ],
    [
      `${create}/a/b/model.cc:181 onnxruntime::Model::Model(X) Unsupported model IR version: 99, max supported IR version: 12`,
      'unsupported-version',
      'Unsupported model IR version: 99, max supported IR version: 12.',
    ],
    [
      'Failed to load external data file "w.bin", error: Module.MountedFiles is not available.',
      'external-weights',
      'from another file, w.bin.',
    ],
    [
      'no available backend found. ERR: [wasm] TypeError: Failed to fetch',
      'no-runtime',
      'What the browser says: no available backend found. ERR: [wasm] TypeError: Failed to fetch.',
    ],
    [
      'failed to call OrtRun(). ERROR_CODE: 6, ERROR_MESSAGE: padding values must be non-negative',
      'failed',
      'onnxruntime could not run the model: padding values must be non-negative.',
    ],
    [
      `${create}/a/onnxruntime/core/graph/graph.cc:1555 void onnxruntime::Graph::Init() This is an invalid model. Graph output (x) does not exist in the graph.`,
      'invalid-model',
      'Graph output (x) does not exist in the graph.',
    ],
  ])('%s', (said, kind, words) => {
    const error = new Error(said);
    const fault = describeFailure(error);
    expect(fault.code).toBe(`runtime/${kind}`);
    expect(fault.message).toContain(words);
    expect(fault.cause).toBe(error);
  });
});
