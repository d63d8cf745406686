import type { ExplainSettings, SearchOperator, ThresholdRule } from '../engine/results/explanation.ts';
import { settingsProblems } from './defaults.ts';

/** The operators, in the order in which they are written and offered. */
export const operatorNames: readonly SearchOperator[] = ['or', 'and', 'and-not', 'neighbors'];

/** One part of a compact text: how a value is written, and how it is read; null where the text makes no sense. */
interface Part {
  readonly name: string;
  /** What stands behind the name; null where the settings do not differ from the base. */
  write(settings: ExplainSettings, base: ExplainSettings): string | null;
  read(text: string): Partial<ExplainSettings> | null;
}

const parts: readonly Part[] = [
  {
    name: 'quantile',
    write: ({ threshold }, base) =>
      threshold.kind === 'quantile' && !sameThreshold(threshold, base.threshold) ? String(threshold.quantile) : null,
    read: (text) => readNumber(text, (quantile) => ({ threshold: { kind: 'quantile', quantile } })),
  },
  {
    name: 'above',
    write: ({ threshold }, base) =>
      threshold.kind === 'fixed' && !sameThreshold(threshold, base.threshold) ? String(threshold.above) : null,
    read: (text) => readNumber(text, (above) => ({ threshold: { kind: 'fixed', above } })),
  },
  {
    // Thresholds from a file are too many for an address: it says only that there are some.
    name: 'thresholds',
    write: ({ threshold }, base) => (threshold.kind === 'given' && base.threshold.kind !== 'given' ? 'given' : null),
    read: () => null,
  },
  numberPart('length'),
  numberPart('beam'),
  numberPart('penalty'),
  {
    name: 'candidates',
    write: ({ candidates }, base) => (candidates === base.candidates ? null : String(candidates ?? 'all')),
    read: (text) => (text === 'all' ? { candidates: null } : readNumber(text, (candidates) => ({ candidates }))),
  },
  {
    name: 'mode',
    write: ({ mode }, base) => (mode === base.mode ? null : mode),
    read: (text) => (text === 'default' || text === 'reference' ? { mode: text } : null),
  },
  {
    name: 'smallest',
    write: ({ minActive }, base) => (minActive === base.minActive ? null : String(minActive)),
    read: (text) => readNumber(text, (minActive) => ({ minActive })),
  },
  {
    name: 'concept',
    write: ({ minConcept }, base) => (minConcept === base.minConcept ? null : String(minConcept)),
    read: (text) => readNumber(text, (minConcept) => ({ minConcept })),
  },
  {
    name: 'operators',
    write: ({ operators }, base) => differentList(sortOperators(operators), sortOperators(base.operators)),
    read: (text) => ({ operators: readList(text).filter(isOperator) }),
  },
  {
    name: 'without',
    write: ({ without }, base) => differentList([...without].sort(), [...base.without].sort()),
    read: (text) => ({ without: readList(text) }),
  },
];

/**
 * Settings as compact text for the address: what differs from the base, as `length-5_beam-20_operators-or.and`; empty where nothing
 * does. Operators and categories count as sets.
 */
export function settingsText(settings: ExplainSettings, base: ExplainSettings): string {
  return parts
    .flatMap(({ name, write }) => {
      const text = write(settings, base);
      return text === null ? [] : [`${name}-${text}`];
    })
    .join('_');
}

/** Settings from compact text, over the base. Parts that are unknown or make no sense are passed over. Never throws. */
export function readSettingsText(text: string, base: ExplainSettings): ExplainSettings {
  let settings = base;
  for (const [name, value] of textParts(text)) {
    const change = parts.find((part) => part.name === name)?.read(value);
    if (!change) continue;
    const next = { ...settings, ...change };
    const problems = Object.keys(settingsProblems({ ...next, units: null, samples: null }));
    if (!Object.keys(change).some((field) => problems.includes(field))) settings = next;
  }
  return settings;
}

/** The parts of a compact text: name and value each. */
export function textParts(text: string): readonly (readonly [name: string, value: string])[] {
  return text.split('_').flatMap((part) => {
    const at = part.indexOf('-');
    return at > 0 ? [[part.slice(0, at), part.slice(at + 1)] as const] : [];
  });
}

/** A word without `_` and `.`, which separate the parts of a compact text. */
export function escapeWord(word: string): string {
  const sound = word.replace(/\p{Surrogate}/gu, '\uFFFD');
  return encodeURIComponent(sound).replace(/[_.]/g, (mark) => (mark === '_' ? '%5F' : '%2E'));
}

/** What {@link escapeWord} wrote; null where it is nonsense. */
export function unescapeWord(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function numberPart(name: 'length' | 'beam' | 'penalty'): Part {
  return {
    name,
    write: (settings, base) => (settings[name] === base[name] ? null : String(settings[name])),
    read: (text) => readNumber(text, (value) => ({ [name]: value })),
  };
}

function readNumber(text: string, made: (value: number) => Partial<ExplainSettings>): Partial<ExplainSettings> | null {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? made(value) : null;
}

function sameThreshold(one: ThresholdRule, other: ThresholdRule): boolean {
  if (one.kind === 'quantile') return other.kind === 'quantile' && one.quantile === other.quantile;
  if (one.kind === 'fixed') return other.kind === 'fixed' && one.above === other.above;
  return other.kind === 'given';
}

function differentList(list: readonly string[], base: readonly string[]): string | null {
  const [text, other] = [list, base].map((words) => words.map(escapeWord).join('.'));
  return text === other ? null : text;
}

function readList(text: string): string[] {
  if (text === '') return [];
  return [...new Set(text.split('.').flatMap((word) => unescapeWord(word) ?? []))];
}

function sortOperators(operators: readonly SearchOperator[]): readonly SearchOperator[] {
  return operatorNames.filter((name) => operators.includes(name));
}

function isOperator(word: string): word is SearchOperator {
  return operatorNames.some((name) => name === word);
}
