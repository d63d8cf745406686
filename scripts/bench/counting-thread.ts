import { parentPort, workerData } from 'node:worker_threads';
import { openKeptActivations } from '../../src/engine/activation/kept.ts';
import { KernelCounter } from '../../src/engine/activation/kernel/kernel-counter.ts';
import { PlainCounter } from '../../src/engine/activation/plain-counter.ts';
import { UnitCounter } from '../../src/engine/activation/unit-mask.ts';
import { openCellMaps } from '../../src/engine/cells/cell-maps.ts';
import { Explainer } from '../../src/engine/explain.ts';
import type { ExplainSettings } from '../../src/engine/results/explanation.ts';
import { openSearchTables, type SearchBuffers } from '../../src/engine/search/tables.ts';

/** What a thread of the part `counting` does with its units: count their masks in one of two ways, or all of an explanation. */
export interface CountingShare {
  readonly work: 'plain' | 'kernel' | 'explain';
  readonly activations: ArrayBufferLike;
  readonly maps: ArrayBufferLike;
  readonly search: SearchBuffers;
  readonly settings: ExplainSettings;
  readonly units: readonly { readonly unit: number; readonly threshold: number }[];
}

const share = workerData as CountingShare;
const inputs = {
  search: openSearchTables(share.search),
  maps: openCellMaps(share.maps),
  activations: openKeptActivations(share.activations),
};
const work = share.work === 'explain' ? explain : counting(share.work);

function explain(): void {
  const explainer = new Explainer(inputs);
  for (const { unit } of share.units) explainer.explain(unit, share.settings);
}

function counting(way: 'plain' | 'kernel'): () => void {
  const { activations, maps, search } = inputs;
  const single = way === 'plain' ? new PlainCounter(activations, maps) : KernelCounter.make(activations, maps);
  if (!single) throw new Error('There is no WebAssembly with SIMD here.');
  const counter = new UnitCounter(activations, maps, search.cells.cellCount, single);
  return () => {
    for (const { unit, threshold } of share.units) counter.count(counter.bySample(unit, threshold));
  };
}

// Once before, so that compiling is not measured.
work();
parentPort?.once('message', () => {
  work();
  parentPort?.postMessage('done');
});
parentPort?.postMessage('ready');
