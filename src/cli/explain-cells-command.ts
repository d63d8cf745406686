import { measuresAnalysis, unitsToMeasure } from '../engine/analysis/measures.ts';
import { ruleOfCells, type CellFileInfo } from '../engine/interchange/cell-file.ts';
import { searchOfCells } from '../engine/interchange/explain-cells.ts';
import { readCells } from '../engine/interchange/read-cells.ts';
import { measureUnitsInCells } from '../engine/measures/measure-units.ts';
import type { LayerResults, ProbingProvenance } from '../engine/results/layer-results.ts';
import { hashFiles } from '../pipeline/hash-file.ts';
import { readConceptRows } from '../probing/concepts-csv.ts';
import type { Arguments } from './arguments.ts';
import type { Explained } from './explain-command.ts';
import type { Progress } from './progress.ts';
import { givenFile, type GivenFile } from './sources.ts';
import { explainUnits } from './threads/explain-units.ts';
import { checkCategories, unitsAsked } from './units.ts';
import { writeCells } from './write-files.ts';

/** Explains the units asked for from files of cells; writes them added up, if asked to. @throws Fault */
export async function explainCells(
  asked: Arguments,
  paths: readonly string[],
  progress: Progress,
): Promise<Pick<Explained, 'results' | 'further'>> {
  const started = performance.now();
  const files = await Promise.all(paths.map(givenFile));
  const list = asked.concepts === undefined ? null : await givenFile(asked.concepts);
  const read = await readCells(files, {
    concepts: list === null ? undefined : await conceptsOf(list),
    onProgress: (done, total) => progress('Files of cells', Math.floor(done), total),
  });
  const { counted, concepts, info } = read;
  const categories = [...new Set(concepts.map(({ category }) => category))];
  const title = info.probing?.title ?? files.map(({ name }) => name).join(', ');
  checkCategories(asked.settings, title, categories);
  const unitRange = unitsAsked(asked, counted.unitCount);
  if (asked.writeCells !== undefined) {
    const listed = concepts.map(({ number, name, category }) => ({ number, name, category }));
    await writeCells(asked.writeCells, counted, { ...info, concepts: listed, unitCount: counted.unitCount });
  }
  const { unitCount, unitStart, cells, counts } = counted;
  const search = searchOfCells(read);
  const work = {
    kind: 'cells',
    settings: asked.settings,
    search: search.buffers,
    counted: { unitCount, unitStart, cells, counts },
    info,
  } as const;
  const units = await explainUnits(work, unitRange, asked.threads, progress);
  const deciding = list !== null && info.concepts === null ? [...files, list] : files;
  const hash = await hashFiles(deciding.map(({ blob }) => blob));
  const results: LayerResults = {
    key: '',
    madeAt: new Date().toISOString(),
    samplesRead: info.samples ?? info.probing?.sampleCount ?? 0,
    tookMs: Math.round(performance.now() - started),
    probing: info.probing ?? unknownProbing(title, hash, info),
    activations: info.activations ?? { kind: 'file', name: title, hash },
    settings: { ...asked.settings, threshold: ruleOfCells(info) },
    unitRange,
    unitCount: counted.unitCount,
    categories,
    concepts,
    units,
  };
  if (asked.report === undefined) return { results };
  const measured = measureUnitsInCells(counted, search, unitsToMeasure(results));
  return { results, further: { measures: measuresAnalysis(measured) } };
}

async function conceptsOf({ blob, name }: GivenFile) {
  return readConceptRows(new Uint8Array(await blob.arrayBuffer()), name);
}

/** What is said of a probing set of which there are only cells. */
function unknownProbing(title: string, contentHash: string, { samples, grid }: CellFileInfo): ProbingProvenance {
  return {
    format: 'cells',
    title,
    contentHash,
    sampleCount: samples ?? 0,
    grid: grid ?? { height: 0, width: 0 },
    notes: [
      'Read from cells that say nothing of where they come from; 0 samples means that their number is not known.',
    ],
    synthetic: false,
  };
}
