import { parentPort, workerData } from 'node:worker_threads';
import { diskTree } from '../../../src/cli/disk-tree.ts';
import { CellPartBuilder } from '../../../src/engine/cells/cell-part-builder.ts';
import { openBroden } from '../../../src/probing/broden/broden.ts';

const { zip } = workerData as { readonly zip: string };
const probing = await openBroden(await diskTree(zip));

parentPort?.on('message', ([first, count]: readonly [number, number]) => {
  void (async () => {
    const builder = new CellPartBuilder(probing.grid, probing.concepts.length, probing.sampleCount);
    for (let sample = first; sample < first + count; sample++) builder.add(await probing.labels(sample), sample);
    parentPort?.postMessage(builder.finish().buffer);
  })();
});
parentPort?.postMessage('ready');
