import type { Concept } from '../engine/concepts.ts';
import type { ProbingProvenance } from '../engine/results/layer-results.ts';
import { prepareSearch, type SearchBuffers } from '../engine/search/tables.ts';
import { packBundle } from '../engine/bits/bundle.ts';
import type { ProbingSet } from '../probing/probing-set.ts';
import { fillBatch, type Decode, type InputSpec } from './batches.ts';
import { pipelineFaults } from './errors.ts';
import { CellsIngest } from './ingest.ts';

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

/** What a probing service cannot do by itself. */
export interface ProbingTools<Source> {
  open(source: Source): Promise<ProbingSet>;
  readonly decode: Decode;
  drawThumbnail(pixels: Awaited<ReturnType<Decode>>): Promise<Blob>;
}

/** An open probing set behind plain calls that each take well below a second: what the probing worker offers. */
export class ProbingService<Source extends { readonly kind: string }> {
  readonly #tools: ProbingTools<Source>;
  #probing: ProbingSet | undefined;
  #ingest: CellsIngest | undefined;

  constructor(tools: ProbingTools<Source>) {
    this.#tools = tools;
  }

  /** Opens a probing set; the one before stays open if this fails. @throws Fault of the reader */
  async open(source: Source): Promise<ProbingOverview> {
    const probing = await this.#tools.open(source);
    this.#probing = probing;
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

  /** Reads the labels of samples before `end` into cells, those that were not read yet. @throws Fault of the reader */
  async readLabels(end: number): Promise<void> {
    const probing = this.#open();
    this.#ingest ??= new CellsIngest(probing);
    await this.#ingest.readTo(end);
  }

  /** The cells of everything, once all labels are read. */
  async finishCells(): Promise<CellBuffers> {
    const probing = this.#open();
    const ingest = (this.#ingest ??= new CellsIngest(probing));
    await ingest.readTo(probing.sampleCount);
    const { table, maps } = ingest.finish();
    if (this.#ingest === ingest) this.#ingest = undefined;
    const { grid, vectors, sampleCount } = probing;
    const search = prepareSearch(table, probing.concepts, { grid, vectors });
    const names = Array.from({ length: sampleCount }, (_, sample) => probing.sampleName(sample));
    return { ...search.buffers, maps: maps.buffer, names: packBundle({ meta: { names }, arrays: {} }) };
  }

  /** Writes a batch of pictures into `out`; see {@link fillBatch}. Also reads their labels, if `withLabels`. */
  async fill(first: number, count: number, spec: InputSpec, out: Float32Array, withLabels: boolean): Promise<void> {
    const probing = this.#open();
    const readLabels = withLabels ? (sample: number): Promise<void> => this.readLabels(sample + 1) : undefined;
    await fillBatch(probing, first, count, spec, this.#tools.decode, out, readLabels);
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

  async #thumbnail(probing: ProbingSet, sample: number): Promise<Blob | undefined> {
    const picture = await probing.picture(sample);
    return picture && this.#tools.drawThumbnail(await this.#tools.decode(picture));
  }

  #open(): ProbingSet {
    if (!this.#probing) throw pipelineFaults['nothing-open']('probing set');
    return this.#probing;
  }
}

async function hasPictures(probing: ProbingSet): Promise<boolean> {
  if (probing.sampleCount === 0) return false;
  // A first picture that is damaged is a picture; the run that needs it says what is wrong.
  return probing.picture(0).then(
    (picture) => picture !== undefined,
    () => true,
  );
}
