import { existsSync, openAsBlob, statSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { modelOf, probingOf, samplePath, samples, type Sample } from '../../scripts/ready-made/sources.ts';
import { activationsOfModel } from '../../src/cli/activations.ts';
import { openKeptActivations, type KeptActivations } from '../../src/engine/activation/kept.ts';
import { openCellMaps, sampleCells } from '../../src/engine/cells/cell-maps.ts';
import { openCellTable } from '../../src/engine/cells/cell-table.ts';
import { defaultPairSettings, defaultSettings } from '../../src/engine/results/default-settings.ts';
import type { LayerResults } from '../../src/engine/results/layer-results.ts';
import { groupOf, resultsKey } from '../../src/jobs/keys.ts';
import { hashFile } from '../../src/pipeline/hash-file.ts';
import { SearchService } from '../../src/pipeline/search-service.ts';
import type { WorkspaceContents } from '../../src/pipeline/workspace/contents.ts';
import { readWorkspace } from '../../src/pipeline/workspace/read-workspace.ts';
import type { ProbingSet } from '../../src/probing/probing-set.ts';

const RUN = 'Run: npm run ready-made (whoever changes a sample, CELLS_VERSION or ACTIVATIONS_VERSION must).';

/** Bytes that a file may have: it is loaded before anything is shown. */
const MOST_BYTES = 12 * 2 ** 20;

/** The set with some of its samples only. */
function part(probing: ProbingSet, chosen: readonly number[]): ProbingSet {
  const { format, title, concepts, categories, grid, contentHash, notes, survey, pair } = probing;
  return {
    ...{ format, title, concepts, categories, grid, contentHash, notes, survey, sampleCount: chosen.length },
    sampleName: (sample) => probing.sampleName(chosen[sample]),
    labels: (sample) => probing.labels(chosen[sample]),
    picture: (sample) => probing.picture(chosen[sample]),
    ...(pair && { pair: (sample: number) => pair(chosen[sample]) }),
  };
}

describe.each<Sample>([...samples])('the ready-made results of %s', (sample) => {
  let contents: WorkspaceContents;
  let results: LayerResults;
  let activations: KeptActivations;
  let probing: ProbingSet;
  /** Samples spread over the set. */
  let chosen: readonly number[];

  beforeAll(async () => {
    const path = samplePath(sample, 'results.formulens');
    expect(existsSync(path), `${path} is missing. ${RUN}`).toBe(true);
    contents = await readWorkspace(await openAsBlob(path), path);
    [{ results }] = contents.results;
    expect(contents.results[0], `It holds bundles of another version. ${RUN}`).toMatchObject({
      ...{ cells: 0, pictures: 0, activations: 0 },
    });
    activations = openKeptActivations(contents.activations[0].buffer);
    probing = await probingOf(sample);
    chosen = Array.from({ length: 6 }, (_, i) => Math.floor((i * (probing.sampleCount - 1)) / 5));
  }, 120_000);

  it('are small enough to be loaded before anything is shown', () => {
    expect(statSync(samplePath(sample, 'results.formulens')).size).toBeLessThan(MOST_BYTES);
    expect(contents.pictures[0]).toHaveLength(probing.pair ? 0 : results.probing.sampleCount);
  });

  it('belong to the shipped model and probing set, and are found by the address of a run with the default settings', async () => {
    const { blob } = await modelOf(sample);
    expect(results.activations.hash, RUN).toBe(await hashFile(blob));
    expect(results.probing.contentHash, RUN).toBe(probing.contentHash);
    const expected = probing.pair ? defaultPairSettings(probing.sampleCount) : defaultSettings;
    expect(results.settings, RUN).toEqual(expected);
    expect(results.key).toBe(await resultsKey(groupOf(results), results.settings, results.unitRange));
    expect(results.probing.synthetic).toBe(true);
    expect(results.concepts).toEqual(probing.concepts);
  });

  it('have the activations that the shipped model gives now', async () => {
    const asked = { layer: undefined, preprocess: undefined, settings: defaultSettings };
    const { activations: now, provenance } = await activationsOfModel(
      await modelOf(sample),
      part(probing, chosen),
      asked,
      () => undefined,
    );
    expect(provenance).toEqual({
      ...results.activations,
      ...('providerNote' in provenance && { providerNote: provenance.providerNote }),
    });
    for (let unit = 0; unit < results.unitCount; unit++) {
      for (const [i, at] of chosen.entries()) {
        const peak = activations.highest[unit * activations.sampleCount + at];
        const tolerance = 1e-4 * activations.maximum[unit] + 1e-6;
        expect(Math.abs(now.highest[unit * chosen.length + i] - peak), `unit ${unit}. ${RUN}`).toBeLessThan(tolerance);
      }
    }
  }, 120_000);

  it('have the concepts that the shipped probing set has now', async () => {
    const maps = openCellMaps(contents.cells[0].maps);
    const { signatureStart, signatures } = openCellTable(contents.cells[0].cells);
    for (const at of chosen) {
      const { planes, everywhere } = await probing.labels(at);
      const { palette, index } = sampleCells(maps, at);
      for (let position = 0; position < index.length; position += 7) {
        const cell = palette[index[position]];
        const labelled = planes.flatMap((plane) => (plane[position] > 0 ? [plane[position] - 1] : []));
        const expected = [...new Set<number>([...labelled, ...everywhere])].sort((a, b) => a - b);
        const found = [...signatures.subarray(signatureStart[cell], signatureStart[cell + 1])];
        expect(found, `sample ${at}, position ${position}. ${RUN}`).toEqual(expected);
      }
    }
  });

  it('are what the search finds now', () => {
    const { cells, extras, maps, names } = contents.cells[0];
    const search = new SearchService();
    search.attach({ search: { cells, extras }, maps, names, activations: activations.buffer });
    const units = Array.from({ length: 8 }, (_, i) => Math.floor((i * (results.unitCount - 1)) / 7));
    expect(search.explain(units, results.settings), RUN).toEqual(units.map((unit) => results.units[unit]));
    if (probing.pair) {
      // Fixed thresholds from the one of the results on can be tried, and quantiles.
      for (const threshold of [
        { kind: 'fixed', above: 0.5 },
        { kind: 'quantile', quantile: 0.004 },
      ] as const) {
        const again = search.explain(units, { ...results.settings, threshold, minActive: 0 });
        for (const { unit, area } of again) expect(area).toBeLessThanOrEqual(results.units[unit].area);
      }
      return;
    }
    // A smaller share above means a higher threshold, but for a unit that is cut off at its maximum.
    const shorter = { kind: 'quantile', quantile: 0.001 } as const;
    const raised = search.explain(units, { ...results.settings, threshold: shorter }).map(({ unit, threshold }) => {
      const before = results.units[unit].threshold ?? Infinity;
      return before === activations.maximum[unit] ? threshold === before : (threshold ?? 0) > before;
    });
    expect(raised).toEqual(units.map(() => true));
  });
});
