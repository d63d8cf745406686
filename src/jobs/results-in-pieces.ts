import type { LayerResults } from '../engine/results/layer-results.ts';
import type { StorageWorker } from '../../workers/storage.worker.ts';
import type { WorkerLink } from './worker-link.ts';

/** Units sent to or from a worker at a time: few enough that copying them does not hold up the page. */
export const UNITS_AT_A_TIME = 16;

/** Keeps results on this machine. @throws Fault of the storage */
export async function keepResults(storage: WorkerLink<StorageWorker>, results: LayerResults): Promise<void> {
  const { key, units } = results;
  for (let at = 0; at < units.length; at += UNITS_AT_A_TIME) {
    await storage.call('stageUnits', key, units.slice(at, at + UNITS_AT_A_TIME));
  }
  await storage.call('keepResults', { ...results, units: [] });
}

/** Results kept on this machine, or null. @throws Fault of the storage */
export async function loadResults(storage: WorkerLink<StorageWorker>, key: string): Promise<LayerResults | null> {
  const first = await storage.call('resultsPart', key, 0, UNITS_AT_A_TIME);
  if (!first) return null;
  const units = [...first.units];
  for (let part = first.units; part.length === UNITS_AT_A_TIME;) {
    part = (await storage.call('resultsPart', key, units.length, UNITS_AT_A_TIME))?.units ?? [];
    units.push(...part);
  }
  return { ...first, units };
}
