import { parentPort, workerData } from 'node:worker_threads';
import { openKeptActivations } from '../../../src/engine/activation/kept.ts';
import { UnitMasks } from '../../../src/engine/activation/unit-masks.ts';
import type { UnitCounts } from '../../../src/engine/activation/unit-mask.ts';
import { openCellMaps } from '../../../src/engine/cells/cell-maps.ts';
import type { ExplainSettings } from '../../../src/engine/results/explanation.ts';
import { beamSearch } from '../../../src/engine/search/beam.ts';
import { openSearchTables, type SearchBuffers } from '../../../src/engine/search/tables.ts';
import { UnitCells } from '../../../src/engine/search/unit-cells.ts';

/** What a thread is given. */
export interface ExplainData {
  readonly search: SearchBuffers;
  readonly maps: ArrayBufferLike;
  readonly activations: ArrayBufferLike;
}

/** What a thread is asked: to count the masks of units, or to search with the counts it has. */
export type ExplainTask =
  | { readonly stage: 'count'; readonly units: readonly number[]; readonly settings: ExplainSettings }
  | { readonly stage: 'search'; readonly settings: ExplainSettings };

const { search, maps, activations } = workerData as ExplainData;
const tables = openSearchTables(search);
const masks = new UnitMasks(openKeptActivations(activations), openCellMaps(maps), tables.cells.cellCount);
const cells = new UnitCells(tables);
let counted: UnitCounts[] = [];

parentPort?.on('message', (task: ExplainTask) => {
  if (task.stage === 'count') {
    const { units, settings } = task;
    counted = units.map((unit) => masks.counts(unit, masks.threshold(unit, settings.threshold)));
    parentPort?.postMessage(counted.reduce((sum, { area }) => sum + area, 0));
    return;
  }
  let sum = 0;
  for (const counts of counted) {
    cells.load(counts);
    sum += beamSearch(tables, cells, task.settings).beam[0]?.iou ?? 0;
  }
  parentPort?.postMessage(sum);
});
parentPort?.postMessage('ready');
