import { openKeptActivations } from '../../engine/activation/kept.ts';
import { pruneActivations } from '../../engine/activation/prune.ts';
import type { UnitExplanation } from '../../engine/results/explanation.ts';
import { explanationsJson } from '../../engine/results/explanations-json.ts';
import { collectedLayer, type CollectedLayer } from '../collected-layer.ts';
import { loadSample } from '../samples.ts';
import type { WorkspaceContents, WorkspaceLayer } from './contents.ts';
import { packedSize } from './packed-size.ts';
import { readWorkspace } from './read-workspace.ts';
import { writeWorkspace } from './write-workspace.ts';

/** Activations of at most so many bytes go into a file as they are. */
const WHOLE_BYTES = 16 * 2 ** 20;

/** Activations to be put into a file, and the largest quantile that the results made from them use; null where one uses no quantile. */
export interface LayerToPack extends WorkspaceLayer {
  readonly quantile: number | null;
}

/** What is to be put into a file; the units of its results were handed over before, in pieces. */
export interface ContentsToPack extends Omit<WorkspaceContents, 'activations'> {
  readonly activations: readonly LayerToPack[];
}

/** An open file's contents, but for the units of its results. */
export interface OpenedContents extends Omit<WorkspaceContents, 'activations'> {
  readonly activations: readonly (CollectedLayer & WorkspaceLayer)[];
  /** Units of each of its results. */
  readonly unitCounts: readonly number[];
}

/** Workspace files behind plain calls: what the workspace worker offers. Results come and go without their units, which follow in pieces. */
export class WorkspaceService {
  readonly #staged = new Map<string, UnitExplanation[]>();
  #opened: WorkspaceContents | undefined;

  /** Takes units of results that the next file will hold. */
  stageUnits(key: string, units: readonly UnitExplanation[]): void {
    this.#staged.set(key, [...(this.#staged.get(key) ?? []), ...units]);
  }

  /**
   * Writes a workspace file. Large activations are pruned to twice the quantile in use: all of that quantile stays exact, and others up to
   * its double can be tried.
   */
  async pack(contents: ContentsToPack): Promise<Blob> {
    return writeWorkspace(this.#completed(contents));
  }

  /** Bytes of {@link pack}'s file, about: without activations, and with. */
  async size(contents: ContentsToPack): Promise<{ readonly without: number; readonly with: number }> {
    const { results, cells, pictures, activations } = this.#completed(contents);
    let without = 1024;
    for (const { results: made } of results)
      without += await packedSize(new TextEncoder().encode(explanationsJson(made)).buffer);
    for (const { cells: table, extras, maps, names } of cells) {
      for (const buffer of [table, extras, maps, names]) without += await packedSize(buffer);
    }
    for (const some of pictures) without += some.reduce((sum, { picture }) => sum + picture.size + 12, 0);
    let layers = 0;
    for (const { buffer } of activations) layers += await packedSize(buffer);
    return { without, with: without + layers };
  }

  /** Opens a file; {@link units} gives the units. @throws Fault naming the file */
  async open(file: File): Promise<OpenedContents> {
    const contents = await readWorkspace(file, file.name);
    this.#opened = contents;
    return {
      ...contents,
      results: contents.results.map((made) => ({ ...made, results: { ...made.results, units: [] } })),
      unitCounts: contents.results.map(({ results }) => results.units.length),
      activations: contents.activations.map((layer) => ({
        ...layer,
        ...collectedLayer(openKeptActivations(layer.buffer)),
      })),
    };
  }

  /** {@link open} for the ready-made results of a sample. @param base address of the page, absolute */
  async openSample(base: string, name: string): Promise<OpenedContents> {
    return this.open(await loadSample(base, `${name}/results.formulens`, `${name}.formulens`));
  }

  /** Some units of results of the open file. */
  units(index: number, first: number, count: number): readonly UnitExplanation[] {
    return this.#opened?.results[index].results.units.slice(first, first + count) ?? [];
  }

  #completed(contents: ContentsToPack): WorkspaceContents {
    const staged = new Map(this.#staged);
    this.#staged.clear();
    return {
      ...contents,
      results: contents.results.map((made) => ({
        ...made,
        results: { ...made.results, units: staged.get(made.results.key) ?? made.results.units },
      })),
      activations: contents.activations.map(forFile),
    };
  }
}

function forFile({ quantile, buffer, ...where }: LayerToPack): WorkspaceLayer {
  if (buffer.byteLength <= WHOLE_BYTES || quantile === null) return { ...where, buffer };
  return { ...where, buffer: pruneActivations(openKeptActivations(buffer), Math.min(1, 2 * quantile)).buffer };
}
