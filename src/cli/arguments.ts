import { parseArgs } from 'node:util';
import { defaultSettings as defaults } from '../engine/results/default-settings.ts';
import type { ExplainSettings, SearchOperator, ThresholdRule } from '../engine/results/explanation.ts';
import { isPresetName, presetNames, type PresetName } from '../onnx/preprocess.ts';
import { isCellsPath } from './cells-path.ts';
import { checkSources } from './check-sources.ts';
import { cliFaults } from './errors.ts';

/** What the command line was asked for. */
export interface Arguments {
  readonly help: boolean;
  readonly sample: string | undefined;
  readonly probing: string | undefined;
  /** Names of the categories to probe; undefined: the reader's choice. */
  readonly categories: readonly string[] | undefined;
  /** Names of the splits to read; undefined: all. */
  readonly splits: readonly string[] | undefined;
  /** Compute color concepts where the probing set brings none. */
  readonly colors: boolean;
  readonly model: string | undefined;
  readonly layer: string | undefined;
  readonly preprocess: PresetName | undefined;
  readonly activations: string | undefined;
  /** Files of cells in place of probing set and activations; undefined: none, else one or more. */
  readonly cells: readonly string[] | undefined;
  /** Path of the list of concepts that the cells name by number. */
  readonly concepts: string | undefined;
  /** Path of a file of thresholds, which then replace `settings.threshold`. */
  readonly thresholds: string | undefined;
  readonly settings: ExplainSettings;
  /** First and last unit, inclusive. */
  readonly units: readonly [number, number] | undefined;
  /** List the layers, explain nothing. */
  readonly layers: boolean;
  readonly out: string | undefined;
  /** Where to write the cells, `.parquet` or `.arrow`. */
  readonly writeCells: string | undefined;
}

/** Names of the operators a search may use. */
const operatorNames: readonly SearchOperator[] = defaults.operators;

function readOptions(words: readonly string[]) {
  const { values, tokens } = parseArgs({
    args: [...words],
    strict: true,
    allowPositionals: true,
    tokens: true,
    options: {
      help: { type: 'boolean', default: false },
      sample: { type: 'string' },
      probing: { type: 'string' },
      categories: { type: 'string' },
      splits: { type: 'string' },
      'no-colors': { type: 'boolean', default: false },
      model: { type: 'string' },
      layer: { type: 'string' },
      preprocess: { type: 'string' },
      activations: { type: 'string' },
      cells: { type: 'string', multiple: true },
      concepts: { type: 'string' },
      length: { type: 'string', default: String(defaults.length) },
      beam: { type: 'string', default: String(defaults.beam) },
      penalty: { type: 'string', default: String(defaults.penalty) },
      candidates: { type: 'string' },
      operators: { type: 'string' },
      without: { type: 'string' },
      quantile: { type: 'string' },
      above: { type: 'string' },
      thresholds: { type: 'string' },
      mode: { type: 'string', default: defaults.mode },
      'min-active': { type: 'string', default: String(defaults.minActive) },
      'min-concept': { type: 'string', default: String(defaults.minConcept) },
      units: { type: 'string' },
      layers: { type: 'boolean', default: false },
      out: { type: 'string' },
      'write-cells': { type: 'string' },
    },
  });
  const cells = values.cells ?? [];
  for (const [i, token] of tokens.entries()) {
    if (token.kind !== 'positional') continue;
    const before = tokens.slice(0, i).findLast(({ kind }) => kind !== 'positional');
    // `--cells A B C` is the only option that takes several words.
    if (before?.kind !== 'option' || before.name !== 'cells') throw new Error(`Unexpected argument '${token.value}'.`);
    cells.push(token.value);
  }
  return { values, cells };
}

/**
 * Reads the command line.
 *
 * @throws Fault `cli/usage` with what is wrong
 */
export function readArguments(words: readonly string[]): Arguments {
  let read: ReturnType<typeof readOptions>;
  try {
    read = readOptions(words);
  } catch (error) {
    const [first] = (error instanceof Error ? error.message : String(error)).split('. ');
    throw cliFaults.usage(`${first.replace(/\.$/, '')}.`);
  }
  const { values: options, cells } = read;
  const writeCells = options['write-cells'];
  const { help: asked, sample, probing, model, layer, preprocess, activations, thresholds, layers, out } = options;
  if (!asked) checkSources({ ...options, cells });
  if (writeCells !== undefined && !isCellsPath(writeCells)) {
    throw cliFaults.usage(`--write-cells takes a name that ends in .parquet or .arrow, not ${writeCells}.`);
  }
  if (preprocess !== undefined && !isPresetName(preprocess)) {
    throw cliFaults.usage(`--preprocess takes one of ${presetNames.join(', ')}, not ${preprocess}.`);
  }
  const { mode } = options;
  if (mode !== 'default' && mode !== 'reference')
    throw cliFaults.usage(`--mode takes default or reference, not ${mode}.`);
  return {
    help: asked,
    sample,
    probing,
    categories: options.categories === undefined ? undefined : names(options.categories),
    splits: options.splits === undefined ? undefined : names(options.splits),
    colors: !options['no-colors'],
    model,
    layer,
    preprocess,
    activations,
    cells: cells.length === 0 ? undefined : cells,
    concepts: options.concepts,
    thresholds,
    layers,
    out,
    writeCells,
    units: options.units === undefined ? undefined : unitRange(options.units),
    settings: {
      length: whole('--length', options.length, 1, 100),
      beam: whole('--beam', options.beam, 1, 1000),
      penalty: number('--penalty', options.penalty, (value) => value > 0 && value <= 1, 'above 0 and at most 1'),
      candidates:
        options.candidates === undefined ? defaults.candidates : whole('--candidates', options.candidates, 1, 65_535),
      minActive: whole('--min-active', options['min-active'], 0, Number.MAX_SAFE_INTEGER),
      minConcept: whole('--min-concept', options['min-concept'], 0, Number.MAX_SAFE_INTEGER),
      threshold: thresholdRule(options),
      mode,
      operators: options.operators === undefined ? defaults.operators : operators(options.operators),
      without: options.without === undefined ? defaults.without : names(options.without),
    },
  };
}

type Options = ReturnType<typeof readOptions>['values'];

const names = (text: string): readonly string[] => text.split(',').map((name) => name.trim());

function operators(text: string): readonly SearchOperator[] {
  const asked = names(text);
  const wrong = asked.find((name) => !operatorNames.some((operator) => operator === name));
  if (wrong !== undefined) {
    throw cliFaults.usage(`--operators takes some of ${operatorNames.join(', ')}, not ${wrong || 'empty'}.`);
  }
  return operatorNames.filter((operator) => asked.includes(operator));
}

function thresholdRule({ quantile, above, thresholds }: Options): ThresholdRule {
  if ([quantile, above, thresholds].filter((value) => value !== undefined).length > 1) {
    throw cliFaults.usage('Give one of --quantile, --above and --thresholds.');
  }
  if (above !== undefined) return { kind: 'fixed', above: number('--above', above, Number.isFinite, 'a number') };
  if (quantile === undefined) return defaults.threshold;
  const share = number('--quantile', quantile, (value) => value > 0 && value < 1, 'between 0 and 1');
  return { kind: 'quantile', quantile: share };
}

function number(option: string, text: string, allowed: (value: number) => boolean, wanted: string): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (!allowed(value)) throw cliFaults.usage(`${option} must be ${wanted}, not ${text || 'empty'}.`);
  return value;
}

function whole(option: string, text: string, least: number, most: number): number {
  const allowed = (value: number): boolean => Number.isInteger(value) && value >= least && value <= most;
  return number(
    option,
    text,
    allowed,
    most === Number.MAX_SAFE_INTEGER ? `a whole number from ${least}` : `a whole number from ${least} to ${most}`,
  );
}

function unitRange(text: string): readonly [number, number] {
  const found = /^(\d+)(?:-(\d+))?$/.exec(text);
  const first = Number(found?.[1]);
  const last = Number(found?.[2] ?? found?.[1]);
  if (!found || last < first) throw cliFaults.usage(`--units takes a range such as 0-63, not ${text}.`);
  return [first, last];
}
