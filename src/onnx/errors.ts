import { faultTable } from '../engine/fault.ts';

const EXPORT_PYTORCH =
  "In Python, build the network, load this file into it, then export: torch.onnx.export(network.eval(), torch.zeros(1, 3, 224, 224), 'model.onnx', input_names=['input'], dynamic_axes={'input': {0: 'batch'}}).";

function convertTensorFlow(source: string): string {
  return `Convert it with the Python package tf2onnx: python -m tf2onnx.convert ${source} --opset 17 --output model.onnx.`;
}

/** Everything that can be wrong with a model file, in the words a person reads. Every first detail is the file's name. */
export const onnxFaults = faultTable('onnx', {
  empty: (file: string) => `${file} is empty (0 bytes). Download or export it again.`,
  'lfs-pointer': (file: string, size: string) =>
    `${file} is a Git LFS pointer, a note of ${size} bytes that stands for the model, not the model. Fetch the real file with git lfs pull, or download it from the repository's web page.`,
  html: (file: string) =>
    `${file} is a web page (HTML), not a model: probably a download that answered with a page. Open the page it came from and download the .onnx file itself.`,
  xml: (file: string) =>
    `${file} is an XML file, not a model in ONNX form. If it belongs to OpenVINO, export the original network to .onnx instead.`,
  zip: (file: string) =>
    `${file} is a zip archive without a model that we know. Unpack it and drop the .onnx file inside.`,
  'zip-with-onnx': (file: string, inside: string) =>
    `${file} is a zip archive that contains ${inside}. Unpack it and drop ${inside} itself.`,
  archive: (file: string, kind: string) => `${file} is a ${kind} archive. Unpack it and drop the .onnx file inside.`,
  pytorch: (file: string) => `${file} is a PyTorch file, which only Python can open. ${EXPORT_PYTORCH}`,
  pickle: (file: string) => `${file} is a Python pickle, which only Python can open. ${EXPORT_PYTORCH}`,
  'tensorflow-saved-model': (file: string) =>
    `${file} is a TensorFlow SavedModel. ${convertTensorFlow('--saved-model FOLDER')}`,
  'tensorflow-graph': (file: string) =>
    `${file} is a TensorFlow graph (.pb). ${convertTensorFlow(`--graphdef ${file} --inputs NAME:0 --outputs NAME:0`)}`,
  keras: (file: string) => `${file} is a Keras model. ${convertTensorFlow(`--keras ${file}`)}`,
  hdf5: (file: string) => `${file} is an HDF5 file, as Keras writes them. ${convertTensorFlow(`--keras ${file}`)}`,
  tflite: (file: string) => `${file} is a TensorFlow Lite model. ${convertTensorFlow(`--tflite ${file}`)}`,
  tfjs: (file: string) =>
    `${file} is the description of a TensorFlow.js model; its weights are in other files. Convert the model it was made from to .onnx with the Python package tf2onnx.`,
  json: (file: string) => `${file} is a JSON file, not a model. Drop the .onnx file.`,
  safetensors: (file: string) =>
    `${file} is a safetensors file: it holds weights but not the network that uses them. ${EXPORT_PYTORCH}`,
  'ort-format': (file: string) =>
    `${file} is a model in onnxruntime's own form (.ort), whose inner tensors cannot be read out. Drop the .onnx file that it was made from.`,
  gguf: (file: string) => `${file} is a GGUF file, a language model for llama.cpp. Drop a model exported to .onnx.`,
  npy: (file: string) =>
    `${file} is a NumPy array, not a model. If it holds activations, [samples, units] or [samples, units, height, width], drop it where activations are asked for.`,
  picture: (file: string, kind: string) =>
    `${file} is a ${kind} picture, not a model. Pictures belong to the probing set, as a folder or a zip; the model is an .onnx file.`,
  pdf: (file: string) => `${file} is a PDF document, not a model. Drop the .onnx file.`,
  'onnx-text': (file: string) =>
    `${file} is an ONNX model written as text. Save it in its binary form, in Python: onnx.save(onnx.parser.parse_model(open('${file}').read()), 'model.onnx').`,
  text: (file: string) => `${file} is a text file, not a model. Drop the .onnx file.`,
  protobuf: (file: string) =>
    `${file} has the structure of a protobuf file but contains no ONNX graph. Drop a network exported to .onnx.`,
  unknown: (file: string, start: string) =>
    `${file} is not an ONNX model, and its first bytes (${start}) belong to no format we know. Drop a network exported to .onnx.`,
  truncated: (file: string, size: string, missing: string) =>
    `${file} is cut off: it has ${size} bytes and its own lengths ask for at least ${missing} more. Download or copy it again.`,
  damaged: (file: string, where: string) =>
    `${file} starts as an ONNX model but cannot be read: ${where} is damaged. Download or export it again.`,
  'no-nodes': (file: string) => `${file} is an ONNX model without a single operator, so there is nothing to probe.`,
  unreadable: (file: string, reason: string) =>
    `${file} could not be read (${reason}). It may have been moved or changed since it was picked: pick it again.`,
  'external-weights': (file: string, others: string) =>
    `${file} keeps its weights in other files (${others}). Save it as one file, in Python: onnx.save(onnx.load('${file}'), 'model-one-file.onnx').`,
  'no-picture-input': (file: string, inputs: string) =>
    `${file} takes no picture: an input of shape [batch, 3, height, width] or [batch, height, width, 3] is needed, and it has ${inputs}.`,
  'several-inputs': (file: string, inputs: string) =>
    `${file} needs more than a picture: its inputs are ${inputs}. Export it again so that the picture is its only input.`,
  'input-type': (file: string, input: string, type: string) =>
    `${file} wants its input ${input} as ${type}. Only float (32 bits) can be fed: export it again with a float input.`,
  'unknown-tensor': (file: string, tensor: string) =>
    `${file} computes no tensor named ${tensor}. The list of layers has the names that can be probed.`,
  'not-probeable': (file: string, tensor: string, reason: string) =>
    `The tensor ${tensor} of ${file} cannot be probed. ${reason}`,
  'reserved-name': (tensor: string) =>
    `The tensor name ${tensor} has a special meaning in JavaScript, so its values would be lost. Rename that tensor in the model.`,
  'no-classes': (file: string, reason: string) =>
    `Switching units off of ${file} would change nothing that could be counted. ${reason}`,
  'subgraph-behind': (file: string, tensor: string, operator: string) =>
    `Behind the layer ${tensor} of ${file} stands an operator with control flow (${operator}), which cannot be run apart from the rest. Explain a layer behind it.`,
  'nothing-to-probe': (file: string) =>
    `${file} has no tensor with units to probe: every shape found is neither [batch, units] nor a map [batch, units, height, width].`,

  // Models of sentence pairs. The first detail of what is wrong with a vocabulary is its file's name.
  'pair-input-type': (file: string, input: string, type: string) =>
    `${file} wants its input ${input} as ${type}. Only int64, int32 and float can be fed to a model of sentence pairs: export it again with int64 inputs.`,
  'tokenizer-empty': (file: string) =>
    `${file} is empty. Drop the vocabulary or the tokenizer.json that the model was trained with.`,
  'tokenizer-too-large': (file: string, size: string) =>
    `${file} has ${size} MB; a vocabulary or a tokenizer.json of up to 64 MB can be read. Drop the one that the model was trained with.`,
  'tokenizer-not-text': (file: string) =>
    `${file} is not a text file in UTF-8. Drop a vocabulary with a word on each line, a JSON file of words and ids, or a tokenizer.json.`,
  'tokenizer-not-json': (file: string, reason: string) =>
    `${file} is not valid JSON (${reason}). Drop a vocabulary or a tokenizer.json as it was saved.`,
  'tokenizer-unknown-json': (file: string) =>
    `${file} is neither a list of words, nor words with their ids, nor a tokenizer.json. Drop the vocabulary or the tokenizer.json that the model was trained with.`,
  'tokenizer-pieces': (file: string) =>
    `${file} lists the pieces of a byte-level tokenizer, but not how words are cut into them. Drop its tokenizer.json instead.`,
  'tokenizer-refused': (file: string, reason: string) =>
    `${file} describes a tokenizer that cannot be used (${reason}). Save it again with the Python package tokenizers: tokenizer.save('tokenizer.json').`,
  'vocabulary-line': (file: string, line: string) =>
    `Line ${line} of ${file} is neither a word nor a word and its id. A vocabulary has one word on each line, with or without an id behind it.`,
  'vocabulary-id': (file: string, word: string, id: string) =>
    `${file} gives the word ${word} the id ${id}. Ids are whole numbers from 0.`,
  'vocabulary-same-id': (file: string, one: string, other: string, id: string) =>
    `${file} gives the words ${one} and ${other} the same id ${id}. Each word needs an id of its own.`,
  'vocabulary-same-word': (file: string, word: string, one: string, other: string) =>
    `${file} has the word ${word} twice, with the ids ${one} and ${other}. Each word may stand there once.`,
});
