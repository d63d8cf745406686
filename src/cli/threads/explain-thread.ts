import { parentPort, workerData } from 'node:worker_threads';
import { openKeptActivations } from '../../engine/activation/kept.ts';
import { openCellMaps } from '../../engine/cells/cell-maps.ts';
import { Explainer } from '../../engine/explain.ts';
import { openSearchTables } from '../../engine/search/tables.ts';
import type { ExplainThreadData } from './explain-units.ts';

const { search, maps, activations, settings } = workerData as ExplainThreadData;
const explainer = new Explainer({
  search: openSearchTables(search),
  maps: openCellMaps(maps),
  activations: openKeptActivations(activations),
});
parentPort?.on('message', (unit: number) => parentPort?.postMessage(explainer.explain(unit, settings)));
