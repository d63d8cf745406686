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

  // Shards
  'shard-manifest': (path: string, problem: string) =>
    `${path} cannot be used: ${problem}. Remove the shard's folder and run the shard again.`,
  'shard-differs': (folder: string, different: readonly string[]) =>
    `${folder} has a shard of another run: it differs in ${different.join(', ')}. Give another --out, or remove the folder.`,
  'shards-differ': (one: string, other: string, different: readonly string[]) =>
    `${one} and ${other} are shards of different runs: they differ in ${different.join(', ')}. Give folders of one run.`,
  'shards-divided': (one: string, count: number, other: string, otherCount: number) =>
    `${one} is one of ${count} shards, but ${other} one of ${otherCount}. Give folders of one run.`,
  'shard-twice': (shard: number, one: string, other: string) =>
    `Shard ${shard} is there twice, in ${one} and in ${other}. Give one of them.`,
  'no-shards': (paths: string) =>
    `There are no shards with samples in ${paths}. Give the --out of the runs with --shard.`,
  'shards-missing': (count: number, problems: readonly string[]) =>
    `The ${count} shards cannot be merged yet: shard ${problems.join(', ')}. Run these again, then merge.`,
  'not-kept': (threshold: string, quantile: number) =>
    `The shards kept what quantiles up to ${quantile} need, not what ${threshold} would. Make them again with this threshold.`,
});
