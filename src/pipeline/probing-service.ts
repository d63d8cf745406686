import type { Concept, SampleLabels } from '../engine/concepts.ts';
import type { SentencePair } from '../engine/text/sentence-pair.ts';
import type { ProbingProvenance } from '../engine/results/layer-results.ts';
import { prepareSearch, type SearchBuffers } from '../engine/search/tables.ts';
import { openCellMaps } from '../engine/cells/cell-maps.ts';
import { openCellPart, type CellPart } from '../engine/cells/cell-part.ts';
import { openCellTable } from '../engine/cells/cell-table.ts';
import { joinCellParts, mergeCellParts } from '../engine/cells/join-cell-parts.ts';
import { partOfCells } from '../engine/cells/part-of-cells.ts';
import type { ProbingSet, ProbingSurvey } from '../probing/probing-set.ts';
import { fillBatch, type Batch, type Decode, type InputSpec } from './batches.ts';
import { pipelineFaults } from './errors.ts';
import { partBuilder, readCellPart, readCellParts, type Cells } from './ingest.ts';
import { readingOrder, spreadSamples } from './reading-order.ts';
import { packSampleTexts } from './sample-texts.ts';

/** What a page needs to know of an open probing set. Plain data. */
export interface ProbingOverview extends ProbingProvenance {
  readonly concepts: readonly Concept[];
  readonly categories: readonly string[];
  readonly hasPictures: boolean;
  readonly hasPairs: boolean;
  readonly hasVectors: boolean;
  readonly survey: ProbingSurvey;
}

/** The buffers made from a probing set's labels; all a search needs of it, and what samples are called. */
export interface CellBuffers extends SearchBuffers {
  readonly maps: ArrayBufferLike;
  /** A bundle with {@link SampleTexts}. */
  readonly names: ArrayBufferLike;
}

/** Cells of a part of the samples, for a look at what is there so far. */
export type CellsSoFar = Omit<CellBuffers, 'names'>;

/** A batch for a model, and the labels of the same samples. Its memory was handed over where memory is not shared. */
export interface FilledBatch extends Batch {
  /** A CellPart; null where labels were not asked for. */
  readonly part: ArrayBufferLike | null;
}

/** A small picture of a sample, and its name. */
export interface Preview {
  readonly sample: number;
  readonly name: string;
  readonly picture: Blob;
}

/** A pair, and its name. */
export interface PairPreview {
  readonly sample: number;
  readonly name: string;
  readonly pair: SentencePair;
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
 * reading order (see reading-order.ts) wherever a number of samples is asked for. Nothing that was read is kept here: labels are given away as
 * parts (see CellPart), so that several workers may each read some of the samples.
 */
export class ProbingService<Source extends { readonly kind: string }> {
  readonly #tools: ProbingTools<Source>;
  #probing: ProbingSet | undefined;
  #order: Uint32Array = new Uint32Array(0);

  constructor(tools: ProbingTools<Source>) {
    this.#tools = tools;
  }

  /** Opens a probing set; the one before stays open if this fails. @throws Fault of the reader */
  async open(source: Source): Promise<ProbingOverview> {
    const probing = await this.#tools.open(source);
    this.#probing = probing;
    this.#order = readingOrder(probing.sampleCount);
    const { format, title, contentHash, sampleCount, grid, notes, concepts, categories, vectors, survey } = probing;
    return {
      ...{ format, title, contentHash, sampleCount, grid, notes, concepts, categories, survey },
      // Every embedded sample is drawn or composed by a program.
      synthetic: source.kind === 'sample',
      hasPictures: await hasPictures(probing),
      hasPairs: probing.pair !== undefined,
      hasVectors: vectors !== undefined,
    };
  }

  /**
   * Reads the labels of samples into a part.
   *
   * @param first the first of them in reading order
   * @returns a CellPart with the samples in reading order
   * @throws Fault of the reader
   */
  async readPart(first: number, count: number): Promise<ArrayBufferLike> {
    return (await readCellPart(this.#open(), this.#inOrder(first, count))).buffer;
  }

  /** Several parts as one. @throws RangeError, if there are none, or if they are of different probing sets */
  mergeParts(parts: readonly ArrayBufferLike[]): ArrayBufferLike {
    return mergeCellParts(parts.map(openCellPart)).buffer;
  }

  /**
   * The cells of the first samples.
   *
   * @param parts what was read of them; labels of samples that none has are read now
   * @param count null: of all samples
   * @throws Fault of the reader; RangeError, if a part is of another probing set
   */
  async finishCells(parts: readonly ArrayBufferLike[], count: number | null): Promise<CellBuffers> {
    const probing = this.#open();
    const samples = this.#inOrder(0, count ?? probing.sampleCount);
    const read = parts.map(openCellPart);
    const known = new Set(read.flatMap((part) => [...part.samples]));
    const missing = samples.filter((sample) => !known.has(sample));
    const all: readonly CellPart[] = [...read, ...(await readCellParts(probing, missing))];
    const buffers = searchable(probing, joinCellParts(all, { samples }));
    return { ...buffers, names: packSampleTexts(probing) };
  }

  /**
   * The cells of the first samples while more are read: out of `whole`, where the cells of everything asked for are there already, else
   * out of parts.
   *
   * @throws RangeError, if no part has one of the samples
   */
  cellsSoFar(parts: readonly ArrayBufferLike[], count: number, whole: CellBuffers | null): CellsSoFar {
    const samples = this.#inOrder(0, count);
    const cells = whole
      ? partOfCells(openCellTable(whole.cells), openCellMaps(whole.maps), samples)
      : joinCellParts(parts.map(openCellPart), { samples });
    return searchable(this.#open(), cells);
  }

  /**
   * Reads a batch for a model; see {@link fillBatch}. Also reads their labels, if `withLabels`.
   *
   * @param first first sample of the batch in reading order
   */
  async fill(
    first: number,
    count: number,
    spec: InputSpec,
    out: Float32Array,
    withLabels: boolean,
  ): Promise<FilledBatch> {
    const probing = this.#open();
    const samples = this.#inOrder(first, count);
    const labels = new Map<number, SampleLabels>();
    const readLabels = async (sample: number): Promise<void> => void labels.set(sample, await probing.labels(sample));
    const batch = await fillBatch(probing, samples, spec, this.#tools.decode, out, withLabels ? readLabels : undefined);
    if (!withLabels) return { ...batch, part: null };
    const builder = partBuilder(probing);
    for (const sample of samples) {
      const read = labels.get(sample);
      if (read) builder.add(read, sample);
    }
    return { ...batch, part: builder.finish().buffer };
  }

  /** Small pictures of samples spread over the set, ascending; those without one are left out. */
  async previews(count: number): Promise<readonly Preview[]> {
    const probing = this.#open();
    const drawn = await this.thumbnails([...spreadSamples(probing.sampleCount, count)]);
    return drawn.map((preview) => ({ ...preview, name: probing.sampleName(preview.sample) }));
  }

  /** Pairs spread over the set, ascending; none where samples are no pairs. */
  previewPairs(count: number): readonly PairPreview[] {
    const probing = this.#open();
    const { pair } = probing;
    if (!pair) return [];
    const samples = [...spreadSamples(probing.sampleCount, count)];
    return samples.map((sample) => ({ sample, name: probing.sampleName(sample), pair: pair(sample) }));
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
