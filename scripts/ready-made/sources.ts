import { openAsBlob } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sampleProbing, type GivenFile } from '../../src/cli/sources.ts';
import { openProbing } from '../../src/probing/open.ts';
import type { ProbingSet } from '../../src/probing/probing-set.ts';
import { zipTree } from '../../src/probing/trees/zip-tree.ts';

/** The embedded samples. */
export const samples = ['scenes', 'coco-mobilenet', 'entailment'] as const;

/** One of {@link samples}. */
export type Sample = (typeof samples)[number];

/** Where a sample's file stands. */
export function samplePath(sample: Sample, file: string): string {
  return fileURLToPath(new URL(`../../public/samples/${sample}/${file}`, import.meta.url));
}

/** A sample's model under the name that the page gives it. */
export async function modelOf(sample: Sample): Promise<GivenFile> {
  return { name: `${sample}.onnx`, blob: await openAsBlob(samplePath(sample, 'model.onnx')) };
}

/** A sample's probing set under the title that the page gives it. */
export async function probingOf(sample: Sample): Promise<ProbingSet> {
  if (sample !== 'coco-mobilenet') return sampleProbing(sample);
  return openProbing(await zipTree(await openAsBlob(samplePath(sample, 'probing.zip')), sample));
}
