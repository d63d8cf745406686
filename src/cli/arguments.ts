import { parseArgs } from 'node:util';
import type { ExplainSettings } from '../engine/results/explanation.ts';
import type { PairOptions } from '../probing/pairs/pair-options.ts';
import { isPresetName, presetNames, type PresetName } from '../onnx/preprocess.ts';
import { checkCellsPath } from './cells-path.ts';
import { checkShard } from './check-shard.ts';
import { checkSources } from './check-sources.ts';
import { cliFaults } from './errors.ts';
import { names, number, shardOf, unitRange, whole } from './option-values.ts';
import { pairOptions, readPairOptions } from './pair-options.ts';
import { explicitSettings, readSettings, searchOptions, thresholdOptions } from './search-options.ts';

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
  /** Path of a vocabulary or tokenizer.json, for a model of sentence pairs. */
  readonly tokenizer: string | undefined;
  /** Names of the model's classes, in the order of its output. */
  readonly classes: readonly string[] | undefined;
  /** Path of a file of names of the classes of a model of pictures. */
  readonly classNames: string | undefined;
  /** Path of a file of gold labels, in place of the probing set's own. */
  readonly labels: string | undefined;
  /** Tokens in a row at most. */
  readonly maxTokens: number | undefined;
  /** What of sentence pairs becomes concepts; undefined: the reader's choice. */
  readonly pairs: PairOptions | undefined;
  /** Path of a file of word vectors. */
  readonly vectors: string | undefined;
  readonly activations: string | undefined;
  /** Files of cells in place of probing set and activations; undefined: none, else one or more. */
  readonly cells: readonly string[] | undefined;
  /** Path of the list of concepts that the cells name by number. */
  readonly concepts: string | undefined;
  /** Path of a file of thresholds, which then replace `settings.threshold`. */
  readonly thresholds: string | undefined;
  readonly settings: ExplainSettings;
  /** Those of `settings` that were asked for by name. */
  readonly explicit: Partial<ExplainSettings>;
  /** First and last unit, inclusive. */
  readonly units: readonly [number, number] | undefined;
  /** List the layers, explain nothing. */
  readonly layers: boolean;
  readonly out: string | undefined;
  /** Folder of the analysis. */
  readonly report: string | undefined;
  /** Samples on which the layer's units are switched off, at most; `all`: as many as fit into memory; undefined: none are. */
  readonly ablate: number | 'all' | undefined;
  /** Where to write the cells, `.parquet` or `.arrow`. */
  readonly writeCells: string | undefined;
  /** Read one shard only, into a folder of `out`, and explain nothing. */
  readonly shard: { readonly shard: number; readonly of: number } | undefined;
  /** Seconds between two steps that a shard saves, at most. */
  readonly saveEvery: number;
  /** Threads to explain on, and of the model; undefined: as many as are worth it. */
  readonly threads: number | undefined;
  /** No progress. */
  readonly quiet: boolean;
}

/** Threads that can be asked for, at most. */
export const MOST_THREADS_ASKED = 256;

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
      ...pairOptions,
      'class-names': { type: 'string' },
      labels: { type: 'string' },
      activations: { type: 'string' },
      cells: { type: 'string', multiple: true },
      concepts: { type: 'string' },
      ...searchOptions,
      ...thresholdOptions,
      units: { type: 'string' },
      layers: { type: 'boolean', default: false },
      out: { type: 'string' },
      report: { type: 'string' },
      ablate: { type: 'boolean', default: false },
      'write-cells': { type: 'string' },
      shard: { type: 'string' },
      'save-every': { type: 'string', default: '5' },
      threads: { type: 'string' },
      quiet: { type: 'boolean', default: false },
    },
  });
  const cells = values.cells ?? [];
  let ablate = values.ablate ? 'all' : undefined;
  for (const [i, token] of tokens.entries()) {
    if (token.kind !== 'positional') continue;
    const before = tokens.slice(0, i).findLast(({ kind }) => kind !== 'positional');
    // The number behind `--ablate` may be left out, which parseArgs does not know.
    if (before?.kind === 'option' && before.name === 'ablate' && ablate === 'all' && tokens[i - 1] === before) {
      ablate = token.value;
      continue;
    }
    // `--cells A B C` is the only option that takes several words.
    if (before?.kind !== 'option' || before.name !== 'cells') throw new Error(`Unexpected argument '${token.value}'.`);
    cells.push(token.value);
  }
  const given = new Set(tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : [])));
  return { values, cells, ablate, given };
}

/**
 * Reads the command line.
 *
 * @throws Fault `cli/usage` with what is wrong
 */
export function readArguments(words: readonly string[]): Arguments {
  const { values: options, cells, ablate, given } = parsed(() => readOptions(words));
  const { help: asked, sample, probing, model, layer, preprocess, activations, thresholds, layers, out } = options;
  if (!asked) {
    checkSources({ ...options, cells });
    checkShard(given);
    checkAblate(given);
  }
  if (preprocess !== undefined && !isPresetName(preprocess)) {
    throw cliFaults.usage(`--preprocess takes one of ${presetNames.join(', ')}, not ${preprocess}.`);
  }
  const settings = readSettings(options);
  const notNegative = (value: number): boolean => value >= 0 && Number.isFinite(value);
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
    report: options.report,
    ablate: ablate === undefined || ablate === 'all' ? ablate : whole('--ablate', ablate, 1, 2 ** 31),
    writeCells: checkCellsPath(options['write-cells']),
    units: options.units === undefined ? undefined : unitRange(options.units),
    settings,
    explicit: explicitSettings(settings, given),
    tokenizer: options.tokenizer,
    classes: options.classes === undefined ? undefined : names(options.classes),
    classNames: options['class-names'],
    labels: options.labels,
    maxTokens:
      options['max-tokens'] === undefined ? undefined : whole('--max-tokens', options['max-tokens'], 3, 65_536),
    pairs: readPairOptions(options),
    vectors: options.vectors,
    shard: options.shard === undefined ? undefined : shardOf(options.shard, process.env),
    saveEvery: number('--save-every', options['save-every'], notNegative, 'a number of seconds from 0'),
    threads: threadsAsked(options.threads),
    quiet: options.quiet,
  };
}

/** @throws Fault `cli/usage`, if there is no model whose units could be switched off, or nothing to write what comes of it into */
function checkAblate(given: ReadonlySet<string>): void {
  if (!given.has('ablate')) return;
  if (!given.has('report')) throw cliFaults.usage('--ablate goes with --report, which says what comes of it.');
  const source = ['activations', 'cells'].find((name) => given.has(name));
  if (source !== undefined)
    throw cliFaults.usage(`--ablate needs the model itself: there are no units to switch off with --${source}.`);
}

/** Threads asked for. @throws Fault `cli/usage` */
export const threadsAsked = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : whole('--threads', text, 1, MOST_THREADS_ASKED);

/** What a parser of words gives; what it throws becomes a Fault `cli/usage`. */
export function parsed<Read>(parse: () => Read): Read {
  try {
    return parse();
  } catch (error) {
    const [first] = (error instanceof Error ? error.message : String(error)).split(/\.\s/);
    throw cliFaults.usage(`${first.replace(/\.$/, '')}.`);
  }
}
