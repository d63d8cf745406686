import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readArguments } from '../../src/cli/arguments.ts';
import { explain } from '../../src/cli/explain-command.ts';
import { readMergeArguments } from '../../src/cli/merge-arguments.ts';
import { noProgress } from '../../src/cli/progress.ts';
import { findShards } from '../../src/cli/shards/find-shards.ts';
import type { LayerSource } from '../../src/cli/shards/layer-source.ts';
import { merge } from '../../src/cli/shards/merge-command.ts';
import { runShard } from '../../src/cli/shards/run-shard.ts';
import { readShard, type ShardAsked } from '../../src/cli/shards/shard-command.ts';
import { ShardFolder } from '../../src/cli/shards/shard-folder.ts';
import type { ShardQuestion } from '../../src/cli/shards/shard-question.ts';
import { readStepActivations } from '../../src/cli/shards/step-parts.ts';
import { givenProbing } from '../../src/cli/sources.ts';
import { ActivationCollector } from '../../src/engine/activation/collector.ts';
import { expectFault } from '../bad-files/bad-file.ts';
import { goldenFolder } from '../engine/support/golden-pictures.ts';
import { tinySet } from './support/tiny-set.ts';

const { folder, probing: probingPath, activations } = tinySet('merge-kept');
const out = mkdtempSync(join(tmpdir(), 'formulens-kept-'));
const source = ['--probing', probingPath, '--activations', activations];
const keptQuantile = 0.01;
const shards = 3;
const watch = { progress: noProgress, say: () => undefined, signal: new AbortController().signal };

beforeAll(async () => {
  const probing = await givenProbing(probingPath);
  const golden = goldenFolder('tiny');
  const [sampleCount, unitCount, height, width] = (
    JSON.parse(readFileSync(`${golden}features.json`, 'utf8')) as { shape: [number, number, number, number] }
  ).shape;
  const bytes = new Uint8Array(readFileSync(`${golden}features.bin`));
  const values = new Float32Array(bytes.buffer);
  const { format, title, contentHash, grid, notes, categories, concepts } = probing;
  const provenance = { kind: 'file', name: 'features.npy', hash: '00' } as const;
  const question: ShardQuestion = {
    versions: { cells: 0, activations: 0 },
    probing: { format, title, contentHash, sampleCount, grid, notes, synthetic: false },
    ...{
      categories,
      concepts,
      neighbors: null,
      layer: provenance,
      threshold: { kind: 'quantile', quantile: keptQuantile },
    },
  };
  for (let shard = 0; shard < shards; shard++) {
    const collector = new ActivationCollector({ sampleCount, unitCount, height, width, keptQuantile });
    const size = unitCount * height * width;
    const made: LayerSource = {
      step: 3,
      provenance,
      read: async (samples) => ({
        samples,
        labels: await Promise.all(samples.map((sample) => probing.labels(sample))),
        values: values.subarray(samples[0] * size, (samples[0] + samples.length) * size),
      }),
      collect: async (batch) => collector.addSamples(batch.samples, batch.values),
      takePart: () => collector.takePart(),
      addPart: (part) => collector.addPart(part),
      close: () => Promise.resolve(),
    };
    const into = await ShardFolder.open(out, shard, shards, question);
    await runShard(into, made, { saveEvery: 0, signal: watch.signal, progress: noProgress });
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  rmSync(out, { recursive: true });
});

describe('shards that left maps out', () => {
  it('are smaller', async () => {
    let maps = 0;
    for (const { folder: of, manifest } of await findShards([out])) {
      for (const step of manifest.steps) maps += (await readStepActivations(of, manifest, step)).rows.length;
    }
    expect(maps).toBeGreaterThan(0);
    expect(maps).toBeLessThan(0.9 * 24 * 24);
  });

  it.each([0.01, 0.005])('are explained exactly for the quantile %d', async (quantile) => {
    const words = ['--quantile', String(quantile), '--threads', '1'];
    const { results: once } = await explain(readArguments([...source, ...words]), noProgress);
    const merged = await merge(readMergeArguments([out, ...words]), noProgress);
    expect(merged.units).toEqual(once.units);
  });

  it('are refused for what they left out', async () => {
    const tell = (what: string): string =>
      `The shards kept what quantiles up to 0.01 need, not what ${what} would. Make them again with this threshold.`;
    const asked = (...words: string[]) => merge(readMergeArguments([out, ...words]), noProgress);
    await expectFault(() => asked('--quantile', '0.2'), 'cli/not-kept', tell('quantile 0.2'));
    await expectFault(() => asked('--above', '1'), 'cli/not-kept', tell('fixed thresholds'));
  });
});

describe('more shards than samples', () => {
  it('give what one run gives', async () => {
    const parent = join(folder, 'many');
    for (let shard = 0; shard < 30; shard++) {
      const asked = readArguments([...source, '--above', '0.5', '--shard', `${shard}/30`, '--out', parent]);
      await readShard(asked as ShardAsked, watch);
    }
    const merged = await merge(readMergeArguments([parent, '--threads', '1']), noProgress);
    const { results: once } = await explain(readArguments([...source, '--above', '0.5', '--threads', '1']), noProgress);
    const untimed = { madeAt: '', tookMs: 0 };
    expect({ ...merged, ...untimed }).toEqual({ ...once, ...untimed });
  });
});
