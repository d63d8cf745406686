import { parentPort, workerData } from 'node:worker_threads';
import { beamSearch } from '../../src/engine/search/beam.ts';
import { openSearchTables, type SearchBuffers } from '../../src/engine/search/tables.ts';
import { UnitCells } from '../../src/engine/search/unit-cells.ts';
import type { SearchSettings } from '../../src/engine/results/explanation.ts';
import type { UnitCounts } from '../../src/engine/activation/unit-mask.ts';

const { buffers, settings, units } = workerData as {
  buffers: SearchBuffers;
  settings: SearchSettings;
  units: readonly UnitCounts[];
};
const tables = openSearchTables(buffers);
const cells = new UnitCells(tables);
parentPort?.once('message', () => {
  for (const unit of units) {
    cells.load(unit);
    beamSearch(tables, cells, settings);
  }
  parentPort?.postMessage('done');
});
parentPort?.postMessage('ready');
