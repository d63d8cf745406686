import { defaultSettings } from '../engine/results/default-settings.ts';
import type { FeedProvenance, LayerResults } from '../engine/results/layer-results.ts';
import type { PairEncoding } from '../engine/text/pair-encoding.ts';
import type { Preprocessing, RecentResults, RunRequest } from '../jobs/api.ts';
import { isPresetName, presets } from '../onnx/preprocess.ts';
import type { PageSettings } from './defaults.ts';
import { settingsProblems } from './defaults.ts';
import { readSettingsText, settingsText, textParts } from './settings-text.ts';

/** What a run was asked for, as an address says it. */
export interface Asked {
  readonly settings: PageSettings;
  /** How pictures become the model's input; null: not said. */
  readonly preprocessing: Preprocessing | null;
  /** Height and width of the model's input. */
  readonly input: readonly [number, number];
  /** How sentence pairs become the model's input; absent where pictures do, or where it is not said. */
  readonly tokens?: AskedTokens;
}

/** How sentence pairs become a model's input, as an address says it. */
export interface AskedTokens {
  /** First digits of the tokenizer's hash. */
  readonly tokenizer: string;
  /** Tokens in a row at most. */
  readonly maxTokens: number;
}

/** How samples become input, in an address. */
type AskedInput = Omit<Asked, 'settings'>;

const usualInput: readonly [number, number] = [224, 224];
const usualPreset = 'imagenet';
const largestInput = 8192;
/** Hex digits of a tokenizer's hash. */
const tokenizerDigits = 8;

/** What an address without a word about it means. */
export const defaultAsked: Asked = {
  settings: { ...defaultSettings, units: null, samples: null },
  preprocessing: presets[usualPreset],
  input: usualInput,
};

/** Compact text of what was asked for: what differs from the defaults; empty where nothing does. */
export function askedText({ settings, preprocessing, input, tokens }: Asked): string {
  const texts = [settingsText(settings, defaultSettings)];
  if (settings.units) texts.push(`units-${settings.units.join('.')}`);
  if (settings.samples !== null) texts.push(`samples-${settings.samples}`);
  if (tokens) texts.push(`tokens-${tokens.tokenizer}.${tokens.maxTokens}`);
  else if (preprocessing === null) texts.push('preset-any');
  else if (preprocessing.preset !== usualPreset) texts.push(`preset-${presetText(preprocessing)}`);
  if (input[0] !== usualInput[0] || input[1] !== usualInput[1]) texts.push(`input-${input.join('.')}`);
  return texts.filter((text) => text !== '').join('_');
}

/** Reads what {@link askedText} wrote. Parts that are unknown or make no sense are passed over. Never throws. */
export function readAsked(text: string): Asked {
  let asked: Asked = {
    ...defaultAsked,
    settings: { ...defaultAsked.settings, ...readSettingsText(text, defaultSettings) },
  };
  for (const [name, value] of textParts(text)) {
    if (name === 'units') asked = withSettings(asked, { units: readPair(value) });
    else if (name === 'samples') asked = withSettings(asked, { samples: Number(value) });
    else if (name === 'preset') asked = { ...asked, preprocessing: readPreset(value, asked.preprocessing) };
    else if (name === 'input') asked = { ...asked, input: readInput(value) };
    else if (name === 'tokens') asked = { ...asked, ...readTokens(value) };
  }
  return asked;
}

/** What results were asked for. All units and all samples are null, as in a run's settings. */
export function askedOf({ settings, unitRange, unitCount, samplesRead, probing, activations }: LayerResults): Asked {
  const all = unitRange[0] === 0 && unitRange[1] === unitCount - 1;
  const page = {
    ...settings,
    units: all ? null : unitRange,
    samples: samplesRead < probing.sampleCount ? samplesRead : null,
  };
  if (activations.kind === 'file') return { ...defaultAsked, settings: page };
  return { settings: page, ...askedInput(activations.feed) };
}

/** What an entry of the list of kept results says of what was asked for. */
export function askedOfRecent({ settings, unitRange, unitCount, samplesRead }: RecentResults): Asked {
  const all = unitRange[0] === 0 && unitRange[1] === unitCount - 1;
  return {
    ...defaultAsked,
    settings: { ...settings, units: all ? null : unitRange, samples: samplesRead },
    preprocessing: null,
  };
}

/** What a run asks for. */
export function askedOfRequest(
  { activations, settings, units, samples }: RunRequest,
  sampleCount: number,
  unitCount: number | null,
): Asked {
  const all = units === null || (unitCount !== null && units[0] === 0 && units[1] >= unitCount - 1);
  const some = samples !== null && samples < sampleCount ? samples : null;
  const page = { ...settings, units: all ? null : units, samples: some };
  if (activations.kind !== 'model') return { ...defaultAsked, settings: page };
  return { settings: page, ...askedInput(activations.feed) };
}

/** Whether results are what an address asked for. Where it does not say how samples became input, any way will do. */
export function isAsked(text: string, results: LayerResults): boolean {
  const made = askedOf(results);
  if (askedText(made) === text) return true;
  const wanted = readAsked(text);
  const { settings: _, ...input } = wanted.preprocessing === null && !wanted.tokens ? made : wanted;
  const samples = wanted.settings.samples === results.samplesRead ? made.settings.samples : wanted.settings.samples;
  return askedText({ ...input, settings: { ...wanted.settings, samples } }) === askedText(made);
}

/** First digits of a tokenizer's hash, as an address has them. */
export function tokenizerPrefix(hash: string): string {
  return hash.slice(0, tokenizerDigits);
}

function askedInput(feed: FeedProvenance): AskedInput {
  if (feed.kind === 'pairs') {
    const { preprocessing, input } = defaultAsked;
    return { preprocessing, input, tokens: tokensOf(feed.encoding) };
  }
  return { preprocessing: knownPreprocessing(feed.preprocessing), input: [feed.height, feed.width] };
}

function tokensOf({ tokenizer, maxTokens }: PairEncoding): AskedTokens {
  return { tokenizer: tokenizerPrefix(tokenizer?.hash ?? ''), maxTokens };
}

function readTokens(text: string): Pick<Asked, 'tokens'> {
  const [tokenizer, digits] = text.split('.');
  const maxTokens = Number(digits);
  const sensible = /^[0-9a-f]{8}$/.test(tokenizer) && Number.isInteger(maxTokens) && maxTokens >= 1;
  return sensible ? { tokens: { tokenizer, maxTokens } } : {};
}

function withSettings(asked: Asked, change: Partial<PageSettings>): Asked {
  const settings = { ...asked.settings, ...change };
  return Object.keys(settingsProblems(settings)).length > 0 ? asked : { ...asked, settings };
}

function readPair(text: string): readonly [number, number] {
  const [first, last] = text.split('.').map(Number);
  return [first ?? Number.NaN, last ?? Number.NaN];
}

function readInput(text: string): readonly [number, number] {
  const [height, width] = readPair(text);
  const sensible = [height, width].every((size) => Number.isInteger(size) && size > 0 && size <= largestInput);
  return sensible ? [height, width] : usualInput;
}

/** A preset's name, or order, scale, means and deviations. */
function presetText({ preset, order, scale, mean, std }: Preprocessing): string {
  return preset === 'custom' ? [order, scale, ...mean, ...std].join('*') : preset;
}

function readPreset(text: string, fallback: Preprocessing | null): Preprocessing | null {
  if (text === 'any') return null;
  if (isPresetName(text)) return presets[text];
  const [order, ...words] = text.split('*');
  const [scale, m0, m1, m2, s0, s1, s2] = words.map(Number);
  const sensible = words.length === 7 && words.every((word) => word !== '' && Number.isFinite(Number(word)));
  if (!sensible || (order !== 'RGB' && order !== 'BGR')) return fallback;
  return { preset: 'custom', order, scale, mean: [m0, m1, m2], std: [s0, s1, s2] };
}

function knownPreprocessing(stored: unknown): Preprocessing | null {
  const known =
    typeof stored === 'object' && stored !== null && 'preset' in stored && 'mean' in stored && 'std' in stored;
  return known ? (stored as Preprocessing) : null;
}
