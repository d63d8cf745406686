import { cliFaults } from './errors.ts';
import { searchOptions } from './search-options.ts';

/** Options that say what is made of a whole layer: a shard is only read. */
const ofTheWhole: readonly string[] = [...Object.keys(searchOptions), 'units', 'write-cells', 'report'];

/**
 * @param given names of the options that were given
 * @throws Fault `cli/usage`, if some have no place beside `--shard`, or it lacks one
 */
export function checkShard(given: ReadonlySet<string>): void {
  if (!given.has('shard')) {
    if (given.has('save-every'))
      throw cliFaults.usage('--save-every says how often a shard is saved and needs --shard.');
    return;
  }
  for (const name of ['cells', 'layers', 'labels', 'class-names', 'ablate'])
    if (given.has(name)) throw cliFaults.usage(`--${name} has no place beside --shard.`);
  const ofMerge = ofTheWhole.find((name) => given.has(name));
  if (ofMerge !== undefined) throw cliFaults.usage(`A shard is only read: give --${ofMerge} to merge.`);
  if (!given.has('out')) throw cliFaults.usage('--shard needs --out, the folder that holds all shards.');
}
