import type { KindAgreement } from '../../engine/kinds/agreement.ts';
import type { KindAnalysis, KindShare } from '../../engine/kinds/kind-analysis.ts';
import type { KindEvidence, KindLabel } from '../../engine/kinds/kind.ts';
import { statisticText } from './analysis-numbers.ts';
import { countText, plural, shareText } from './numbers.ts';

/** A label's name, what it means, and the key that gives it. */
export interface LabelText {
  readonly label: KindLabel;
  readonly name: string;
  readonly meaning: string;
  readonly key: string;
}

/** All labels in the order of their keys. */
export const labelTexts: readonly LabelText[] = [
  {
    label: 'lexical',
    name: 'Lexically coherent abstraction',
    meaning: 'An OR of things for which there is a word, such as river, lake, sea.',
    key: '1',
  },
  {
    label: 'perceptual',
    name: 'Perceptual-only abstraction',
    meaning: 'An OR of things that look alike, without a word for what they are.',
    key: '2',
  },
  {
    label: 'specialization',
    name: 'Specialization',
    meaning: 'A concept narrowed down: L AND NOT C.',
    key: '3',
  },
  {
    label: 'polysemantic',
    name: 'Polysemantic',
    meaning: 'An OR of things that have nothing to do with each other.',
    key: '4',
  },
  {
    label: 'none',
    name: 'None of these',
    meaning: 'None of the four; as a suggestion: not composed, the formula names one concept.',
    key: '5',
  },
  { label: 'unsure', name: 'Cannot tell', meaning: 'It cannot be told from what is shown.', key: '0' },
];

/** A label's name. */
export const labelName = (label: KindLabel): string =>
  labelTexts.find((text) => text.label === label)?.name ?? String(label);

/** A suggestion's name: `none` is suggested only of formulas of one concept. */
export const suggestionName = (kind: KindLabel): string => (kind === 'none' ? 'Not composed' : labelName(kind));

const short: Readonly<Partial<Record<KindLabel, string>>> = {
  lexical: 'Lexically coherent',
  perceptual: 'Perceptual-only',
};

/** A suggestion's name for a chart, where room is scarce. */
export const shortSuggestion = (kind: KindLabel): string => short[kind] ?? suggestionName(kind);

/** A label's name for a chart. */
export const shortLabel = (label: KindLabel): string => short[label] ?? labelName(label);

/** What kinds are suggested, in a sentence or two. */
export function kindsAnswer({ units, shares, length }: KindAnalysis): string {
  if (units.length === 0) return 'No unit is explained, so there is no kind to tell.';
  const parts = shares
    .filter((one) => one.kind !== 'none' && one.units > 0)
    .sort((one, other) => other.units - one.units)
    .map((one) => `${shareOf(one)} ${inWords[one.kind]}`);
  const single = shares.find(({ kind }) => kind === 'none');
  const judged = `Judged by formulas of at most ${plural(length, 'concept')}, of ${plural(units.length, 'explained unit')}`;
  const composed = parts.length > 0 ? `${judged} ${listed(parts)}.` : `${judged} none is composed.`;
  const rest = single && single.units > 0 && parts.length > 0 ? ` ${shareOf(single)} are not composed.` : '';
  return `${composed}${rest} These are suggestions; your own labels win.`;
}

const inWords: Readonly<Record<KindShare['kind'], string>> = {
  lexical: 'seem lexically coherent abstractions',
  perceptual: 'perceptual-only abstractions',
  specialization: 'specializations',
  polysemantic: 'polysemantic',
  none: 'not composed',
};

const shareOf = ({ units, share }: KindShare): string => `${countText(units)} (${shareText(share ?? 0)})`;

const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? (parts.at(0) ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}`;

/** Shares for people who do not see the chart. */
export function sharesDescription(shares: readonly KindShare[]): string {
  return `${shares.map(({ kind, units }) => `${suggestionName(kind)}: ${units}`).join(', ')}.`;
}

/** A piece of evidence with its number. */
export function evidenceText({ what, text, value }: KindEvidence): string {
  if (what === 'shape') return text;
  if (value === null) return `${text}: not known`;
  const isShare = what === 'gain' || what === 'share' || what === 'base';
  return `${text}: ${isShare ? shareText(value) : statisticText(value)}`;
}

/** How far labels and suggestions agree, in a sentence. */
export function agreementText({ compared, agreed, share, interval, kappa, unsure }: KindAgreement): string {
  const left = unsure > 0 ? ` ${plural(unsure, 'unit')} could not be told.` : '';
  if (share === null || interval === null) return `No label can be compared yet.${left}`;
  const range = `${shareText(interval.low)} to ${shareText(interval.high)}`;
  const chance = kappa === null ? 'kappa is not defined' : `Cohen's kappa = ${statisticText(kappa, 2)}`;
  return `Label and suggestion agree on ${countText(agreed)} of ${plural(compared, 'unit')}: ${shareText(share)} (95 % interval ${range}), ${chance}.${left}`;
}
