import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { samplesDone, type ShardManifest } from '../../src/cli/shards/manifest.ts';
import { goldenFolder } from '../engine/support/golden-pictures.ts';
import * as pairs from '../engine/support/golden-pairs.ts';
import { npyBytes } from '../probing/support/npy.ts';
import { program, root, runExplain } from './support/run-explain.ts';
import { untimed } from './support/tiny-set.ts';

const folder = mkdtempSync(join(tmpdir(), 'formulens-interrupted-'));
const path = (...names: string[]): string => join(folder, ...names);
const source = ['--probing', path('pairs'), '--activations', path('units.npy'), '--above', '0'];
const search = ['--length', '3', '--min-active', '100'];

const COPIES = 3;
const sampleCount = COPIES * pairs.sampleCount;

/** Values several times one behind the other. */
function repeated(values: Uint8Array): Uint8Array {
  const all = new Uint8Array(COPIES * values.length);
  for (let copy = 0; copy < COPIES; copy++) all.set(values, copy * values.length);
  return all;
}

// Sentence pairs with word vectors: 6000 samples of one position, read 16 at a time, each a step.
beforeAll(() => {
  mkdirSync(path('pairs'));
  const concepts = { descr: '|u1', shape: [sampleCount, pairs.featureCount], data: repeated(pairs.features) };
  writeFileSync(path('pairs/concepts.npy'), npyBytes(concepts));
  const rows = pairs.conceptsNamed('neighbors').map(({ number, name, category }) => `${number},${name},${category}`);
  writeFileSync(path('pairs/concepts.csv'), ['number,name,category', ...rows].join('\n'));
  copyFileSync(join(goldenFolder('nli'), 'words.vec'), path('pairs/vectors.txt'));
  const data = new Uint8Array(Float32Array.from(repeated(pairs.activations)).buffer);
  writeFileSync(path('units.npy'), npyBytes({ descr: '<f4', shape: [sampleCount, pairs.unitCount], data }));
  expect(runExplain(...source, ...search, '--out', path('once')).status).toBe(0);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

const manifestOf = (out: string): ShardManifest | undefined => {
  const file = path(out, 'shard-0-of-1', 'manifest.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ShardManifest) : undefined;
};

/** Starts a shard, and ends it once some steps are saved. */
async function interrupt(out: string, signal: 'SIGKILL' | 'SIGTERM' | 'SIGINT') {
  const words = [...source, '--shard', '0/1', '--save-every', '0', '--out', path(out)];
  const running = spawn(process.execPath, [...program, ...words], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  running.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const exit = once(running, 'close') as Promise<[number | null, string | null]>;
  while ((manifestOf(out)?.steps.length ?? 0) < 3 && running.exitCode === null) await setTimeout(2);
  running.kill(signal);
  const [code, by] = await exit;
  return { code, by, stderr };
}

function finishAndMerge(out: string): void {
  const done = samplesDone(manifestOf(out) ?? { steps: [] });
  expect(done).toBeGreaterThan(0);
  expect(done).toBeLessThan(sampleCount);
  const { status, stderr } = runExplain(...source, '--shard', '0/1', '--out', path(out));
  expect(stderr).toContain(`Shard 0 of 1 goes on: ${done} of ${sampleCount} samples are there.`);
  expect(status).toBe(0);
  expect(readdirSync(path(out, 'shard-0-of-1')).filter((name) => name.endsWith('.part'))).toEqual([]);
  expect(runExplain('merge', path(out), ...search, '--out', path(`${out}-merged`)).status).toBe(0);
  expect(untimed(path(`${out}-merged`))).toBe(untimed(path('once')));
}

it('a shard that is killed goes on, and the result is the same', { timeout: 60_000 }, async () => {
  const { by } = await interrupt('killed', 'SIGKILL');
  expect(by).toBe('SIGKILL');
  finishAndMerge('killed');
});

it.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const)('%s saves what was read and exits with %d', { timeout: 60_000 }, async (signal, expected) => {
  const { code, stderr } = await interrupt(signal, signal);
  expect(code).toBe(expected);
  const done = samplesDone(manifestOf(signal) ?? { steps: [] });
  expect(stderr).toContain(`Shard 0 of 1 was ended: ${done} of 6000 samples are saved. Run it again to go on.\n`);
  finishAndMerge(signal);
});
