import type { ActivationProvenance, LayerResults } from '../engine/results/layer-results.ts';
import type { RecentResults, RunRequest } from '../jobs/api.ts';
import { askedOf, askedOfRecent, askedOfRequest, askedText, isAsked, readAsked } from './asked.ts';
import type { Route } from './route.ts';
import { home } from './route.ts';
import { settingsText } from './settings-text.ts';

/** The part of an address that says whose results are shown. */
export type Which = Pick<Route, 'model' | 'file' | 'probing' | 'set' | 'layer' | 'asked'>;

/** Hex digits of a hash that stand in an address. */
export const hashDigits = 16;

/** No results in particular. */
export const noWhich: Which = { model: '', file: '', probing: '', set: '', layer: '', asked: '' };

/** The way of looking at results that nothing narrows: everything of an address but the page and the results. */
export const freshView = Object.fromEntries(
  Object.entries(home).filter(([name]) => name !== 'page' && !Object.hasOwn(noWhich, name)),
) as unknown as Omit<Route, 'page' | keyof Which>;

/** The part of a route that says whose results are shown. */
export function whichOfRoute({ model, file, probing, set, layer, asked }: Route): Which {
  return { model, file, probing, set, layer, asked };
}

/** How results stand in an address. */
export function whichOf(results: LayerResults): Which {
  const { activations, probing } = results;
  return {
    ...ofFiles(activations, probing),
    layer: activations.kind === 'model' ? activations.layer : activations.name,
    asked: askedText(askedOf(results)),
  };
}

/** How an entry of the list of kept results stands in an address. */
export function whichOfRecent(recent: RecentResults): Which {
  const { activations, probingHash, title, layer } = recent;
  return {
    ...ofFiles(activations, { contentHash: probingHash, title }),
    layer,
    asked: askedText(askedOfRecent(recent)),
  };
}

/** How what a run will make stands in an address. */
export function whichOfRun(
  source: Pick<ActivationProvenance, 'name' | 'hash'>,
  probing: { readonly contentHash: string; readonly title: string; readonly sampleCount: number },
  layer: string,
  request: RunRequest,
  unitCount: number | null,
): Which {
  return {
    ...ofFiles(source, probing),
    layer,
    asked: askedText(askedOfRequest(request, probing.sampleCount, unitCount)),
  };
}

/** Whether two addresses are about the same results. */
export function sameWhich(one: Which, other: Which): boolean {
  const names = Object.keys(noWhich) as readonly (keyof Which)[];
  return names.every((name) => one[name] === other[name]);
}

/** Whether two addresses ask the same of the same files, however these are named. */
export function sameQuestion(one: Which, other: Which): boolean {
  const [text, otherText] = [one, other].map(({ asked }) => askedText(readAsked(asked)));
  return sameFiles(one, other) && one.layer === other.layer && text === otherText;
}

/** Whether nothing is said about whose results are shown. */
export function isNoWhich(which: Which): boolean {
  return which.model === '' && which.probing === '' && which.layer === '';
}

/** Whether results are those an address is about; a name that changed does not matter, the hashes do. */
export function isWhich(which: Which, results: LayerResults): boolean {
  const made = whichOf(results);
  return sameFiles(which, made) && which.layer === made.layer && isAsked(which.asked, results);
}

/** Whether an entry of the list of kept results may be what an address is about; {@link isWhich} says so for certain. */
export function mayBeWhich(which: Which, recent: RecentResults): boolean {
  const made = whichOfRecent(recent);
  const wanted = readAsked(which.asked).settings;
  return (
    sameFiles(which, made) &&
    which.layer === made.layer &&
    settingsText(wanted, recent.settings) === '' &&
    (wanted.samples === null || wanted.samples === recent.samplesRead)
  );
}

/** Whether a file's hash is the one an address has the first digits of. */
export function isHash(prefix: string, hash: string): boolean {
  return prefix !== '' && hash.startsWith(prefix);
}

function sameFiles(which: Which, made: Which): boolean {
  return which.model === made.model && which.probing === made.probing;
}

function ofFiles(
  { name, hash }: Pick<ActivationProvenance, 'name' | 'hash'>,
  { contentHash, title }: { readonly contentHash: string; readonly title: string },
): Pick<Which, 'model' | 'file' | 'probing' | 'set'> {
  return { model: hash.slice(0, hashDigits), file: name, probing: contentHash.slice(0, hashDigits), set: title };
}
