import { faultTable } from '../engine/fault.ts';

/** What can be wrong between reading and searching, in the words a person reads. */
export const pipelineFaults = faultTable('pipeline', {
  'no-pictures': (title: string) =>
    `The samples of ${title} have no pictures that a model could be shown. Drop a file of activations (.npy) instead of a model.`,
  'no-picture': (sample: string, title: string) =>
    `Sample ${sample} of ${title} has no picture, but a model needs one for each sample.`,
  'no-pairs': (title: string) =>
    `The samples of ${title} are no sentence pairs, but the model takes sentence pairs. Drop a set of pairs, or a model that takes pictures.`,
  'no-tokenizer': () =>
    `The model takes token ids, and nothing says which token has which. Drop its tokenizer.json, or its vocabulary as a text or JSON file.`,
  'other-feed': (model: string, takes: string, given: string) =>
    `${model} takes ${takes === 'pairs' ? 'sentence pairs' : 'pictures'}, but was to be fed ${given === 'pairs' ? 'sentence pairs' : 'pictures'}. Open the model again.`,
  encoding: (model: string, problem: string) => `${model} cannot be fed. ${problem}`,
  'not-a-map': (tensor: string, shape: string) =>
    `The tensor ${tensor} came out of the model as ${shape}. A unit needs a number, [batch, units], or a map, [batch, units, height, width]: choose another layer.`,
  'other-batch': (tensor: string, found: number, wanted: number) =>
    `The tensor ${tensor} came out of the model with ${found} rows for ${wanted} pictures, so they cannot be told apart: choose another layer.`,
  'other-shape': (tensor: string, found: string, first: string) =>
    `The tensor ${tensor} changed its shape from ${first} to ${found} between two batches: choose another layer.`,
  'tokens-not-ablated': (tensor: string) =>
    `The layer ${tensor} has a value for each token, and its units are explained by the largest of them. Units of such a layer cannot be switched off: explain a layer that has one value for each unit and pair.`,
  'too-many-values': (gigabytes: string) =>
    `The activations of this layer fill ${gigabytes} GB, more than fits into memory, and this threshold needs all of them. Choose a quantile, or a layer with smaller maps.`,
  'sample-count': (file: string, found: number, title: string, wanted: number) =>
    `${file} has activations of ${found} samples, but ${title} has ${wanted}. Both must list the same samples in the same order.`,
  'unit-range': (first: number, last: number, count: number) =>
    `Units ${first} to ${last} were asked for, but there are ${count}, counted from 0: the last is ${count - 1}.`,
  'sample-number': (count: number) =>
    `${count} samples were asked for, but a run reads whole samples, 1 or more of them.`,
  'no-layer': () => 'No layer was chosen. Choose one or more.',
  'threshold-count': (found: number, wanted: number) =>
    `${found} thresholds were given for ${wanted} units. One for each unit of the layer is needed.`,
  'sample-download': (file: string, reason: string) =>
    `The sample file ${file} could not be loaded (${reason}). Check the connection and try again.`,
  'nothing-open': (what: string) => `There is no ${what} open. Drop or choose one first.`,
  'not-cells': (file: string) =>
    `${file} is no cell table: it has neither a column concepts nor a column fires. Help, under What you can drop, says what a cell table is.`,

  // Workspace files
  'workspace-other': (file: string, what: string) =>
    `${file} is ${what}, not a workspace file. A workspace file is what Save workspace gives, with a name that ends in .formulens.`,
  'workspace-newer': (file: string, madeWith: string) =>
    `${file} was saved by a newer version of this page (${madeWith}). Reload the page to get the newest version, then open the file again.`,
  'workspace-value': (entry: string, file: string, where: string, problem: string) =>
    `${entry} in ${file} cannot be used, at ${where}: ${problem}. Save the workspace again where it was made.`,
  'workspace-entry': (entry: string, file: string, problem: string) =>
    `${entry} in ${file} cannot be used: ${problem}. Save the workspace again where it was made.`,
  'workspace-missing': (entry: string, file: string) =>
    `${file} has no entry ${entry}, which belongs to it. Save the workspace again where it was made.`,
  'workspace-too-large': (entry: string, file: string, claimed: string) =>
    `${entry} in ${file} claims ${claimed} when unpacked, more than a file of this size can hold. Do not trust it; save the workspace again where it was made.`,
});
