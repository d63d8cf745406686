import type { Formula } from '../engine/formula/formula.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import type { CellBuffers } from '../pipeline/probing-service.ts';
import type { SearchMemory } from '../pipeline/search-service.ts';
import type { ProbingWorker } from '../../workers/probing.worker.ts';
import type { StorageWorker } from '../../workers/storage.worker.ts';
import type { Evidence, OpenedProbing } from './api.ts';
import { asFault, jobFaults } from './errors.ts';
import type { Keeper } from './keeper.ts';
import { groupOf } from './keys.ts';
import type { Reopening } from './reopening.ts';
import type { SearchMember } from './search-member.ts';
import type { ThumbnailAddresses } from './thumbnail-addresses.ts';
import type { WorkerLink } from './worker-link.ts';

/** An open probing set and the worker that holds it. */
export interface OpenProbingSet {
  readonly link: WorkerLink<ProbingWorker>;
  readonly opened: Reopening<OpenedProbing>;
}

/** What evidence is gathered with. */
export interface EvidenceContext {
  readonly storage: WorkerLink<StorageWorker>;
  readonly keeper: Keeper;
  readonly member: SearchMember;
  readonly addresses: ThumbnailAddresses;
  /** The probing set that is open now, if any. */
  readonly open: () => OpenProbingSet | null;
}

/** The pictures and masks behind results; see {@link Evidence}. */
export class ResultsEvidence implements Evidence {
  readonly #context: EvidenceContext;
  readonly #results: LayerResults;
  #memory: Promise<SearchMemory> | undefined;

  constructor(context: EvidenceContext, results: LayerResults) {
    this.#context = context;
    this.#results = results;
  }

  thumbnail(sample: number): Promise<string | null> {
    const { contentHash } = this.#results.probing;
    return faulting(this.#context.addresses.get(`${contentHash}/${sample}`, () => this.#picture(sample)));
  }

  sampleName(sample: number): Promise<string> {
    return faulting(this.#attach().then(() => this.#context.member.link.call('sampleName', sample)));
  }

  unitMask(unit: number, sample: number): Promise<Uint8Array> {
    return faulting(
      (async () => {
        const explained = this.#results.units.find((explanation) => explanation.unit === unit);
        if (!explained) throw jobFaults['no-such-unit'](unit);
        const { height, width } = this.#results.probing.grid;
        if (explained.threshold === null) return new Uint8Array(height * width);
        const memory = await this.#attach();
        if (!memory.activations) throw jobFaults['not-kept']('activations');
        return this.#context.member.link.call('unitMask', unit, sample, explained.threshold);
      })(),
    );
  }

  formulaMask(formula: Formula, sample: number): Promise<Uint8Array> {
    return faulting(this.#attach().then(() => this.#context.member.link.call('formulaMask', formula, sample)));
  }

  conceptsIn(sample: number): Promise<readonly number[]> {
    return faulting(this.#attach().then(() => this.#context.member.link.call('conceptsIn', sample)));
  }

  async #picture(sample: number): Promise<Blob | null> {
    const { storage } = this.#context;
    const { contentHash } = this.#results.probing;
    const kept = await storage.call('thumbnail', contentHash, sample).catch(() => null);
    if (kept) return kept;
    const open = this.#openSet();
    if (!open?.opened.info.hasPictures) return null;
    await open.opened.ready();
    const drawn = await open.link.call('thumbnails', [sample]);
    if (drawn.length === 0) return null;
    // Shown either way; where there is no room it is drawn again next time.
    storage.call('keepThumbnails', contentHash, drawn).catch(() => undefined);
    return drawn[0].picture;
  }

  async #attach(): Promise<SearchMemory> {
    this.#memory ??= this.#readMemory();
    const reading = this.#memory;
    const forget = (): void => {
      if (this.#memory === reading) this.#memory = undefined;
    };
    reading.then((memory) => memory.activations ?? forget(), forget);
    const memory = await reading;
    await this.#context.member.attach(memory);
    return memory;
  }

  async #readMemory(): Promise<SearchMemory> {
    const { cells, extras, maps, names } = await this.#findCells();
    const { settings, activations } = this.#results;
    const runtimeVersion = activations.kind === 'model' ? activations.runtimeVersion : '';
    const { threshold } = settings;
    const layer = await this.#context.keeper.layer(groupOf(this.#results), { runtimeVersion, threshold });
    return { search: { cells, extras }, maps, names, activations: layer?.buffer };
  }

  async #findCells(): Promise<CellBuffers> {
    const { keeper } = this.#context;
    const { contentHash } = this.#results.probing;
    const kept = await keeper.cells(contentHash);
    if (kept) return kept;
    const open = this.#openSet();
    if (!open) throw jobFaults['not-kept']('concepts');
    await open.opened.ready();
    const made = await open.link.call('finishCells');
    await keeper.keepCells(contentHash, made);
    return made;
  }

  #openSet(): OpenProbingSet | null {
    const open = this.#context.open();
    return open?.opened.info.contentHash === this.#results.probing.contentHash ? open : null;
  }
}

async function faulting<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    throw asFault(error);
  }
}
