import { writeFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readArguments } from '../../src/cli/arguments.ts';
import { expectFault } from '../bad-files/bad-file.ts';
import { plainNetwork } from '../onnx/support/networks.ts';
import { runExplain } from './support/run-explain.ts';
import { tinySet, type TinySet } from './support/tiny-set.ts';

let tiny: TinySet;

beforeAll(() => {
  tiny = tinySet('ablate');
  writeFileSync(join(tiny.folder, 'plain.onnx'), plainNetwork());
});

afterAll(() => rmSync(tiny.folder, { recursive: true }));

describe('--ablate', () => {
  it('switches units off on as many samples as asked for, and says what that tells', () => {
    const { status, stderr } = runExplain(
      ...['--probing', tiny.probing, '--model', join(tiny.folder, 'plain.onnx'), '--quiet'],
      ...['--quantile', '0.05', '--length', '2', '--report', join(tiny.folder, 'report'), '--ablate', '12'],
    );
    expect(stderr).toMatch(
      /^Switched off, on 12 samples, through 3 of 8 operators: all on, 12 of 12 \(100\.0 %\) unchanged\. Off alone, none turns a right answer or a wrong one; unit \d changes [\d.]+ % of the predictions\. /m,
    );
    expect(stderr).toMatch(
      /^Pruned, 6 units, area under the curve of unchanged predictions: least interpretable first [\d.]+, p = /m,
    );
    expect(stderr).toMatch(/^Formulas alone, in place of 6 of 6 units: up to length 1, \d+ of 12 /m);
    expect(status).toBe(0);
  });

  const base = ['--sample', 'scenes'];

  it('takes a number of samples, or none: then as many as fit', () => {
    const asked = (...words: string[]) => readArguments([...base, '--report', 'r', ...words]).ablate;
    expect(asked()).toBeUndefined();
    expect(asked('--ablate')).toBe('all');
    expect(asked('--ablate', '200')).toBe(200);
    expect(asked('--ablate', '--quiet')).toBe('all');
    expect(readArguments([...base, '--ablate', '--report', 'r']).ablate).toBe('all');
  });

  it.each([
    [['--ablate'], '--ablate goes with --report, which says what comes of it.'],
    [['--report', 'r', '--ablate', '0'], '--ablate must be a whole number from 1 to 2147483648, not 0.'],
    [['--report', 'r', '--ablate', 'x'], '--ablate must be a whole number from 1 to 2147483648, not x.'],
    [['--report', 'r', '--ablate', '5', '6'], "Unexpected argument '6'."],
    [['--report', 'r', '--ablate', '--quiet', '6'], "Unexpected argument '6'."],
  ])('refuses %j', async (words, problem) => {
    await expectFault(
      () => readArguments([...base, ...words]),
      'cli/usage',
      `${problem} See npm run -s explain -- --help.`,
    );
  });

  it('refuses what has no model', async () => {
    const words = ['--probing', 'p', '--activations', 'a.npy', '--report', 'r', '--ablate'];
    const problem = '--ablate needs the model itself: there are no units to switch off with --activations.';
    await expectFault(() => readArguments(words), 'cli/usage', `${problem} See npm run -s explain -- --help.`);
  });
});
