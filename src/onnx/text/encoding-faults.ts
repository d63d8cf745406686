import { faultTable } from '../../engine/fault.ts';

/** Everything that can be wrong with how pairs go into a model. Apart from the other sentences, since the page asks on every change. */
export const encodingFaults = faultTable('onnx', {
  'unmatched-input': (input: string) =>
    `What the model's input ${input} takes cannot be told from its name and shape. Say which role it has.`,
  'no-such-input': (input: string) => `The model has no input named ${input}, so it cannot be given a role.`,
  'same-role': (role: string, inputs: string) =>
    `The inputs ${inputs} have the same role, ${role}. Each role belongs to one input.`,
  'missing-ids': (role: string) =>
    `No input takes the ${role}. A model of sentence pairs takes the ids of premise and hypothesis, or of both joined: give one of its inputs this role.`,
  'mixed-roles': (joint: string, single: string) =>
    `The input ${joint} takes both sentences joined, and ${single} takes one of them. All inputs must take joined sentences, or none.`,
  'role-shape': (input: string, role: string, rank: string) =>
    `The input ${input} cannot take the ${role}, which have ${rank}. Choose another role.`,
  'no-tokenizer': () =>
    'How words become numbers is not known: the model brings no vocabulary. Drop the vocabulary (a text or JSON file) or the tokenizer.json that it was trained with.',
  'tokenizer-not-open': (wanted: string) => `The settings belong to ${wanted}, which is not open. Drop it again.`,
  'other-tokenizer': (wanted: string, open: string) =>
    `The settings belong to ${wanted}, but ${open} is open. Drop ${wanted} again, or take the open one.`,
  'tokenizer-misfit': (file: string, largest: string, input: string, rows: string) =>
    `${file} does not fit the model: it gives ids up to ${largest}, and the table that ${input} is looked up in has ${rows} rows. Drop the vocabulary or tokenizer.json that belongs to this model.`,
  'cannot-join': (file: string) =>
    `${file} cannot join two sentences into one row, as this model needs it. Drop the tokenizer.json that belongs to the model.`,
  'max-tokens': (most: string) => `The most tokens of a row must be a whole number from ${most}.`,
  'same-class': (name: string) => `Two classes are named ${name}. Each class needs a name of its own.`,
});
