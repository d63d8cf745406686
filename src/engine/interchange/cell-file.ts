import type { Grid } from '../concepts.ts';
import type { ThresholdRule } from '../results/explanation.ts';
import type { ActivationProvenance, ProbingProvenance } from '../results/layer-results.ts';
import { cellFaults } from './errors.ts';

/** Key of the metadata that a file of cells may carry, in Parquet's key-value metadata and in Arrow's schema. */
export const METADATA_KEY = 'formulens';

/** Version of that metadata; raised when a field changes its meaning. */
export const cellsSchema = 'formulens/cells/1';

/** The columns of a file of cells (docs/interchange.md). */
export const COLUMNS = ['concepts', 'n', 'units', 'fires'] as const;

/** A concept as a file lists it; its id is its place in the list. */
export interface ListedConcept {
  readonly number: number;
  readonly name: string;
  readonly category: string;
}

/** What cells alone do not tell of a unit. */
export interface ListedUnit {
  /** T; null where it is unknown or the unit has none. */
  readonly threshold: number | null;
  /** Samples in which the mask has a position; shards add up. */
  readonly firing: number;
  /** Why its mask is empty, where that is known. */
  readonly state: 'constant' | 'not-finite' | null;
}

/** What a file of cells says of itself; everything may be missing. */
export interface CellFileInfo {
  /** In order of id. */
  readonly concepts: readonly ListedConcept[] | null;
  /** For each concept those whose union NEIGHBORS of it is, where word vectors were given. */
  readonly neighbors: readonly (readonly number[])[] | null;
  readonly unitCount: number | null;
  /** Samples counted in this file; shards add up. */
  readonly samples: number | null;
  readonly grid: Grid | null;
  readonly threshold: ThresholdRule | null;
  /** One entry a unit. */
  readonly units: readonly ListedUnit[] | null;
  readonly probing: ProbingProvenance | null;
  readonly activations: ActivationProvenance | null;
}

/** Of a file that says nothing. */
export const NO_INFO: CellFileInfo = {
  concepts: null,
  neighbors: null,
  unitCount: null,
  samples: null,
  grid: null,
  threshold: null,
  units: null,
  probing: null,
  activations: null,
};

/** The metadata as text. */
export function infoText(info: CellFileInfo): string {
  return JSON.stringify({ schema: cellsSchema, ...info });
}

/**
 * Reads the metadata of a file of cells.
 *
 * @param text null or undefined where the file has none
 * @param file for messages
 * @throws Fault naming the file, if it is no such metadata, or of a newer version
 */
export function readInfo(text: string | null | undefined, file: string): CellFileInfo {
  if (text === null || text === undefined) return NO_INFO;
  const refuse = (problem: string): never => {
    throw cellFaults.metadata(file, problem);
  };
  const found = record(parsed(text)) ?? refuse('it is no JSON object');
  if (found['schema'] !== cellsSchema) {
    throw cellFaults['newer-schema'](file, String(found['schema'] ?? 'an unknown schema'), cellsSchema);
  }
  const optional = <Value>(key: keyof CellFileInfo, wanted: string, is: (value: unknown) => boolean): Value | null => {
    const value = found[key] ?? null;
    if (value !== null && !is(value)) refuse(`${key} must be ${wanted}`);
    return value as Value | null;
  };
  return {
    concepts: optional('concepts', 'a list of objects with number, name and category', listOf(isConcept)),
    neighbors: optional('neighbors', 'a list of lists of concept ids', listOf(listOf(isCount))),
    unitCount: optional('unitCount', 'a whole number', isCount),
    samples: optional('samples', 'a whole number', isCount),
    grid: optional('grid', 'an object with height and width', isGrid),
    threshold: optional('threshold', 'a threshold rule', isRule),
    units: optional('units', 'a list of objects with threshold, firing and state', listOf(isUnit)),
    probing: optional('probing', 'what a probing set was', isProbing),
    activations: optional('activations', 'where activations came from', isActivations),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type Check = (value: unknown) => boolean;

const record = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
const isText: Check = (value) => typeof value === 'string';
const isCount: Check = (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
const isNumber: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const listOf =
  (is: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(is);
const fields =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) => {
    const found = record(value);
    return found !== undefined && Object.entries(checks).every(([key, is]) => is(found[key]));
  };
const isConcept = fields({ number: isCount, name: isText, category: isText });
const isGrid = fields({ height: isCount, width: isCount });
const isUnit = fields({
  threshold: (value) => value === null || isNumber(value),
  firing: isCount,
  state: (value) => value === null || value === 'constant' || value === 'not-finite',
});
const isProbing = fields({
  format: isText,
  title: isText,
  contentHash: isText,
  sampleCount: isCount,
  grid: isGrid,
  notes: listOf(isText),
  synthetic: (value) => typeof value === 'boolean',
});
const isEncoding = fields({
  roles: (value) => Object.values(record(value) ?? { none: null }).every(isText),
  order: (value) => value === 'batch-first' || value === 'tokens-first',
  tokenizer: (value) => value === null || fields({ kind: isText, name: isText, hash: isText })(value),
  maxTokens: isCount,
  classes: listOf(isText),
});
const isFeed: Check = (value) => {
  const kind = record(value)?.['kind'];
  if (kind === 'pairs') return fields({ encoding: isEncoding })(value);
  return kind === 'pictures' && fields({ height: isCount, width: isCount })(value);
};
const isModel = fields({
  name: isText,
  hash: isText,
  layer: isText,
  operator: isText,
  feed: isFeed,
  provider: isText,
  providerNote: isText,
  runtimeVersion: isText,
});
const isActivations: Check = (value) => {
  const kind = record(value)?.['kind'];
  return kind === 'file' ? fields({ name: isText, hash: isText })(value) : kind === 'model' && isModel(value);
};
const isRule: Check = (value) => {
  const kind = record(value)?.['kind'];
  if (kind === 'quantile') return fields({ quantile: isNumber })(value);
  if (kind === 'fixed') return fields({ above: isNumber })(value);
  return kind === 'given' && fields({ thresholds: listOf(isNumber) })(value);
};

/** The rule the cells were counted by; where that is not known, given thresholds, as far as they are. */
export function ruleOfCells({ threshold, units }: CellFileInfo): ThresholdRule {
  if (threshold) return threshold;
  const known = (units ?? []).flatMap((unit) => (unit.threshold === null ? [] : [unit.threshold]));
  return { kind: 'given', thresholds: known.length === units?.length ? known : [] };
}
