import type { Concept } from '../concepts.ts';
import { bareName } from '../formula/bare-name.ts';
import { categoryHue } from '../formula/category-hue.ts';
import type { Formula } from '../formula/formula.ts';
import { formulaText } from '../formula/print.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it stands in HTML, between tags or in a quoted attribute. What HTML cannot hold becomes the replacement character. */
export const escaped = (text: string): string =>
  text
    .replace(/[\p{Surrogate}\p{Noncharacter_Code_Point}]|(?![\t\n\r])\p{Control}/gu, '\ufffd')
    .replace(/[&<>"']/g, (character) => entities[character]);

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** A count with separators: `278,600`. */
export const countText = (count: number): string => whole.format(count);

/** An IoU or another share of 1, with three digits. */
export const shareText = (share: number): string => share.toFixed(3);

/** An ISO time for people, in UTC: `2026-11-23 14:10 UTC`. */
export const timeText = (iso: string): string =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(iso) ? `${iso.slice(0, 16).replace('T', ' ')} UTC` : iso;

/** A concept as a chip in its category's color; the name's direction of writing stays its own. */
export function chip(concept: Concept): string {
  const title = escaped(`${concept.category}: ${concept.name}`);
  return `<bdi class="chip ${categoryHue(concept.category)}" title="${title}">${escaped(bareName(concept))}</bdi>`;
}

/** A formula with its concepts as chips, operators in capitals, brackets where needed. */
export const formulaHtml = (formula: Formula, concepts: readonly Concept[]): string =>
  `<span class="formula">${formulaText(formula, (id) => chip(concepts[id]))}</span>`;

/** Names and what they are, as a list of terms. Both are HTML. */
export const facts = (rows: readonly (readonly [name: string, value: string])[]): string =>
  `<dl>${rows.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`).join('')}</dl>`;
