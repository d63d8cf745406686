/**
 * Makes the ready-made results of the embedded samples, public/samples/NAME/results.formulens: what the page shows of a sample before
 * any model is loaded. To be run again whenever samples, CELLS_VERSION or ACTIVATIONS_VERSION change.
 *
 *   npm run ready-made [-- NAME...]
 */
import { writeFileSync } from 'node:fs';
import type { Progress } from '../../src/cli/progress.ts';
import { writeWorkspace } from '../../src/pipeline/workspace/write-workspace.ts';
import { readyMadeContents, type ReadyMade } from './contents.ts';
import { samplePath } from './sources.ts';

/** How large a quantile can be tried: what fits into files that load within seconds. */
const all: readonly ReadyMade[] = [
  { sample: 'scenes', keptQuantile: 0.01 },
  { sample: 'coco-mobilenet', keptQuantile: 0.005 },
  { sample: 'entailment', keptQuantile: 0.005, above: 0 },
];

const progress: Progress = (what, done, total) => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${what}: ${done} of ${total}${done === total ? '\n' : ''}`);
};

const wanted = process.argv.slice(2);
for (const one of all.filter(({ sample }) => wanted.length === 0 || wanted.includes(sample))) {
  const contents = await readyMadeContents(one, progress);
  const file = new Uint8Array(await (await writeWorkspace(contents)).arrayBuffer());
  writeFileSync(samplePath(one.sample, 'results.formulens'), file);
  console.log(`${one.sample}: ${(file.length / 2 ** 20).toFixed(1)} MB`);
}
