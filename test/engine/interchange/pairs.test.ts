import { expect, it } from 'vitest';
import { ActivationCollector } from '../../../src/engine/activation/collector.ts';
import { UnitMasks } from '../../../src/engine/activation/unit-masks.ts';
import { CellPartBuilder } from '../../../src/engine/cells/cell-part-builder.ts';
import { joinCellParts } from '../../../src/engine/cells/join-cell-parts.ts';
import { Explainer } from '../../../src/engine/explain.ts';
import type { ConceptId } from '../../../src/engine/ids.ts';
import { cellsOfRun } from '../../../src/engine/interchange/cells-of-run.ts';
import { CellsExplainer } from '../../../src/engine/interchange/explain-cells.ts';
import { readCells } from '../../../src/engine/interchange/read-cells.ts';
import { writeParquetCells } from '../../../src/engine/interchange/write-parquet.ts';
import { prepareSearch } from '../../../src/engine/search/tables.ts';
import * as pairs from '../support/golden-pairs.ts';
import { fromCells } from './support/made-layer.ts';

it('sentence pairs with NEIGHBORS are explained from a file as they are from the pairs', async () => {
  const { sampleCount, featureCount, unitCount, features } = pairs;
  const grid = { height: 1, width: 1 };
  const concepts = pairs.conceptsNamed('neighbors');
  const builder = new CellPartBuilder(grid, featureCount, sampleCount);
  for (let sample = 0; sample < sampleCount; sample++) {
    const everywhere = concepts.map(({ id }) => id).filter((id) => features[sample * featureCount + id] === 1);
    builder.add({ planes: [], everywhere: everywhere as ConceptId[] }, sample);
  }
  const { table, maps } = joinCellParts([builder.finish()]);
  const collector = new ActivationCollector({ sampleCount, unitCount, ...grid, keptQuantile: 1 });
  collector.add(0, sampleCount, Float32Array.from(pairs.activations));
  const activations = collector.finish();
  const search = prepareSearch(table, concepts, { grid, vectors: pairs.vectors });
  const masks = new UnitMasks(activations, maps, table.cellCount);
  const run = pairs.runs.find(({ settings }) => settings.names === 'neighbors' && settings.MAX_FORMULA_LENGTH === 3);
  if (!run) throw new Error('There is no such golden run.');
  const settings = { ...pairs.settingsOf(run), minActive: 500, threshold: { kind: 'fixed', above: 0 } } as const;

  const probing = { format: 'table', title: 't', contentHash: '', sampleCount, grid, notes: [], synthetic: false };
  const { counted, info } = cellsOfRun({
    ...{ search, masks, concepts, grid, probing, threshold: settings.threshold },
    activations: { kind: 'file', name: 'units.npy', hash: '' },
  });
  const bytes = await writeParquetCells(counted, info);
  const fromFile = new CellsExplainer(await readCells([{ name: 'pairs.parquet', blob: new Blob([bytes]) }]));
  const explainer = new Explainer({ search, maps, activations }, masks);
  const expected = Array.from({ length: unitCount }, (_, unit) => fromCells(explainer.explain(unit, settings)));
  expect(expected.map((_, unit) => fromFile.explain(unit, settings))).toEqual(expected);
  expect(new Set(expected.map(({ state }) => state))).toEqual(new Set(['explained', 'too-few', 'constant']));
});
