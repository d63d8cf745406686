import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ShardManifest } from '../../src/cli/shards/manifest.ts';
import { block } from './support/command-line-document.ts';
import { root, runExplain } from './support/run-explain.ts';
import { tinySet, untimed } from './support/tiny-set.ts';

const { folder, probing, activations } = tinySet('shards');
const path = (...names: string[]): string => join(folder, ...names);
const source = ['--probing', probing, '--activations', activations, '--quantile', '0.05'];
const search = ['--length', '4', '--beam', '5', '--without', 'color'];
const merge = (...words: string[]) => runExplain('merge', ...words);
const shard = (which: string, out: string, ...words: string[]) =>
  runExplain(...source, '--shard', which, '--out', path(out), ...words);
const manifestIn = (...names: string[]): ShardManifest =>
  JSON.parse(readFileSync(path(...names, 'manifest.json'), 'utf8')) as ShardManifest;
const stepsIn = (...names: string[]) => manifestIn(...names).steps.map(({ first, count }) => [first, count]);
const tallyIn = (name: string): string => readFileSync(path(name, 'tally.csv'), 'utf8');

beforeAll(() => {
  const once = runExplain(
    ...[...source, ...search, '--out', path('once'), '--threads', '1', '--write-cells', path('once.parquet')],
  );
  expect(once.status).toBe(0);
  for (const i of [0, 1, 2]) {
    const { status, stdout, stderr } = shard(`${i}/3`, 'three', '--save-every', '0');
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(stderr).toBe(`Shard ${i} of 3 is finished: 8 samples in ${path('three', `shard-${i}-of-3`)}.\n`);
  }
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('shards', () => {
  it('give, merged on several threads, what one run gives, but for the times', () => {
    const { status, stdout } = merge(
      ...[path('three'), ...search, '--out', path('merged'), '--threads', '3'],
      ...['--write-cells', path('merged.parquet')],
    );
    expect(status).toBe(0);
    expect(stdout.trim().split('\n')).toHaveLength(1 + 24);
    expect(untimed(path('merged'))).toBe(untimed(path('once')));
    expect(tallyIn('merged')).toBe(tallyIn('once'));
    expect(readFileSync(path('merged.parquet'))).toEqual(readFileSync(path('once.parquet')));
  });

  it('are merged for another quantile, given thresholds and some units, from several folders', () => {
    const apart = [0, 1, 2].map((i) => path('three', `shard-${i}-of-3`));
    const { status } = merge(...apart, '--quantile', '0.2', '--units', '3-5', '--out', path('other'));
    const whole = runExplain(...source.slice(0, 4), '--quantile', '0.2', '--units', '3-5', '--out', path('other-once'));
    expect([status, whole.status]).toEqual([0, 0]);
    expect(untimed(path('other'))).toBe(untimed(path('other-once')));
  });

  it('that are finished say so and change nothing', () => {
    const before = readFileSync(path('three/shard-1-of-3/manifest.json'), 'utf8');
    const { status, stderr } = shard('1/3', 'three');
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: `Shard 1 of 3 is finished: 8 samples in ${path('three/shard-1-of-3')}.\n`,
    });
    expect(readFileSync(path('three/shard-1-of-3/manifest.json'), 'utf8')).toBe(before);
  });

  it('are refused where they are of another question, with what differs', () => {
    const where = path('three/shard-1-of-3');
    const asked = ['--probing', probing, '--activations', activations, '--categories', 'color,object', '--above', '2'];
    const { status, stderr } = runExplain(...asked, '--shard', '1/3', '--out', path('three'));
    expect(stderr).toMatch(/^cli\/shard-differs: .+ has a shard of another run: it differs in .+\n$/);
    expect(stderr).toContain(`${where} has`);
    expect(stderr).toContain('categories (');
    expect(stderr).toContain('concepts, ');
    expect(stderr).toContain('threshold (quantile 0.05, not above 2). Give another --out, or remove the folder.');
    expect(status).toBe(1);
  });

  it('that are missing or not finished are named, with exit code 3', () => {
    cpSync(path('three'), path('holes'), { recursive: true });
    rmSync(path('holes/shard-2-of-3'), { recursive: true });
    const manifest = manifestIn('holes', 'shard-0-of-3');
    writeFileSync(path('holes/shard-0-of-3/manifest.json'), JSON.stringify({ ...manifest, steps: [] }));
    const { status, stdout, stderr } = merge(path('holes'));
    expect({ status, stdout, stderr }).toEqual({
      status: 3,
      stdout: '',
      stderr:
        'cli/shards-missing: The 3 shards cannot be merged yet: shard 2 is missing, 0 has 0 of 8 samples. Run these again, then merge.\n',
    });
  });

  it('of two divisions, or twice the same, are refused', () => {
    expect(shard('0/2', 'two').status).toBe(0);
    const divided = merge(path('three'), path('two'));
    expect(divided.stderr).toContain(
      `cli/shards-divided: ${path('three/shard-0-of-3')} is one of 3 shards, but ${path('two/shard-0-of-2')} one of 2.`,
    );
    const twice = merge(path('three'), path('three/shard-1-of-3'));
    expect(twice.stderr).toMatch(/^cli\/shard-twice: Shard 1 is there twice, in /);
    expect(merge(folder).stderr).toMatch(/^cli\/no-shards: /);
    expect([divided.status, twice.status]).toEqual([1, 1]);
  });
});

describe('shards of different runs', () => {
  it('are refused with what differs', () => {
    cpSync(path('three'), path('mixed'), { recursive: true });
    const manifest = manifestIn('mixed', 'shard-2-of-3');
    const { question, layer } = manifest;
    const other = {
      ...manifest,
      question: { ...question, layer: { ...question.layer, name: 'other.npy' }, concepts: question.concepts.slice(1) },
      layer: layer && { ...layer, sizes: { ...layer.sizes, keptQuantile: 0.5 } },
    };
    writeFileSync(path('mixed/shard-2-of-3/manifest.json'), JSON.stringify(other));
    const { status, stderr } = merge(path('mixed'));
    expect(stderr).toBe(
      `cli/shards-differ: ${path('mixed/shard-0-of-3')} and ${path('mixed/shard-2-of-3')} are shards of different runs: ` +
        'they differ in concepts, file (features.npy, not other.npy), size of the layer. Give folders of one run.\n',
    );
    expect(status).toBe(1);
  });
});

describe('a damaged shard', () => {
  it('is found at merging, and read again', () => {
    cpSync(path('three'), path('damaged'), { recursive: true });
    const part = path('damaged/shard-1-of-3/samples-8-15.activations.gz');
    const bytes = readFileSync(part);
    bytes[bytes.length >> 1] ^= 1;
    writeFileSync(part, bytes);
    const refused = merge(path('damaged'));
    expect(refused.stderr).toBe(
      'cli/shards-missing: The 3 shards cannot be merged yet: shard 1 is damaged: samples-8-15.activations.gz has changed since it was written. Run these again, then merge.\n',
    );
    expect(refused.status).toBe(3);
    const again = shard('1/3', 'damaged');
    expect(again.stderr).toBe(
      'Samples 8 to 15 are read again: samples-8-15.activations.gz has changed since it was written.\n' +
        'Shard 1 of 3: a step that was not whole is done again.\n' +
        `Shard 1 of 3 is finished: 8 samples in ${path('damaged/shard-1-of-3')}.\n`,
    );
    expect(merge(path('damaged'), ...search, '--out', path('mended')).status).toBe(0);
    expect(untimed(path('mended'))).toBe(untimed(path('once')));
  });

  it('with a step in the middle gone goes on around what is there', () => {
    expect(shard('0/1', 'gap', '--save-every', '0').status).toBe(0);
    expect(stepsIn('gap', 'shard-0-of-1')).toEqual([
      [0, 16],
      [16, 8],
    ]);
    truncateSync(path('gap/shard-0-of-1/samples-0-15.cells.gz'), 100);
    copyFileSync(activations, path('gap/shard-0-of-1/samples-0-3.cells.gz.77.part'));
    const { status, stderr } = shard('0/1', 'gap', '--save-every', '0');
    expect(stderr).toContain('Shard 0 of 1 goes on: 8 of 24 samples are there.');
    expect(status).toBe(0);
    expect(readdirSync(path('gap/shard-0-of-1')).sort()).toEqual([
      'manifest.json',
      'samples-0-15.activations.gz',
      'samples-0-15.cells.gz',
      'samples-16-23.activations.gz',
      'samples-16-23.cells.gz',
    ]);
    expect(merge(path('gap'), ...search, '--out', path('gap-merged')).status).toBe(0);
    expect(untimed(path('gap-merged'))).toBe(untimed(path('once')));
  });

  it('is found where a file belongs to other samples', () => {
    cpSync(path('three'), path('swapped'), { recursive: true });
    const manifest = manifestIn('swapped', 'shard-0-of-3');
    const [step] = manifest.steps;
    const [other] = manifestIn('swapped', 'shard-1-of-3').steps;
    copyFileSync(path('three/shard-1-of-3', other.cells.file), path('swapped/shard-0-of-3', step.cells.file));
    const cells = { ...other.cells, file: step.cells.file };
    writeFileSync(
      path('swapped/shard-0-of-3/manifest.json'),
      JSON.stringify({ ...manifest, steps: [{ ...step, cells }] }),
    );
    const { status, stderr } = merge(path('swapped'));
    expect(stderr).toContain(
      'shard 0 is damaged: samples-0-7.cells.gz has other samples. Run these again, then merge.',
    );
    expect(status).toBe(3);
  });

  it('with a manifest that is none says so', () => {
    cpSync(path('three'), path('torn'), { recursive: true });
    const manifest = manifestIn('torn', 'shard-0-of-3');
    const [step] = manifest.steps;
    const away = { ...step, cells: { ...step.cells, file: '../../features.npy' } };
    writeFileSync(path('torn/shard-0-of-3/manifest.json'), JSON.stringify({ ...manifest, steps: [away] }));
    const { status, stderr } = merge(path('torn'));
    expect(stderr).toBe(
      `cli/shard-manifest: ${path('torn/shard-0-of-3/manifest.json')} cannot be used: a step names no file. Remove the shard's folder and run the shard again.\n`,
    );
    expect(status).toBe(1);
  });
});

describe('the example of docs/command-line.md', () => {
  it('runs under xargs', () => {
    const { status, stdout } = spawnSync('sh', ['-c', block('sh xargs')], {
      cwd: root,
      encoding: 'utf8',
      env: {
        ...process.env,
        ...{ PROBING: probing, ACTIVATIONS: activations, SHARDS: path('by-xargs'), RESULTS: path('of-xargs') },
      },
    });
    expect({ status, lines: stdout.trim().split('\n').length }).toEqual({ status: 0, lines: 1 + 24 });
    const once = runExplain(...source.slice(0, 4), '--length', '5', '--out', path('of-xargs-once'));
    expect(once.status).toBe(0);
    expect(untimed(path('of-xargs'))).toBe(untimed(path('of-xargs-once')));
  });

  it.each(['sh parallel', 'yaml job'])('has options that there are: %s', (kind) => {
    const options = block(kind).match(/(?<=src\/cli\/main\.ts[^\n]*|\n.*)--[a-z-]+(?=[= ])/g) ?? [];
    const help = runExplain('--help').stdout;
    const ofOurs = options.filter(
      (option) => !['--import', '--joblog', '--resume-failed', '--line-buffer', '--tag'].includes(option),
    );
    expect(ofOurs.length).toBeGreaterThan(5);
    expect(ofOurs.filter((option) => !help.includes(option))).toEqual([]);
  });
});
