import { demand, isCount } from '../../engine/bits/check.ts';
import type { ActivationPart } from '../../engine/activation/activation-part.ts';
import type { ActivationProvenance } from '../../engine/results/layer-results.ts';
import type { ShardQuestion } from './shard-question.ts';

/** Name of the format of a shard's folder; raised when a field changes its meaning. */
export const shardFormat = 'formulens/shard/1';

/** A part on disk. */
export interface PartFile {
  /** Name in the shard's folder. */
  readonly file: string;
  /** Bytes of the part before compression. */
  readonly bytes: number;
  /** Hex SHA-256 of the file. */
  readonly sha256: string;
}

/** Samples that follow each other, with their cells and activations. */
export interface ShardStep {
  readonly first: number;
  readonly count: number;
  readonly cells: PartFile;
  readonly activations: PartFile;
}

/** What is known of a layer once some of it was read. */
export interface ShardLayer {
  readonly provenance: ActivationProvenance;
  readonly sizes: Pick<ActivationPart, 'unitCount' | 'height' | 'width' | 'keptQuantile'>;
}

/** What `manifest.json` in a shard's folder says: the question, and the steps that are done. */
export interface ShardManifest {
  readonly format: typeof shardFormat;
  readonly madeBy: string;
  /** Which shard, from 0, */
  readonly shard: number;
  /** of how many. */
  readonly of: number;
  /** First sample. */
  readonly first: number;
  /** Behind the last sample. */
  readonly end: number;
  readonly question: ShardQuestion;
  /** Null before the first step. */
  readonly layer: ShardLayer | null;
  /** By first sample, ascending. */
  readonly steps: readonly ShardStep[];
}

/** Samples that a shard has: `floor(i N / n)` up to, not including, `floor((i + 1) N / n)`. */
export function shardRange(shard: number, of: number, sampleCount: number): readonly [first: number, end: number] {
  return [Math.floor((shard * sampleCount) / of), Math.floor(((shard + 1) * sampleCount) / of)];
}

/** Stretches of samples that no step has, ascending. */
export function gapsOf({
  first,
  end,
  steps,
}: Pick<ShardManifest, 'first' | 'end' | 'steps'>): readonly (readonly [first: number, end: number])[] {
  const gaps: [number, number][] = [];
  let at = first;
  for (const step of steps) {
    if (step.first > at) gaps.push([at, step.first]);
    at = step.first + step.count;
  }
  if (at < end) gaps.push([at, end]);
  return gaps;
}

/** Samples that steps have. */
export const samplesDone = ({ steps }: Pick<ShardManifest, 'steps'>): number =>
  steps.reduce((sum, { count }) => sum + count, 0);

/** Reads a manifest. @throws RangeError or SyntaxError, if the text is none */
export function parseManifest(text: string): ShardManifest {
  const manifest = JSON.parse(text) as ShardManifest;
  demand(typeof manifest === 'object' && manifest !== null, 'it is no manifest');
  const { format, shard, of, first, end, question, layer, steps } = manifest;
  demand(format === shardFormat, `its format is ${String(format)}, not ${shardFormat}`);
  demand(isCount(of) && Number.isInteger(shard) && shard >= 0 && shard < of, 'it does not say which shard it is');
  demand(isCount(question?.probing?.sampleCount), 'it has no question');
  const range = shardRange(shard, of, question.probing.sampleCount);
  demand(first === range[0] && end === range[1], 'its samples are not those of the shard');
  demand(Array.isArray(question.concepts) && Array.isArray(question.categories), 'it has no question');
  demand(layer === null || isCount(layer?.sizes?.unitCount), 'it says nothing of the layer');
  demand(Array.isArray(steps) && (layer !== null || steps.length === 0), 'its steps are none');
  let at = first;
  for (const step of steps) {
    demand(isCount(step?.count) && Number.isInteger(step.first) && step.first >= at, 'its steps are out of order');
    at = step.first + step.count;
    for (const part of [step.cells, step.activations])
      demand(isCount(part?.bytes) && /^[\w-]+(\.[\w-]+)*$/.test(part.file), 'a step names no file');
  }
  demand(at <= end, 'its steps are out of order');
  return manifest;
}
