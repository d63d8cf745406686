import type { Formula } from '../engine/formula/formula.ts';
import type { KindGround } from '../engine/kinds/kind-ground.ts';
import type { ExplainSettings, SearchSettings, UnitExplanation } from '../engine/results/explanation.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import type {
  ConceptCoverage,
  FormulaMeasures,
  FormulaSamples,
  SampleConcepts,
  SampleList,
  SampleListKind,
} from '../engine/results/measures.ts';
import type { ClassCorrelations } from '../engine/analysis/class-correlations.ts';
import type { ToMeasure, UnitMeasures } from '../engine/analysis/measures.ts';
import type { LabelChoice } from '../engine/analysis/class-match.ts';
import type { GoldSource } from '../engine/analysis/gold-labels.ts';
import type { UnitTallies } from '../engine/analysis/unit-tallies.ts';
import type { UnitRanges } from '../engine/ranges/ranges.ts';
import type { FormulaOnPair } from '../engine/text/pair-facts.ts';
import type { SentencePair } from '../engine/text/sentence-pair.ts';
import { PEAKS_ONLY } from '../pipeline/companions.ts';
import type { SearchMemory } from '../pipeline/search-service.ts';
import type { SearchWorker } from '../../workers/search.worker.ts';
import type { CellTableFormat, Evidence, Feed, LabelFile, ThresholdLimits } from './api.ts';
import { asFault, jobFaults } from './errors.ts';
import type { EvidenceSources } from './evidence-sources.ts';
import { findCells, openSetOf } from './find-cells.ts';
import { groupOf, isOfCells, modelGroup, readSamplesOf } from './keys.ts';
import { Latest } from './latest.ts';
import { LayerContributions } from './layer-contributions.ts';
import { MaskCache } from './mask-cache.ts';
import { nameSimilarities } from './name-similarities.ts';
import { ObjectAddresses } from './object-addresses.ts';
import { SearchMember } from './search-member.ts';
import type { ArgumentsOf, MethodOf, ResultOf } from './worker-link.ts';

/** Addresses of small pictures kept at a time. */
const MOST_THUMBNAILS = 4000;

/** Addresses of pictures at their own size kept at a time. */
const MOST_PICTURES = 48;

/** Bytes of masks kept, of units and of formulas each. */
const MOST_MASK_BYTES = 32 * 2 ** 20;

/** Units measured in one answer, some ten milliseconds each at most: others ask the same worker. */
const UNITS_AT_ONCE = 8;

/** The workers that answer, and what is kept of their answers: one for all results. */
export class EvidenceDesk {
  /** Draws masks and makes lists; pictures may keep it busy. */
  readonly masks = new SearchMember('drawing masks');
  /** Answers what somebody waits for with a hand on a slider. */
  readonly live = new SearchMember('explaining the unit');
  /** Holds layers against each other, which may take it seconds. */
  readonly layers = new SearchMember('comparing layers');
  readonly latest = new Latest();
  readonly thumbnails = new ObjectAddresses(MOST_THUMBNAILS);
  readonly pictures = new ObjectAddresses(MOST_PICTURES);
  readonly unitMasks = new MaskCache(MOST_MASK_BYTES);
  readonly formulaMasks = new MaskCache(MOST_MASK_BYTES);

  /** Forgets what is kept of the answers. */
  clear(): void {
    for (const kept of [this.thumbnails, this.pictures, this.unitMasks, this.formulaMasks]) kept.clear();
  }
}

/** The pictures and masks behind results, and questions about their units; see {@link Evidence}. */
export class ResultsEvidence implements Evidence {
  readonly #sources: EvidenceSources;
  readonly #desk: EvidenceDesk;
  readonly #results: LayerResults;
  readonly #contributions: LayerContributions;
  #memory: Promise<SearchMemory> | undefined;

  constructor(sources: EvidenceSources, desk: EvidenceDesk, results: LayerResults) {
    this.#sources = sources;
    this.#desk = desk;
    this.#results = results;
    this.#contributions = new LayerContributions(sources, desk.layers, results, (unit) => this.#whole(unit));
  }

  thumbnail(sample: number): Promise<string | null> {
    const { contentHash } = this.#results.probing;
    return faulting(this.#desk.thumbnails.get(`${contentHash}/${sample}`, () => this.#thumbnail(sample)));
  }

  async picture(sample: number): Promise<{ readonly url: string; readonly full: boolean } | null> {
    const { contentHash } = this.#results.probing;
    const load = (): Promise<Blob | null> => this.#picture(sample);
    // A picture that cannot be read any more is shown small.
    const full = await this.#desk.pictures.get(`${contentHash}/${sample}`, load).catch(() => null);
    if (full !== null) return { url: full, full: true };
    const small = await this.thumbnail(sample);
    return small === null ? null : { url: small, full: false };
  }

  sampleName(sample: number): Promise<string> {
    return this.#askMasks('sampleName', sample);
  }

  sampleNames(): Promise<readonly string[]> {
    return this.#askMasks('sampleNames');
  }

  async cellTable(format: CellTableFormat): Promise<Blob> {
    const { concepts, probing, activations, settings } = this.#results;
    const memory = await faulting(this.#counting(0));
    // A worker of its own: counting all units and the library that writes would hold up pictures, and its memory goes with it.
    const writer = new SearchMember('writing the cell table');
    try {
      const subject = { concepts, probing, activations, threshold: settings.threshold };
      return await writer.ask(memory, 'cellTable', format, subject);
    } catch (error) {
      if ((error as Error | undefined)?.name === 'RangeError') throw jobFaults['not-kept']('activations');
      throw asFault(error);
    } finally {
      writer.link.end(jobFaults.cancelled());
    }
  }

  pair(sample: number): Promise<SentencePair | null> {
    return this.#askMasks('pair', sample);
  }

  formulaOnPair(formula: Formula, sample: number): Promise<FormulaOnPair> {
    return this.#askMasks('formulaOnPair', formula, sample, this.#results.concepts);
  }

  async goldLabels(): Promise<readonly (string | null)[]> {
    return (await this.#askMasks('goldLabels', this.#results.concepts)).labels;
  }

  async goldSource(): Promise<GoldSource | null> {
    return (await this.#askMasks('goldLabels', this.#results.concepts)).source;
  }

  readLabels(file: File): Promise<LabelFile> {
    return this.#askMasks('readLabels', file);
  }

  async unitTallies(choice: LabelChoice = {}): Promise<UnitTallies | null> {
    const { units, classes, concepts } = this.#results;
    if (!classes || isOfCells(this.#results)) return null;
    const masked = units.map(({ unit, threshold }) => ({ unit, threshold }));
    return faulting(
      this.#whole(0).then((memory) => this.#desk.masks.ask(memory, 'unitTallies', masked, classes, concepts, choice)),
    );
  }

  async classCorrelations(unit: number | null): Promise<ClassCorrelations | null> {
    const output = await faulting(this.#classOutput());
    if (!output) return null;
    const memory = await faulting(this.#whole(unit ?? 0));
    if (unit !== null) return faulting(this.#desk.masks.ask(memory, 'classCorrelations', output, unit));
    // A thousand units and classes over many samples take seconds, in which pictures are looked at.
    const counter = new SearchMember('correlating units and classes');
    try {
      return await faulting(counter.ask(memory, 'classCorrelations', output, null));
    } finally {
      counter.link.end(jobFaults.cancelled());
    }
  }

  unitMask(unit: number, sample: number, threshold: number): Promise<Uint8Array> {
    const name = `${this.#results.key}/${unit}/${sample}/${threshold}`;
    return faulting(
      this.#desk.unitMasks.get(name, this.#positions, async () =>
        this.#desk.masks.ask(await this.#whole(unit), 'unitMask', unit, sample, threshold),
      ),
    );
  }

  formulaMask(formula: Formula, sample: number): Promise<Uint8Array> {
    const name = `${this.#results.key}/${sample}/${JSON.stringify(formula)}`;
    const load = (): Promise<Uint8Array> => this.#askMasks('formulaMask', formula, sample);
    return this.#desk.formulaMasks.get(name, this.#positions, load);
  }

  activationMap(unit: number, sample: number): Promise<Float32Array | null> {
    return faulting(this.#whole(unit).then((memory) => this.#desk.masks.ask(memory, 'activationMap', unit, sample)));
  }

  sampleConcepts(sample: number): Promise<SampleConcepts> {
    return this.#askMasks('sampleConcepts', sample);
  }

  async explain(unit: number, settings: ExplainSettings): Promise<UnitExplanation> {
    const sameMasks = JSON.stringify(settings.threshold) === JSON.stringify(this.#results.settings.threshold);
    if (isOfCells(this.#results) && !sameMasks) throw jobFaults['masks-counted']();
    return this.#desk.latest.ask(async () => {
      const [explained] = await this.#askLive(unit, 'explain', [unit], settings);
      return explained;
    });
  }

  thresholdLimits(unit: number): Promise<ThresholdLimits> {
    return this.#askLive(unit, 'thresholdLimits', unit);
  }

  measure(unit: number, threshold: number, formula: Formula): Promise<FormulaMeasures> {
    return this.#askLive(unit, 'measure', unit, threshold, formula);
  }

  async unitMeasures(
    units: readonly ToMeasure[],
    { onDone = () => undefined, signal }: Parameters<Evidence['unitMeasures']>[1] = {},
  ): Promise<readonly UnitMeasures[]> {
    const measured: UnitMeasures[] = [];
    const memory = await faulting(this.#counting(0));
    for (let first = 0; first < units.length; first += UNITS_AT_ONCE) {
      if (signal?.aborted) throw jobFaults.cancelled();
      const some = units.slice(first, first + UNITS_AT_ONCE);
      measured.push(...(await faulting(this.#desk.masks.ask(memory, 'unitMeasures', some))));
      onDone(measured.length, units.length);
    }
    return measured;
  }

  async ranges(unit: number, k: number, settings: SearchSettings): Promise<UnitRanges> {
    if (isOfCells(this.#results)) throw jobFaults['no-samples']();
    return this.#askLive(unit, 'ranges', unit, k, settings);
  }

  async kindGrounds(units: Parameters<Evidence['kindGrounds']>[0]): Promise<readonly KindGround[]> {
    const grounds: KindGround[] = [];
    const memory = await faulting(this.#counting(0));
    for (let first = 0; first < units.length; first += UNITS_AT_ONCE) {
      const some = units.slice(first, first + UNITS_AT_ONCE);
      grounds.push(...(await faulting(this.#desk.masks.ask(memory, 'kindGrounds', some))));
    }
    return grounds;
  }

  nameSimilarities(pairs: Parameters<Evidence['nameSimilarities']>[0]): ReturnType<Evidence['nameSimilarities']> {
    return nameSimilarities(pairs);
  }

  note(name: string): Promise<unknown> {
    return faulting(this.#sources.storage.call('recall', this.#noteName(name)));
  }

  async keepNote(name: string, value: unknown): Promise<void> {
    await faulting(this.#sources.storage.call('remember', this.#noteName(name), value));
  }

  contributions(...asked: Parameters<Evidence['contributions']>): ReturnType<Evidence['contributions']> {
    return faulting(this.#contributions.ask(...asked));
  }

  sampleList(unit: number, threshold: number, formula: Formula | null, kind: SampleListKind): Promise<SampleList> {
    return faulting(
      this.#whole(unit).then((memory) => this.#desk.masks.ask(memory, 'sampleList', unit, threshold, formula, kind)),
    );
  }

  async formulaSamples(formula: Formula): Promise<FormulaSamples> {
    if (isOfCells(this.#results)) throw jobFaults['no-samples']();
    return this.#askMasks('formulaSamples', formula);
  }

  coverage(): Promise<ConceptCoverage> {
    return this.#askMasks('coverage');
  }

  get #positions(): number {
    const { height, width } = this.#results.probing.grid;
    return height * width;
  }

  #noteName(name: string): string {
    return `${name} of ${this.#results.key}`;
  }

  /** Asks what needs no activations. */
  #askMasks<Name extends MethodOf<SearchWorker>>(
    name: Name,
    ...args: ArgumentsOf<SearchWorker, Name>
  ): Promise<ResultOf<SearchWorker, Name>> {
    return faulting(this.#attached().then((memory) => this.#desk.masks.ask(memory, name, ...args)));
  }

  async #askLive<Name extends MethodOf<SearchWorker>>(
    unit: number,
    name: Name,
    ...args: ArgumentsOf<SearchWorker, Name>
  ): Promise<ResultOf<SearchWorker, Name>> {
    const memory = await faulting(this.#counting(unit));
    try {
      return await this.#desk.live.ask(memory, name, ...args);
    } catch (error) {
      // What the engine says where it lacks activations that the threshold needs.
      if ((error as Error | undefined)?.name === 'RangeError') throw jobFaults['below-kept'](unit);
      throw asFault(error);
    }
  }

  /** The memory, with activations. */
  async #whole(unit: number): Promise<SearchMemory> {
    if (isOfCells(this.#results)) throw jobFaults['no-samples']();
    return this.#counting(unit);
  }

  /** The memory, with activations, or with the counts of a cell table. */
  async #counting(unit: number): Promise<SearchMemory> {
    if (!Number.isInteger(unit) || unit < 0 || unit >= this.#results.unitCount) throw jobFaults['no-such-unit'](unit);
    const memory = await this.#attached();
    if (!memory.activations && !memory.counted) throw jobFaults['not-kept']('activations');
    return memory;
  }

  #attached(): Promise<SearchMemory> {
    if (this.#memory) return this.#memory;
    const reading = this.#readMemory();
    this.#memory = reading;
    const forget = (): void => {
      if (this.#memory === reading) this.#memory = undefined;
    };
    // What is not kept may be there later: a run may make it.
    reading.then((memory) => memory.activations ?? memory.counted ?? forget(), forget);
    return reading;
  }

  async #readMemory(): Promise<SearchMemory> {
    if (isOfCells(this.#results)) {
      const table = await this.#sources.tables.memory(this.#results.probing.contentHash);
      if (!table) throw jobFaults['not-kept']('cells');
      return table;
    }
    const { cells, extras, maps, names } = await findCells(this.#sources, this.#results);
    const { settings, activations } = this.#results;
    const runtimeVersion = activations.kind === 'model' ? activations.runtimeVersion : '';
    const question = { runtimeVersion, threshold: settings.threshold };
    const layer = await this.#sources.keeper.anyLayer(groupOf(this.#results), question);
    return { search: { cells, extras }, maps, names, activations: layer?.buffer };
  }

  /** The class output as activations, the classes in place of units; null where it is not kept, or its name was not noted. */
  async #classOutput(): Promise<ArrayBufferLike | null> {
    const { activations, classes } = this.#results;
    if (activations.kind !== 'model' || classes?.output === undefined) return null;
    const { hash, runtimeVersion, feed } = activations;
    const group = modelGroup(readSamplesOf(this.#results), hash, { layer: classes.output, feed: feed as Feed });
    const peaks = { kind: 'quantile', quantile: PEAKS_ONLY } as const;
    const kept = await this.#sources.keeper.anyLayer(group, { runtimeVersion, threshold: peaks });
    return kept?.buffer ?? null;
  }

  async #thumbnail(sample: number): Promise<Blob | null> {
    const { storage, imported } = this.#sources;
    const { contentHash, title } = this.#results.probing;
    const kept = await storage.call('thumbnail', contentHash, sample).catch(() => null);
    if (kept) return kept;
    const open = openSetOf(this.#sources, this.#results);
    if (!open?.opened.info.hasPictures) return imported.picture(contentHash, sample);
    await open.opened.ready();
    const drawn = await open.link.call('thumbnails', [sample]);
    if (drawn.length === 0) return null;
    // Shown either way; where there is no room it is drawn again next time.
    storage.call('keepThumbnails', contentHash, drawn, title).catch(() => undefined);
    return drawn[0].picture;
  }

  async #picture(sample: number): Promise<Blob | null> {
    const open = openSetOf(this.#sources, this.#results);
    if (!open?.opened.info.hasPictures) return null;
    await open.opened.ready();
    return open.link.call('picture', sample);
  }
}

async function faulting<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    throw asFault(error);
  }
}
