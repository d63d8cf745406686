import { faultTable } from '../engine/fault.ts';

/** Everything the command line refuses by itself. */
export const cliFaults = faultTable('cli', {
  usage: (problem: string) => `${problem} See npm run -s explain -- --help.`,
  'no-such-path': (path: string) => `${path} does not exist. Check the path.`,
  'not-readable': (path: string, reason: string) => `${path} cannot be read: ${reason}.`,
  'not-writable': (path: string, reason: string) => `${path} cannot be written: ${reason}.`,
  'sample-missing': (name: string, path: string) =>
    `The sample ${name} has no model at ${path}. Make it with npm run samples, or fetch the project again.`,
  'samples-differ': (file: string, activations: number, title: string, samples: number) =>
    `${file} has activations of ${activations} samples, but ${title} has ${samples}. They must come from the same samples in the same order.`,
  'thresholds-differ': (file: string, thresholds: number, units: number) =>
    `${file} has ${thresholds} thresholds, but the layer has ${units} units. Give one for each unit.`,
  'no-such-category': (name: string, title: string, categories: readonly string[]) =>
    `${title} has no category ${name || 'without a name'}, so --without cannot leave it out. It has ${categories.join(', ')}.`,
  'no-such-units': (last: number, units: number) =>
    `Unit ${last} does not exist: the layer has units 0 to ${units - 1}.`,
});
