import type { Analysis } from '../../engine/analysis/analysis.ts';
import { formulaText } from '../../engine/formula/print.ts';
import type { LayerResults } from '../../engine/results/layer-results.ts';
import { reportStyle } from '../../engine/results/report-style.ts';
import { madeHtml } from '../../engine/results/report-summary.ts';
import { countText, escaped } from '../../engine/results/report-text.ts';
import { version } from '../../engine/version.ts';
import type { ChartOptions, ChartTable, Plot } from '../charts/chart.ts';
import { kindsSection, lengthsSection, measuresSection, varietySection } from './formula-sections.ts';
import { ablationSection, accuracySection, classesSection, type FormulaOf } from './model-sections.ts';
import type { ReportFigure, ReportSection } from './section.ts';

/** What draws the charts: Observable Plot, and the document whose elements it makes. */
export interface Drawing {
  readonly plot: Plot;
  readonly document: NonNullable<ChartOptions['document']>;
}

/** Width of the charts in pixels. */
const chartWidth = 760;

/** Rows of a table that are written; analysis.json and the CSV files have all. */
const mostRows = 2000;

const style = `
figure { width: auto; max-width: 760px; margin: 24px 0; overflow-x: auto; }
figcaption { font-weight: 600; font-size: 0.8125rem; }
figure svg { display: block; width: 100%; min-width: 560px; height: auto; color: var(--ink-soft); font: 11px system-ui, sans-serif; font-variant-numeric: tabular-nums; overflow: visible; }
figure svg text { white-space: pre; }
.answer { max-width: 76ch; font-size: 1.125rem; line-height: 1.45; }
summary { width: fit-content; color: var(--ink-soft); font-size: 0.8125rem; cursor: pointer; }
details { margin: 8px 0; }
details .scroll { max-height: 480px; overflow: auto; }
@media print { details .scroll { max-height: none; } section { break-inside: avoid-page; } }
`;

/**
 * The analyses of a layer as one HTML file that opens from disk anywhere: it loads nothing, runs nothing, and its own policy would let it do
 * neither. Charts are drawn into it. Everything that comes from files is text in it.
 *
 * @returns the file in pieces: the head, one an analysis, the units, how it was made
 */
export function* analysisHtml(
  results: LayerResults,
  analysis: Analysis,
  drawing: Drawing,
): Generator<string, void, undefined> {
  const formulas = new Map<number, string>(
    results.units.flatMap(({ unit, best }) =>
      best ? [[unit, formulaText(best.formula, (id) => results.concepts[id].name)]] : [],
    ),
  );
  const formulaOf: FormulaOf = (unit) => formulas.get(unit) ?? null;
  const sections = sectionsOf(analysis, formulaOf);
  yield head(results, sections);
  for (const section of sections) yield sectionHtml(section, drawing);
  yield unitsHtml(results, formulaOf);
  yield `<section aria-labelledby="made"><h2 id="made">How it was made</h2>${madeHtml(results, version)}</section></main></body></html>\n`;
}

/** The analyses as the report has them, in its order. */
export function sectionsOf(analysis: Analysis, formulaOf: FormulaOf): readonly ReportSection[] {
  return [
    lengthsSection(analysis.lengths),
    kindsSection(analysis.kinds),
    varietySection(analysis.uniqueness),
    accuracySection(analysis.accuracy),
    classesSection(analysis.classes, formulaOf),
    ablationSection(analysis.ablation, formulaOf),
    measuresSection(analysis.measures),
  ];
}

function head({ activations, probing, samplesRead, units }: LayerResults, sections: readonly ReportSection[]): string {
  const what = activations.kind === 'model' ? `${activations.layer} of ${activations.name}` : activations.name;
  const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
  const links = [
    ...sections.map(({ id, title }) => ({ id, title })),
    { id: 'units', title: 'The units' },
    { id: 'made', title: 'How it was made' },
  ];
  return [
    '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    `<meta name="generator" content="Formulens ${escaped(version)}">`,
    `<title>${escaped(`${what}, analysed`)}</title>\n<style>${reportStyle}${style}</style></head>\n<body>`,
    `<header><p class="soft">Formulens</p><h1>${escaped(what)}</h1>`,
    `<p>What the formulas of ${countText(units.length)} units say about the model, probed on ${escaped(probing.title)}.</p>`,
    probing.synthetic
      ? `<p>${probing.format === 'entailment' ? 'Sentence pairs' : 'Pictures and concepts'} of this probing set are made by a program.</p>`
      : '',
    samplesRead < probing.sampleCount
      ? `<p class="note">Only ${countText(samplesRead)} of ${countText(probing.sampleCount)} samples were read, spread evenly.</p>`
      : '',
    `<nav aria-label="Contents"><ul>${links.map(({ id, title }) => `<li><a href="#${id}">${escaped(title)}</a></li>`).join('')}</ul></nav>`,
    '</header>\n<main>',
  ].join('');
}

function sectionHtml({ id, title, answer, notes, figures, meaning }: ReportSection, drawing: Drawing): string {
  return [
    `<section aria-labelledby="${id}"><h2 id="${id}">${escaped(title)}</h2><p class="answer">${escaped(answer)}</p>`,
    ...notes.map((note) => `<p>${escaped(note)}</p>`),
    ...figures.map((figure) => figureHtml(figure, drawing)),
    meaning.length === 0
      ? ''
      : `<details><summary>What this means</summary>${meaning.map((text) => `<p>${escaped(text)}</p>`).join('')}</details>`,
    '</section>\n',
  ].join('');
}

function figureHtml({ title, description, make, table }: ReportFigure, { plot, document }: Drawing): string {
  const numbers = tableHtml(title, table);
  if (!make) return `<h3>${escaped(title)}</h3>${numbers}`;
  const chart = plot.plot({ ...make(plot, chartWidth), document });
  // What Plot's own styles say stands in the report's.
  for (const element of chart.querySelectorAll('style')) element.remove();
  for (const part of chart.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label');
  chart.setAttribute('role', 'img');
  chart.setAttribute('aria-label', `${title}. ${description}`);
  return [
    `<figure tabindex="0"><figcaption>${escaped(title)}</figcaption>${chart.outerHTML}</figure>`,
    `<details><summary>${escaped(title)}, as a table</summary>${numbers}</details>`,
  ].join('');
}

function tableHtml(title: string, { columns, rows }: ChartTable): string {
  const shown = rows.slice(0, mostRows);
  return [
    `<div class="scroll" role="region" aria-label="${escaped(title)}" tabindex="0"><table><thead><tr>`,
    ...columns.map((column) => `<th scope="col">${escaped(column)}</th>`),
    '</tr></thead><tbody>',
    ...shown.map((row) => `<tr>${row.map(cellHtml).join('')}</tr>`),
    '</tbody></table></div>',
    rows.length > shown.length
      ? `<p class="soft">The first ${countText(shown.length)} of ${countText(rows.length)} rows.</p>`
      : '',
  ].join('');
}

/** Numbers keep all their digits: the report's are those of analysis.json. */
function cellHtml(value: string | number | null): string {
  if (typeof value === 'number') return `<td class="number">${value}</td>`;
  return `<td>${value === null ? '' : escaped(value)}</td>`;
}

function unitsHtml({ units }: LayerResults, formulaOf: FormulaOf): string {
  const rows = units.map(({ unit, state, best, firing }) => [unit, formulaOf(unit), best?.iou ?? null, firing, state]);
  const table = { columns: ['Unit', 'Formula', 'IoU', 'Samples it fires in', 'State'], rows };
  return `<section aria-labelledby="units"><h2 id="units">The units</h2>${tableHtml('Formulas of the units', table)}</section>\n`;
}
