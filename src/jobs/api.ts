import type { AblationGround, AblationOutcome, FormulaStandIn, UnitChange } from '../engine/ablation/outcome.ts';
import type { Concept, Grid } from '../engine/concepts.ts';
import type { ClassCorrelations } from '../engine/analysis/class-correlations.ts';
import type { ToMeasure, UnitMeasures } from '../engine/analysis/measures.ts';
import type { LabelChoice } from '../engine/analysis/class-match.ts';
import type { GoldSource } from '../engine/analysis/gold-labels.ts';
import type { UnitTallies } from '../engine/analysis/unit-tallies.ts';
import type { ContributionAnswer, ContributionMeasure } from '../engine/contributions/contributions.ts';
import type { Formula } from '../engine/formula/formula.ts';
import type { KindGround } from '../engine/kinds/kind-ground.ts';
import type { NamedConcept, NameSimilarity } from '../engine/kinds/name-similarity.ts';
import type { UnitRanges } from '../engine/ranges/ranges.ts';
import type { FormulaOnPair } from '../engine/text/pair-facts.ts';
import type { SentencePair } from '../engine/text/sentence-pair.ts';
import type { ExplainSettings, SearchSettings, UnitExplanation } from '../engine/results/explanation.ts';
import type { LayerResults, ProbingProvenance } from '../engine/results/layer-results.ts';
import type { ResultsLabel } from '../engine/results/results-label.ts';
import type {
  ConceptCoverage,
  FormulaMeasures,
  FormulaSamples,
  SampleConcepts,
  SampleList,
  SampleListKind,
} from '../engine/results/measures.ts';

/** Names of the embedded samples. */
export type SampleName = 'scenes' | 'coco-mobilenet' | 'entailment';

/** A file with its path inside what was dropped or picked. */
export interface DroppedFile {
  readonly path: string;
  readonly file: File;
}

/** What of a probing set is read; the type is src/probing's, as plain data. */
export type { ProbingOptions } from '../probing/probing-options.ts';
import type { ProbingOptions } from '../probing/probing-options.ts';

/** What a probing set holds, before anything is computed; the type is src/probing's, as plain data. */
export type { ProbingSurvey } from '../probing/probing-set.ts';
import type { ProbingSurvey } from '../probing/probing-set.ts';

/** Where a probing set comes from, and what of it is read. */
export type ProbingSource =
  | { readonly kind: 'sample'; readonly name: SampleName }
  | { readonly kind: 'zip'; readonly file: File; readonly options?: ProbingOptions }
  | {
      readonly kind: 'folder';
      readonly name: string;
      readonly files: readonly DroppedFile[];
      readonly options?: ProbingOptions;
    };

/** A probing set that is open in a worker. */
export interface OpenedProbing extends ProbingProvenance {
  readonly concepts: readonly Concept[];
  readonly categories: readonly string[];
  readonly hasPictures: boolean;
  /** Samples are sentence pairs. */
  readonly hasPairs: boolean;
  readonly hasVectors: boolean;
  readonly survey: ProbingSurvey;
}

/** A tensor of a model that can be probed, as the page lists it. */
export interface LayerChoice {
  readonly tensor: string;
  readonly operator: string;
  /** Numbers, names of symbolic sizes, or null where unknown until the model runs. */
  readonly shape: readonly (number | string | null)[] | null;
  readonly unitCount: number | null;
  readonly probeable: boolean;
  /** It has a value for each token, pooled by maximum when it is probed. */
  readonly tokens: boolean;
}

/** A picture's way into the model; the type is src/onnx/preprocess.ts's, as plain data. */
export type { Preprocessing } from '../onnx/preprocess.ts';

/** How samples become a model's input; the type is src/onnx/feed.ts's, as plain data. */
export type { Feed, PairFeed, PictureFeed } from '../onnx/feed.ts';
import type { Feed } from '../onnx/feed.ts';

/** An input of a model of sentence pairs, and a tokenizer; the types are src/onnx/text's, as plain data. */
export type { PairInput, PairTensor } from '../onnx/text/pair-input.ts';
export type { TokenizerInfo } from '../onnx/text/tokenizer.ts';
import type { TokenizerInfo } from '../onnx/text/tokenizer.ts';

/** What a model takes, and a guess at how it is fed, shown and editable; the type is src/pipeline's, as plain data. */
export type { InputOverview as OpenedInput } from '../pipeline/runtime-service.ts';
import type { InputOverview } from '../pipeline/runtime-service.ts';

/** A model that has been read. */
export interface OpenedModel {
  readonly name: string;
  /** Hex SHA-256 of the file. */
  readonly hash: string;
  readonly bytes: number;
  readonly layers: readonly LayerChoice[];
  /** Tensor name of the sensible choice, or null where there is none. */
  readonly defaultLayer: string | null;
  readonly input: InputOverview;
  /** Name of the tensor with a number for each class; null where there is none. */
  readonly classOutput: string | null;
  readonly producer: string;
}

/** A dropped file of activations. */
export interface OpenedActivations {
  readonly name: string;
  readonly hash: string;
  readonly sampleCount: number;
  readonly unitCount: number;
  readonly grid: Grid;
}

/** Gold labels out of a file; the type is src/probing's, as plain data. */
export type { LabelFile } from '../probing/labels/label-file.ts';
import type { LabelFile } from '../probing/labels/label-file.ts';

/** Files of cells, in place of a model and a probing set; the type is src/pipeline's, as plain data. */
export type { CellTableOverview as OpenedCells } from '../pipeline/open-cell-table.ts';
import type { CellTableOverview as OpenedCells } from '../pipeline/open-cell-table.ts';

/** Kind of file that cells are saved as. */
export type { CellTableFormat } from '../pipeline/write-cell-table.ts';
import type { CellTableFormat } from '../pipeline/write-cell-table.ts';

/** Where activations come from in a run. */
export type ActivationRequest =
  | {
      readonly kind: 'model';
      /** Tensors to probe, one or more; the model runs once for all of them. */
      readonly layers: readonly string[];
      /** Its tokenizer, where it names one, is the model's own or the one opened last. */
      readonly feed: Feed;
    }
  | { readonly kind: 'file' }
  /** Masks counted over cells: the open cell table, whose threshold takes the place of the settings'. */
  | { readonly kind: 'cells' };

/** Everything a run needs besides the open files. */
export interface RunRequest {
  readonly activations: ActivationRequest;
  readonly settings: ExplainSettings;
  /** First and last unit, inclusive; null: all. */
  readonly units: readonly [number, number] | null;
  /** Samples to read, spread evenly over the probing set; null: all. */
  readonly samples: number | null;
}

/** What a run will cost, before it starts. */
export interface RunEstimate {
  /** Null where nothing is known of this model's speed on this machine yet. */
  readonly seconds: number | null;
  /** Largest memory of the whole tab, in bytes. */
  readonly memoryBytes: number;
  /** What it will keep on this machine, in bytes. */
  readonly storageBytes: number;
  /** Activations of every layer asked for are kept from an earlier run: the model need not run. */
  readonly cached: boolean;
  /** Where the figures come from, in a sentence. */
  readonly basis: string;
}

/** Stages of a run, in order. */
export type RunStage = 'concepts' | 'model' | 'activations' | 'search' | 'saving';

/** How far a run is. */
export interface RunProgress {
  readonly stage: RunStage;
  readonly done: number;
  readonly total: number;
  /** Estimate for the whole stage; null while unknown. */
  readonly secondsLeft: number | null;
  /** A sentence worth showing: which provider runs and why, that a cache was used. */
  readonly note?: string;
}

/** Something under way that can be cancelled. */
export interface Job<Result> {
  /** Rejects with a Fault; code `jobs/cancelled` after `cancel`. */
  readonly finished: Promise<Result>;
  /**
   * Stops within a second, by ending workers where needed. Harmless when finished. Once all units are explained it only stops
   * the keeping of small pictures, and `finished` resolves.
   */
  cancel(): void;
}

/** Units of a layer, explained. */
export interface ExplainedUnits {
  readonly layer: string;
  /** Share of the samples asked for that were read, above 0; 1: final. */
  readonly share: number;
  readonly units: readonly UnitExplanation[];
}

/** What a run tells while it runs. */
export interface RunListener {
  onProgress(progress: RunProgress): void;
  /**
   * Units as they are explained, in no fixed order. Provisional ones (`share` below 1) come from the part of the probing set read so
   * far; later ones replace them.
   */
  onUnits(explained: ExplainedUnits): void;
  /** All units of a layer are explained: these are its results; what is left is saving. Their evidence can be asked for already. */
  onResults?(results: LayerResults): void;
}

/** Kept results, as lists show them and as an address finds them. */
export type RecentResults = ResultsLabel;

/** What thresholds can be tried without running the model again. */
export interface ThresholdLimits {
  /** Quantiles up to this; 1: any. */
  readonly quantile: number;
  /** Fixed thresholds at or above this, for the unit asked about; minus infinity: any. */
  readonly floor: number;
}

/**
 * The pictures behind results, and questions to the unit's activations and the probing set's cells; from storage or from what is open.
 * Nothing is computed again that was kept. Rejects with a Fault; `jobs/not-kept` where what it needs is neither kept nor open.
 */
export interface Evidence {
  /** A small picture of a sample as an object URL or null where samples have none; the caller does not revoke it. */
  thumbnail(sample: number): Promise<string | null>;
  /** The picture at its own size where the probing set is open, else the small one; the caller does not revoke it. */
  picture(sample: number): Promise<{ readonly url: string; readonly full: boolean } | null>;
  sampleName(sample: number): Promise<string>;
  /** Names of all samples, by number; for finding one. */
  sampleNames(): Promise<readonly string[]>;
  /** The two sentences of a sample; null where samples are no pairs. */
  pair(sample: number): Promise<SentencePair | null>;
  /** Which words of a pair make a formula true. Of samples that are no pairs: no words. */
  formulaOnPair(formula: Formula, sample: number): Promise<FormulaOnPair>;
  /** Gold labels of all samples, by number; null where none is given. Of pictures their scenes or classes (goldOfPictures). */
  goldLabels(): Promise<readonly (string | null)[]>;
  /** Where these come from; null where no sample has one. */
  goldSource(): Promise<GoldSource | null>;
  /** Reads gold labels of the samples out of a file. Rejects with `labels/...` naming file and row. */
  readLabels(file: File): Promise<LabelFile>;
  /** How often the model is right where each unit fires; null where gold labels or predictions are not known. */
  unitTallies(choice?: LabelChoice): Promise<UnitTallies | null>;
  /**
   * How units go together with the classes of the model, over the samples read; null where the output of classes is not kept.
   *
   * @param unit the only one asked for; null: all, in a worker of its own
   */
  classCorrelations(unit: number | null): Promise<ClassCorrelations | null>;
  /** The unit's mask on a sample at a threshold: `grid.height * grid.width` values, 0 or 1. */
  unitMask(unit: number, sample: number, threshold: number): Promise<Uint8Array>;
  /** The positions of a sample where a formula holds: values 0 or 1. */
  formulaMask(formula: Formula, sample: number): Promise<Uint8Array>;
  /**
   * The unit's activation enlarged to the grid, as the mask sees it; null where it was not kept since it cannot reach a threshold. A sample's
   * ready-made results keep only what masks depend on: NaN elsewhere.
   */
  activationMap(unit: number, sample: number): Promise<Float32Array | null>;
  /** Which concepts lie where in a sample. */
  sampleConcepts(sample: number): Promise<SampleConcepts>;
  /**
   * Explains a unit again with other settings, in milliseconds. While one is at work, a newer question takes the place of those waiting,
   * which reject with `jobs/stale`.
   */
  explain(unit: number, settings: ExplainSettings): Promise<UnitExplanation>;
  thresholdLimits(unit: number): Promise<ThresholdLimits>;
  /** Holds a formula against a unit's mask at a threshold. */
  measure(unit: number, threshold: number, formula: Formula): Promise<FormulaMeasures>;
  /** Measures of units' formulas, in their order; a few at a time, so that other questions are answered between them. `signal` ends it. */
  unitMeasures(
    units: readonly ToMeasure[],
    options?: { readonly onDone?: (done: number, total: number) => void; readonly signal?: AbortSignal },
  ): Promise<readonly UnitMeasures[]>;
  /**
   * Splits a unit's activations above 0 into `k` ranges, 1 or more, and explains each by itself. Rejects with `jobs/no-samples` where there are
   * only counts over cells.
   */
  ranges(unit: number, k: number, settings: SearchSettings): Promise<UnitRanges>;
  /** What the positions of units' masks tell about formulas, in their order; a few units at a time. */
  kindGrounds(
    units: readonly { readonly unit: number; readonly threshold: number; readonly formula: Formula }[],
  ): Promise<readonly KindGround[]>;
  /** How similar pairs of names are, in their order; loads the tables of words. */
  nameSimilarities(pairs: readonly (readonly [NamedConcept, NamedConcept])[]): Promise<readonly NameSimilarity[]>;
  /** What was noted of these results under a name, on this machine; null where nothing was. */
  note(name: string): Promise<unknown>;
  /** Notes something of these results in place of what was noted under that name; plain data. */
  keepNote(name: string, value: unknown): Promise<void>;
  /**
   * What units of these results are made of: a number for each of them and each unit of a lower layer of the same model, on the same samples.
   * Some units at a time: `signal` ends it between two answers.
   */
  contributions(
    lower: LayerResults,
    units: readonly number[],
    by: ContributionMeasure,
    signal?: AbortSignal,
  ): Promise<ContributionAnswer>;
  /** Samples where unit and formula agree or differ; `formula` null only for `firing`. */
  sampleList(unit: number, threshold: number, formula: Formula | null, kind: SampleListKind): Promise<SampleList>;
  /** Samples in which a formula holds. */
  formulaSamples(formula: Formula): Promise<FormulaSamples>;
  coverage(): Promise<ConceptCoverage>;
  /** The cells with the counts of all units' masks under the results' thresholds, as a file (docs/interchange.md). */
  cellTable(format: CellTableFormat): Promise<Blob>;
}

/**
 * A model with the activations of a layer in memory, so that what lies behind the layer can be run again and again in milliseconds. One at a
 * time; it lives in a worker of its own.
 */
export interface Ablation {
  readonly ground: AblationGround;
  /** Samples of the probing set that are not held since memory has a bound; 0: all are. */
  readonly leftOut: number;
  /** What the model says with units changed: an outcome for each change, in their order. `signal` ends it between two outcomes. */
  try(
    changes: readonly UnitChange[],
    options?: { readonly onDone?: (done: number) => void; readonly signal?: AbortSignal },
  ): Promise<readonly AblationOutcome[]>;
  /** The lines by which the units' best formulas stand in for them; made when first asked for, for all explained units. */
  standIns(options?: {
    /** Formulas of at most so many concepts, 1 or more; absent: of the most there are. */
    readonly length?: number;
    readonly onDone?: (done: number, total: number) => void;
    readonly signal?: AbortSignal;
  }): Promise<readonly FormulaStandIn[]>;
  /** Ends the worker. */
  close(): void;
}

/** What opening an {@link Ablation} tells while it reads. */
export interface AblationProgress {
  readonly stage: 'model' | 'activations';
  readonly done: number;
  readonly total: number;
}

/** A run that was broken off by a reload, a crash or a closed tab, and what of it is kept. */
export interface UnfinishedRun {
  readonly id: string;
  readonly probing: { readonly title: string; readonly contentHash: string };
  /** Name and hash of the model or of the file of activations. */
  readonly source: { readonly name: string; readonly hash: string };
  readonly request: RunRequest;
  /** Samples read. */
  readonly done: number;
  readonly total: number;
  /** ISO 8601 time of the last step kept. */
  readonly at: string;
}

/** What is kept on this machine of one probing set. Bytes as stored. */
export interface KeptOfProbing {
  readonly contentHash: string;
  readonly title: string;
  /** Concepts and cells. */
  readonly cells: number;
  readonly thumbnails: number;
  readonly layers: readonly KeptOfLayer[];
}

/** What is kept of one layer of a model (or of a file of activations) on a probing set. Bytes as stored. */
export interface KeptOfLayer {
  /** Hash of the model or the file. */
  readonly source: string;
  /** Name of the model file, or of the file of activations. */
  readonly sourceName: string;
  readonly layer: string;
  readonly activations: number;
  readonly results: number;
  readonly unfinished: number;
}

/** What to free: all of a probing set, of a model, or of a model on a probing set; at least one is given. */
export interface ToFree {
  readonly probing?: string;
  readonly source?: string;
}

/** A folder or file that was opened before and that the browser may open again when asked. */
export interface KnownFile {
  readonly id: string;
  readonly name: string;
  readonly kind: 'folder' | 'file';
  /** What it was: a model's or a probing set's hash. */
  readonly role: 'model' | 'probing' | 'activations';
  readonly hash: string;
  readonly handle: FileSystemHandle;
  /** ISO 8601 time. */
  readonly usedAt: string;
}

/** A workspace file to be saved. */
export interface WorkspaceRequest {
  /** Keys of the results it holds, one or more. */
  readonly keys: readonly string[];
  /** With activations, so that sliders and masks work where the model is not; without, formulas, numbers and small pictures only. */
  readonly withActivations: boolean;
  /** The address's part behind `#`, to come back to. */
  readonly view: string;
}

/** A workspace file that was opened: its results are kept here now, as if made here. */
export interface OpenedWorkspace {
  readonly keys: readonly string[];
  readonly view: string;
}

/** What a page may ask for. One instance; every method rejects with a Fault. */
export interface Workbench {
  openProbing(source: ProbingSource): Promise<OpenedProbing>;
  openModel(source: File | SampleName): Promise<OpenedModel>;
  /** A vocabulary or a tokenizer.json, for a model of sentence pairs. What was open stays where that fails. */
  openTokenizer(file: File): Promise<TokenizerInfo>;
  /** A `.npy` of activations, instead of a model. */
  openActivations(file: File): Promise<OpenedActivations>;
  /**
   * Files of cells, one or several that add up, with a concepts.csv or without: instead of a model and a probing set. Rejects with
   * `pipeline/not-cells` where a Parquet file has other columns: it may be one of activations.
   */
  openCells(files: readonly File[]): Promise<OpenedCells>;
  /**
   * Reads the activations of a layer's results again, to switch its units off. Needs the model and the probing set of the results to be open:
   * rejects with `jobs/not-open-for` naming what is missing, with `onnx/no-classes` where the model has no output of classes behind the layer.
   *
   * @param samples most samples to hold; null: as many as fit into 256 MiB
   */
  ablation(
    results: LayerResults,
    samples: number | null,
    onProgress: (progress: AblationProgress) => void,
  ): Job<Ablation>;
  /** Runs with what was opened last. A second run of the same model and probing set starts from the caches. */
  run(request: RunRequest, listener: RunListener): Job<readonly LayerResults[]>;
  /** What a run would cost. May try the model on a batch once, unless something runs. */
  estimate(request: RunRequest): Promise<RunEstimate>;
  recent(): Promise<readonly RecentResults[]>;
  results(key: string): Promise<LayerResults | null>;
  /** Forgets some kept results. */
  forget(key: string): Promise<void>;
  evidence(results: LayerResults): Evidence;
  /** Small pictures of the open probing set, for a look before anything runs: object URLs of samples spread over it, with their names. */
  previews(count: number): Promise<readonly { readonly sample: number; readonly name: string; readonly url: string }[]>;
  /** Pairs of the open probing set, spread over it; none where samples are no pairs. */
  previewPairs(
    count: number,
  ): Promise<readonly { readonly sample: number; readonly name: string; readonly pair: SentencePair }[]>;
  /** A zip that holds results, what their pictures need, and the view. Rejects with `jobs/not-kept` where something is missing. */
  saveWorkspace(request: WorkspaceRequest): Promise<Blob>;
  /** Bytes a workspace file would have, about, without and with activations; the second null where they are not kept. */
  workspaceSize(keys: readonly string[]): Promise<{ readonly without: number; readonly with: number | null }>;
  /** Opens a workspace file, or a sample's ready-made results. Nothing is replaced that is newer here. */
  openWorkspace(source: File | SampleName): Promise<OpenedWorkspace>;
  /** Runs that were broken off, latest first. {@link run} with the same request goes on where they stopped. */
  unfinished(): Promise<readonly UnfinishedRun[]>;
  /** Forgets what a broken-off run has kept. */
  forgetUnfinished(id: string): Promise<void>;
  /** What is kept on this machine, by probing set and model, largest first. */
  kept(): Promise<readonly KeptOfProbing[]>;
  /** Forgets what is kept of a probing set or a model, results and unfinished runs too. */
  free(what: ToFree): Promise<void>;
  /** Remembers where something came from, where the browser gives handles; the next visit can ask for it. */
  rememberFile(file: Omit<KnownFile, 'id' | 'usedAt'>): Promise<void>;
  knownFiles(): Promise<readonly KnownFile[]>;
  forgetFile(id: string): Promise<void>;
  /** Forgets everything kept on this machine. */
  clearStorage(): Promise<void>;
  /** Bytes used and allowed, as the browser estimates them. */
  storage(): Promise<{ readonly used: number; readonly quota: number }>;
}
