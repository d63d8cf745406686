import { afterEach, describe, expect, it, vi } from 'vitest';
import { readArguments } from '../../src/cli/arguments.ts';
import { readMergeArguments } from '../../src/cli/merge-arguments.ts';
import { expectFault } from '../bad-files/bad-file.ts';

const source = ['--probing', 'p', '--activations', 'a.npy'];
const see = 'See npm run -s explain -- --help.';

describe('--shard', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('takes a number, or a variable of the environment that has one', () => {
    expect(readArguments([...source, '--shard', '3/16', '--out', 'o']).shard).toEqual({ shard: 3, of: 16 });
    vi.stubEnv('JOB_COMPLETION_INDEX', '15');
    const job = readArguments([...source, '--shard', 'JOB_COMPLETION_INDEX/16', '--out', 'o']);
    expect(job).toMatchObject({ shard: { shard: 15, of: 16 }, saveEvery: 5 });
  });

  it.each([
    [['--shard', '3'], '--shard takes a number and how many there are, such as 3/16, not 3.'],
    [['--shard', '0/0'], '--shard takes a number and how many there are, such as 3/16, not 0/0.'],
    [['--shard', '16/16'], '--shard counts from 0: of 16 shards the last is 15/16, not 16/16.'],
    [
      ['--shard', 'NO_SUCH_INDEX/4'],
      '--shard NO_SUCH_INDEX/4 needs a number in the environment variable NO_SUCH_INDEX.',
    ],
    [['--shard', '0/2', '--length', '3'], 'A shard is only read: give --length to merge.'],
    [['--shard', '0/2', '--write-cells', 'a.arrow'], 'A shard is only read: give --write-cells to merge.'],
    [['--save-every', '3'], '--save-every says how often a shard is saved and needs --shard.'],
    [['--shard', '0/2', '--save-every', '-1'], "Option '--save-every' argument is ambiguous."],
  ])('refuses %j', async (words, sentence) => {
    await expectFault(() => readArguments([...source, ...words, '--out', 'o']), 'cli/usage', `${sentence} ${see}`);
  });

  it('needs --out, and no cells', async () => {
    const without = () => readArguments([...source, '--shard', '0/2']);
    await expectFault(without, 'cli/usage', `--shard needs --out, the folder that holds all shards. ${see}`);
    const cells = () => readArguments(['--cells', 'c.parquet', '--shard', '0/2', '--out', 'o']);
    await expectFault(cells, 'cli/usage', `--cells has no place beside --shard. ${see}`);
  });
});

describe('merge', () => {
  it('takes folders, and knows whether a threshold was asked for', () => {
    const asked = readMergeArguments(['a', '--length', '7', 'b', '--threads', '4', '--units', '0-3']);
    expect(asked).toMatchObject({ shards: ['a', 'b'], thresholdAsked: false, threads: 4, units: [0, 3] });
    expect(asked.settings.length).toBe(7);
    expect(readMergeArguments(['a', '--above', '1'])).toMatchObject({
      thresholdAsked: true,
      settings: { threshold: { kind: 'fixed', above: 1 } },
    });
  });

  it.each([
    [[], 'Give merge the folder that holds the shards.'],
    [['a', '--model', 'm.onnx'], "Unknown option '--model'."],
    [['a', '--write-cells', 'c.csv'], '--write-cells takes a name that ends in .parquet or .arrow, not c.csv.'],
  ])('refuses %j', async (words, sentence) => {
    await expectFault(() => readMergeArguments(words), 'cli/usage', `${sentence} ${see}`);
  });
});
