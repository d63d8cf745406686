import { parseArgs } from 'node:util';
import { defaultSettings as defaults } from '../engine/results/default-settings.ts';
import type { ExplainSettings, SearchOperator, ThresholdRule } from '../engine/results/explanation.ts';
import { isPresetName, presetNames, type PresetName } from '../onnx/preprocess.ts';
import { cliFaults } from './errors.ts';

/** What the command line was asked for. */
export interface Arguments {
  readonly help: boolean;
  readonly sample: string | undefined;
  readonly probing: string | undefined;
  /** Names of the categories to probe; undefined: the reader's choice. */
  readonly categories: readonly string[] | undefined;
  readonly model: string | undefined;
  readonly layer: string | undefined;
  readonly preprocess: PresetName | undefined;
  readonly activations: string | undefined;
  /** Path of a file of thresholds, which then replace `settings.threshold`. */
  readonly thresholds: string | undefined;
  readonly settings: ExplainSettings;
  /** First and last unit, inclusive. */
  readonly units: readonly [number, number] | undefined;
  /** List the layers, explain nothing. */
  readonly layers: boolean;
  readonly out: string | undefined;
}

/** Names of the samples. */
export const sampleNames = ['scenes', 'coco-mobilenet'] as const;

/** Names of the operators a search may use. */
const operatorNames: readonly SearchOperator[] = defaults.operators;

/** What `--help` prints. */
export const help = `Explains the units of a neural network by formulas over concepts.

  npm run -s explain -- --sample NAME
  npm run -s explain -- --probing DIR|ZIP --model M.onnx [--layer TENSOR] [--preprocess PRESET]
  npm run -s explain -- --probing DIR|ZIP --activations A.npy

  --sample NAME        ${sampleNames.join(' or ')}
  --probing DIR|ZIP    a probing set: Broden's layout, or concepts.npy and concepts.csv
  --categories A,B     probe these categories only (all but material)
  --model M.onnx       the model; --layers lists its layers
  --layer TENSOR       the layer to explain; by default the last convolutional activation before pooling
  --preprocess PRESET  ${presetNames.join(', ')}
  --activations A.npy  float32, [samples, units, height, width] or [samples, units]
  --length N           concepts in a formula at most (3)
  --beam B             formulas kept at each step (10)
  --penalty P          factor for each concept beyond the first, above 0 up to 1 (1)
  --candidates K       extend by the K best single concepts only (all)
  --operators A,B      grow formulas by these only: ${operatorNames.join(', ')} (all)
  --without A,B        concepts of these categories stand in no formula (none)
  --quantile Q         a unit's mask is its strongest share Q (0.005), or
  --above T            its activations above T, or
  --thresholds T.npy   above its own threshold, one a unit
  --mode MODE          default, or reference: the reference program's search to the last digit
  --min-active K       leave out units with fewer mask positions (0)
  --units A-B          explain units A to B only
  --out DIR            write the table (CSV) and explanations.json there
`;

function readOptions(words: readonly string[]) {
  return parseArgs({
    args: [...words],
    strict: true,
    allowPositionals: false,
    options: {
      help: { type: 'boolean', default: false },
      sample: { type: 'string' },
      probing: { type: 'string' },
      categories: { type: 'string' },
      model: { type: 'string' },
      layer: { type: 'string' },
      preprocess: { type: 'string' },
      activations: { type: 'string' },
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
      units: { type: 'string' },
      layers: { type: 'boolean', default: false },
      out: { type: 'string' },
    },
  }).values;
}

/**
 * Reads the command line.
 *
 * @throws Fault `cli/usage` with what is wrong
 */
export function readArguments(words: readonly string[]): Arguments {
  let options: ReturnType<typeof readOptions>;
  try {
    options = readOptions(words);
  } catch (error) {
    const [first] = (error instanceof Error ? error.message : String(error)).split('. ');
    throw cliFaults.usage(`${first.replace(/\.$/, '')}.`);
  }
  const { help: asked, sample, probing, model, layer, preprocess, activations, thresholds, layers, out } = options;
  if (!asked) checkSources(options);
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
    model,
    layer,
    preprocess,
    activations,
    thresholds,
    layers,
    out,
    units: options.units === undefined ? undefined : unitRange(options.units),
    settings: {
      length: whole('--length', options.length, 1, 100),
      beam: whole('--beam', options.beam, 1, 1000),
      penalty: number('--penalty', options.penalty, (value) => value > 0 && value <= 1, 'above 0 and at most 1'),
      candidates:
        options.candidates === undefined ? defaults.candidates : whole('--candidates', options.candidates, 1, 65_535),
      minActive: whole('--min-active', options['min-active'], 0, Number.MAX_SAFE_INTEGER),
      threshold: thresholdRule(options),
      mode,
      operators: options.operators === undefined ? defaults.operators : operators(options.operators),
      without: options.without === undefined ? defaults.without : names(options.without),
    },
  };
}

type Options = ReturnType<typeof readOptions>;

function checkSources({ sample, probing, model, layer, preprocess, activations, layers }: Options): void {
  if (sample !== undefined) {
    const [extra] = Object.entries({ '--probing': probing, '--model': model, '--activations': activations }).filter(
      ([, value]) => value !== undefined,
    );
    if (extra)
      throw cliFaults.usage(`--sample brings its own model and probing set, so ${extra[0]} has no place beside it.`);
    if (!sampleNames.some((name) => name === sample)) {
      throw cliFaults.usage(`--sample takes ${sampleNames.join(' or ')}, not ${sample}.`);
    }
    return;
  }
  if (model !== undefined && activations !== undefined)
    throw cliFaults.usage('Give --model or --activations, not both.');
  if (activations !== undefined && (layer !== undefined || preprocess !== undefined || layers)) {
    throw cliFaults.usage('--layer, --layers and --preprocess need --model.');
  }
  if (layers && model !== undefined) return;
  if (probing === undefined) throw cliFaults.usage('Give --sample, or --probing with --model or --activations.');
  if (model === undefined && activations === undefined)
    throw cliFaults.usage('Give --model or --activations with --probing.');
}

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
