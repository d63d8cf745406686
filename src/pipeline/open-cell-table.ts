import type { Concept } from '../engine/concepts.ts';
import { ruleOfCells, type CellFileInfo } from '../engine/interchange/cell-file.ts';
import { cellTableMemory, type CellTableMemory } from '../engine/interchange/cell-table.ts';
import { openParquet, PARQUET_MAGIC } from '../engine/interchange/parquet-file.ts';
import { readCells } from '../engine/interchange/read-cells.ts';
import { feedText } from '../engine/results/feed-text.ts';
import type { ThresholdRule } from '../engine/results/explanation.ts';
import type { ActivationProvenance, ProbingProvenance } from '../engine/results/layer-results.ts';
import { readConceptRows } from '../probing/concepts-csv.ts';
import { pipelineFaults } from './errors.ts';
import { hashFiles } from './hash-file.ts';

/** Files of cells as a page shows them before a run. As a probing set, they are what results keep of it. Plain data. */
export interface CellTableOverview extends ProbingProvenance {
  /** Name of the file, or of the first of several. */
  readonly name: string;
  /** Of all the files; the content hash, too. */
  readonly hash: string;
  readonly fileCount: number;
  readonly bytes: number;
  readonly cellCount: number;
  readonly positions: number;
  readonly unitCount: number;
  readonly concepts: readonly Concept[];
  readonly categories: readonly string[];
  /** Whether NEIGHBORS is searched. */
  readonly hasNeighbors: boolean;
  /** How the masks were made; null where the files do not say so. */
  readonly rule: ThresholdRule | null;
  /** {@link rule}, or thresholds from elsewhere, as far as they are known: what results keep. */
  readonly threshold: ThresholdRule;
}

/** An opened table. */
export interface OpenedCellTable {
  readonly about: CellTableOverview;
  readonly memory: CellTableMemory;
}

/**
 * Opens files of cells, one table or its shards.
 *
 * @param list what numbers of concepts mean, where the files do not say so: concepts.csv
 * @throws Fault of the reader; `pipeline/not-cells`, if a Parquet file is of something else
 */
export async function openCellTable(files: readonly File[], list: File | null): Promise<OpenedCellTable> {
  for (const file of files) await checkColumns(file);
  const named = files.map((file) => ({ name: file.name, blob: file }));
  const concepts = list && readConceptRows(new Uint8Array(await list.arrayBuffer()), list.name);
  const read = await readCells(named, { concepts: concepts ?? undefined });
  const { counted, info } = read;
  const hash = await hashFiles(list && info.concepts === null ? [...files, list] : files);
  const [{ name }] = files;
  const title = info.probing?.title ?? (files.length === 1 ? name : `${name} and ${files.length - 1} more`);
  const about: CellTableOverview = {
    ...{ name, hash, fileCount: files.length, bytes: files.reduce((sum, { size }) => sum + size, 0) },
    ...{ format: 'cells', title, contentHash: hash, positions: counted.table.positionCount },
    sampleCount: info.samples ?? info.probing?.sampleCount ?? 0,
    grid: info.grid ?? info.probing?.grid ?? { height: 1, width: 1 },
    notes: [originOf(info), ...(info.probing?.notes ?? [])],
    synthetic: info.probing?.synthetic ?? false,
    cellCount: counted.table.cellCount,
    unitCount: counted.unitCount,
    concepts: read.concepts,
    categories: [...new Set(read.concepts.map(({ category }) => category))],
    hasNeighbors: info.neighbors?.some((ids) => ids.length > 1) ?? false,
    rule: info.threshold,
    threshold: ruleOfCells(info),
  };
  return { about, memory: cellTableMemory(read) };
}

/** A Parquet file may hold activations, too: its columns tell. */
async function checkColumns(file: File): Promise<void> {
  const start = await file.slice(0, PARQUET_MAGIC.length).text();
  if (start !== PARQUET_MAGIC) return;
  // One that cannot be opened is named by the reader of cells.
  const columns = await openParquet(file).then(
    (opened) => opened.columns,
    () => null,
  );
  if (columns && !['concepts', 'fires'].some((column) => columns.includes(column))) {
    throw pipelineFaults['not-cells'](file.name);
  }
}

/** Where the cells come from, in a sentence: what was probed leaves its mark on whatever is made of it. */
function originOf({ probing, activations, samples }: CellFileInfo): string {
  if (!probing || !activations) return 'Read from cells that do not say where they come from.';
  const some =
    samples !== null && samples < probing.sampleCount ? `${samples} of ${probing.sampleCount} samples of ` : '';
  return `Cells of ${some}${probing.title} (SHA-256 ${probing.contentHash}), counted with ${sourceOf(activations)}.`;
}

function sourceOf(activations: ActivationProvenance): string {
  const { name, hash } = activations;
  if (activations.kind === 'file') return `the activations ${name} (SHA-256 ${hash})`;
  const { layer, provider, runtimeVersion, feed } = activations;
  return `${layer} of ${name} (SHA-256 ${hash}), input ${feedText(feed)}, on ${provider}, onnxruntime-web ${runtimeVersion}`;
}
