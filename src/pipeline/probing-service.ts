import type { Concept } from '../engine/concepts.ts';
import type { ProbingProvenance } from '../engine/results/layer-results.ts';
import { prepareSearch, type SearchBuffers } from '../engine/search/tables.ts';
import { packBundle } from '../engine/bits/bundle.ts';
import { openCellMaps } from '../engine/cells/cell-maps.ts';
import { openCellTable } from '../engine/cells/cell-table.ts';
import { partOfCells } from '../engine/cells/part-of-cells.ts';
import type { ProbingSet } from '../probing/probing-set.ts';
import { fillBatch, type Decode, type InputSpec } from './batches.ts';
import { pipelineFaults } from './errors.ts';
import { CellsIngest, type Cells } from './ingest.ts';
import { readingOrder, spreadSamples } from './reading-order.ts';

/** What a page needs to know of an open probing set. Plain data. */
export interface ProbingOverview extends ProbingProvenance {
  readonly concepts: readonly Concept[];
  readonly categories: readonly string[];
  readonly hasPictures: boolean;
  readonly hasVectors: boolean;
}

/** The buffers made from a probing set's labels; all a search needs of it, and the samples' names. */
export interface CellBuffers extends SearchBuffers {
  readonly maps: ArrayBufferLike;
  readonly names: ArrayBufferLike;
}

/** Cells of a part of the samples, for a look at what is there so far. */
export type CellsSoFar = Omit<CellBuffers, 'names'>;

/** A small picture of a sample, and its name. */
export interface Preview {
  readonly sample: number;
  readonly name: string;
  readonly picture: Blob;
}

/** What a probing service cannot do by itself. */
export interface ProbingTools<Source> {
  open(source: Source): Promise<ProbingSet>;
  readonly decode: Decode;
  drawThumbnail(pixels: Awaited<ReturnType<Decode>>): Promise<Blob>;
  /** Draws a picture at its own size. */
  drawPicture(pixels: Awaited<ReturnType<Decode>>): Promise<Blob>;
}

/**
 * An open probing set behind plain calls that each take well below a second: what the probing worker offers. Samples are counted in
 * reading order (see reading-order.ts) wherever a number of samples is asked for.
 */
export class ProbingService<Source extends { readonly kind: string }> {
  readonly #tools: ProbingTools<Source>;
  #probing: ProbingSet | undefined;
  #order: Uint32Array = new Uint32Array(0);
  #ingest: CellsIngest | undefined;

  constructor(tools: ProbingTools<Source>) {
    this.#tools = tools;
  }

  /** Opens a probing set; the one before stays open if this fails. @throws Fault of the reader */
  async open(source: Source): Promise<ProbingOverview> {
    const probing = await this.#tools.open(source);
    this.#probing = probing;
    this.#order = readingOrder(probing.sampleCount);
    this.#ingest = undefined;
    const { format, title, contentHash, sampleCount, grid, notes, concepts, categories, vectors } = probing;
    return {
      ...{ format, title, contentHash, sampleCount, grid, notes, concepts, categories },
      // Every embedded sample is drawn or composed by a program.
      synthetic: source.kind === 'sample',
      hasPictures: await hasPictures(probing),
      hasVectors: vectors !== undefined,
    };
  }

  /** Reads the labels of the first samples into cells, those that were not read yet. @throws Fault of the reader */
  async readLabels(count: number): Promise<void> {
    await this.#labels().read(this.#inOrder(0, count));
  }

  /**
   * The cells of the first samples; labels that were not read yet are read.
   *
   * @param count null: of all samples
   */
  async finishCells(count: number | null = null): Promise<CellBuffers> {
    const probing = this.#open();
    const ingest = this.#labels();
    const samples = this.#inOrder(0, count ?? probing.sampleCount);
    await ingest.read(samples);
    const buffers = searchable(probing, ingest.finish(samples));
    if (this.#ingest === ingest) this.#ingest = undefined;
    const names = Array.from({ length: probing.sampleCount }, (_, sample) => probing.sampleName(sample));
    return { ...buffers, names: packBundle({ meta: { names }, arrays: {} }) };
  }

  /**
   * The cells of the first samples while more are read: out of `whole`, where the cells of everything asked for are there already, else
   * of labels read before.
   */
  cellsSoFar(count: number, whole: CellBuffers | null): CellsSoFar {
    const samples = this.#inOrder(0, count);
    const cells = whole
      ? partOfCells(openCellTable(whole.cells), openCellMaps(whole.maps), samples)
      : this.#labels().finish(samples);
    return searchable(this.#open(), cells);
  }

  /**
   * Writes a batch of pictures into `out`; see {@link fillBatch}. Also reads their labels, if `withLabels`.
   *
   * @param first first sample of the batch in reading order
   * @returns `out`, which was handed over where memory is not shared
   */
  async fill(
    first: number,
    count: number,
    spec: InputSpec,
    out: Float32Array,
    withLabels: boolean,
  ): Promise<Float32Array> {
    const readLabels = (sample: number): Promise<void> => this.#labels().read([sample]);
    const samples = this.#inOrder(first, count);
    await fillBatch(this.#open(), samples, spec, this.#tools.decode, out, withLabels ? readLabels : undefined);
    return out;
  }

  /** Small pictures of samples spread over the set, ascending; those without one are left out. */
  async previews(count: number): Promise<readonly Preview[]> {
    const probing = this.#open();
    const drawn = await this.thumbnails([...spreadSamples(probing.sampleCount, count)]);
    return drawn.map((preview) => ({ ...preview, name: probing.sampleName(preview.sample) }));
  }

  /** Small pictures of samples; those without a picture, or with a damaged one, are left out. */
  async thumbnails(
    samples: readonly number[],
  ): Promise<readonly { readonly sample: number; readonly picture: Blob }[]> {
    const probing = this.#open();
    const drawn: { sample: number; picture: Blob }[] = [];
    for (const sample of samples) {
      const picture = await this.#thumbnail(probing, sample).catch(() => undefined);
      if (picture) drawn.push({ sample, picture });
    }
    return drawn;
  }

  /** A sample's picture at its own size: its file, or drawn; null where it has none. @throws Fault naming the file */
  async picture(sample: number): Promise<Blob | null> {
    const picture = await this.#open().picture(sample);
    if (!picture) return null;
    if (picture.kind === 'pixels') return this.#tools.drawPicture(picture.pixels);
    return new Blob([picture.bytes], { type: picture.mime });
  }

  async #thumbnail(probing: ProbingSet, sample: number): Promise<Blob | undefined> {
    const picture = await probing.picture(sample);
    return picture && this.#tools.drawThumbnail(await this.#tools.decode(picture));
  }

  #inOrder(first: number, count: number): readonly number[] {
    return [...this.#order.subarray(first, first + count)];
  }

  #labels(): CellsIngest {
    this.#ingest ??= new CellsIngest(this.#open());
    return this.#ingest;
  }

  #open(): ProbingSet {
    if (!this.#probing) throw pipelineFaults['nothing-open']('probing set');
    return this.#probing;
  }
}

function searchable(probing: ProbingSet, { table, maps }: Cells): CellsSoFar {
  const { grid, vectors, concepts } = probing;
  return { ...prepareSearch(table, concepts, { grid, vectors }).buffers, maps: maps.buffer };
}

async function hasPictures(probing: ProbingSet): Promise<boolean> {
  if (probing.sampleCount === 0) return false;
  // A first picture that is damaged is a picture; the run that needs it says what is wrong.
  return probing.picture(0).then(
    (picture) => picture !== undefined,
    () => true,
  );
}
