import { formulaLength } from '../formula/length.ts';
import { formulaText } from '../formula/print.ts';
import { version } from '../version.ts';
import type { UnitExplanation } from './explanation.ts';
import type { LayerResults } from './layer-results.ts';
import type { FormulaMeasures } from './measures.ts';
import { barHtml, curveHtml } from './report-charts.ts';
import { pairsHtml } from './report-pairs.ts';
import type { ReportPair } from './report-pairs.ts';
import { reportScript, reportScriptHash } from './report-script.ts';
import { reportStyle, reportStyleHash } from './report-style.ts';
import { madeHtml, stateTexts, summaryHtml } from './report-summary.ts';
import { countText, escaped, facts, formulaHtml, shareText } from './report-text.ts';

/** A picture in a report. */
export interface ReportPicture {
  /** A data URL; the report's policy lets nothing else load. */
  readonly src: string;
  /** What stands below it. Plain text. */
  readonly caption: string;
}

/** What a report holds besides the results. All are asked when the unit's chunk is pulled, so that a caller can make them ready then. */
export interface ReportOptions {
  /** A unit in one sentence of plain text. */
  readonly sentence: (unit: UnitExplanation) => string;
  /** The unit's pictures, best first; none where there are none. */
  readonly pictures: (unit: UnitExplanation) => readonly ReportPicture[];
  /** The unit's sentence pairs, best first; left out where samples are none. */
  readonly pairs?: (unit: UnitExplanation) => readonly ReportPair[];
  /** Measures of the unit's formula; null or left out where they are not known. */
  readonly measures?: (unit: UnitExplanation) => FormulaMeasures | null;
}

/** Runners-up shown for each unit. */
const runnersUp = 5;

/** Classes whose weights are listed. */
const mostWeights = 10;

/**
 * A layer's results as one HTML file that opens from disk anywhere: it loads nothing, and its own policy would let it load nothing. Everything
 * that comes from files is text in it.
 *
 * @returns the file in pieces, each made when it is pulled: the head with the summary, one a row of the table, the table's end, one a unit in
 *   the results' order, how it was made
 */
export function* reportHtml(results: LayerResults, options: ReportOptions): Generator<string, void, undefined> {
  const { units } = results;
  const most = units.reduce((top, { best }) => Math.max(top, best?.iou ?? 0), 0);
  yield head(results);
  for (const unit of units) yield row(unit, results, most);
  yield '</tbody></table></div></section>\n<section aria-labelledby="units"><h2 id="units">Unit by unit</h2>\n';
  for (const unit of units) yield article(unit, results, options, most);
  yield [
    '</section>\n<section aria-labelledby="made"><h2 id="made">How it was made</h2>',
    `${madeHtml(results, version)}</section></main>\n<script>${reportScript}</script></body></html>\n`,
  ].join('');
}

function head(results: LayerResults): string {
  const { activations, probing, units, samplesRead } = results;
  const what = activations.kind === 'model' ? `${activations.layer} of ${activations.name}` : activations.name;
  const policy = `default-src 'none'; img-src data:; style-src 'sha256-${reportStyleHash}'; script-src 'sha256-${reportScriptHash}'; base-uri 'none'; form-action 'none'`;
  const columns: readonly (readonly [string, string])[] = [
    ['Unit', ' class="number"'],
    ['Formula', ''],
    ['IoU', ' class="number"'],
    ['Concepts', ' class="number"'],
    ['Mask positions', ' class="number"'],
    ['Samples it fires in', ' class="number"'],
  ];
  const part = samplesRead < probing.sampleCount;
  return [
    '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    `<meta name="generator" content="Formulens ${escaped(version)}">`,
    `<title>${escaped(`${what}, unit by unit`)}</title>\n<style>${reportStyle}</style></head>\n<body>`,
    `<header><p class="soft">Formulens</p><h1>${escaped(what)}</h1>`,
    `<p>What ${units.length === 1 ? 'one unit' : `${countText(units.length)} units`} of this layer look for, each written as a formula over the concepts of `,
    `${escaped(probing.title)}. A formula's IoU says how well it meets the positions where its unit fires: 1 is the very same positions, 0 none in common.</p>`,
    probing.synthetic
      ? `<p>${probing.format === 'entailment' ? 'Sentence pairs' : 'Pictures and concepts'} of this probing set are made by a program.</p>`
      : '',
    part
      ? `<p class="note">Only ${countText(samplesRead)} of ${countText(probing.sampleCount)} samples were read, spread evenly.</p>`
      : '',
    '<nav aria-label="Contents"><ul><li><a href="#summary">Summary</a></li><li><a href="#table">Table of units</a></li>',
    '<li><a href="#units">Unit by unit</a></li><li><a href="#made">How it was made</a></li></ul></nav></header>\n<main>',
    `<section aria-labelledby="summary"><h2 id="summary">Summary</h2>${summaryHtml(results)}</section>\n`,
    '<section aria-labelledby="table"><h2 id="table">Table of units</h2>',
    '<div class="scroll" role="region" aria-label="Units, formulas and numbers" tabindex="0"><table class="sortable"><thead><tr>',
    ...columns.map(([name, attributes]) => `<th scope="col"${attributes}>${name}</th>`),
    '</tr></thead><tbody>\n',
  ].join('');
}

function row({ unit, state, best, area, firing }: UnitExplanation, { concepts }: LayerResults, most: number): string {
  const number = (value: number | null, html: string): string =>
    `<td class="number" data-value="${value ?? ''}">${html}</td>`;
  const text = best ? formulaText(best.formula, (id) => concepts[id].name) : '';
  return [
    `<tr><th scope="row" class="number" data-value="${unit}"><a href="#unit-${unit}">${unit}</a></th>`,
    `<td data-value="${escaped(text)}">`,
    best ? formulaHtml(best.formula, concepts) : `<span class="soft">${escaped(stateTexts[state])}</span>`,
    '</td>',
    number(best?.iou ?? null, best ? `${shareText(best.iou)}${barHtml(best.iou, most)}` : '-'),
    number(best ? formulaLength(best.formula) : null, best ? String(formulaLength(best.formula)) : '-'),
    number(area, countText(area)),
    number(firing, countText(firing)),
    '</tr>\n',
  ].join('');
}

function article(
  explanation: UnitExplanation,
  { concepts, classes }: LayerResults,
  options: ReportOptions,
  most: number,
): string {
  const { unit, best, byLength, beam, area, firing, threshold, state } = explanation;
  const pictures = options.pictures(explanation);
  const pairs = options.pairs?.(explanation) ?? [];
  const weights = classes?.weights?.[unit];
  const measures = options.measures?.(explanation) ?? null;
  const others = best ? beam.slice(1, 1 + runnersUp) : [];
  return [
    `<article id="unit-${unit}" aria-labelledby="name-${unit}"><header><h3 id="name-${unit}">Unit ${unit}</h3>`,
    `<a class="up" href="#table">To the table<span class="hidden">, from unit ${unit}</span></a></header>`,
    `<p>${escaped(options.sentence(explanation))}</p>`,
    best ? formulaHtml(best.formula, concepts) : '',
    facts([
      ...(best ? [['IoU', `${shareText(best.iou)}${barHtml(best.iou, most)}`] as const] : []),
      ...(state === 'explained' ? [] : [['State', escaped(stateTexts[state])] as const]),
      ['Threshold', threshold === null ? 'none' : String(Number(threshold.toPrecision(4)))],
      ['Mask', `${countText(area)} positions in ${countText(firing)} samples`],
      ...(best
        ? [['Formula', `${countText(best.size)} positions, ${countText(best.intersection)} in the mask`] as const]
        : []),
      ...(measures ? measureRows(measures) : []),
      ...(weights ? [['Class weights', weightsHtml(weights)] as const] : []),
    ]),
    byLength.length > 1
      ? `<h4>IoU by length</h4>${curveHtml(
          byLength.map(({ iou }) => iou),
          most,
        )}`
      : '',
    others.length > 0 ? `<h4>Runners-up</h4><ol>${others.map(runnerUp).join('')}</ol>` : '',
    pictures.length > 0 ? `<h4>Pictures</h4><div class="pictures">${pictures.map(picture).join('')}</div>` : '',
    pairs.length > 0 ? `<h4>Sentence pairs</h4>${pairsHtml(pairs, concepts, classes)}` : '',
    '</article>\n',
  ].join('');

  function weightsHtml(own: readonly number[]): string {
    if (own.length > mostWeights) return `${countText(own.length)} classes, not listed`;
    return own
      .map((weight, at) => `<bdi>${escaped(classes?.names[at] ?? String(at))}</bdi> ${signed(weight)}`)
      .join(', ');
  }

  function runnerUp({ formula, iou }: (typeof beam)[number]): string {
    return `<li>${formulaHtml(formula, concepts)} ${shareText(iou)}</li>`;
  }

  function picture({ src, caption }: ReportPicture, i: number): string {
    const alt = `Unit ${unit}, picture ${i + 1} of ${pictures.length}`;
    return `<figure><img src="${escaped(src)}" alt="${alt}" decoding="async"><figcaption><bdi>${escaped(caption)}</bdi></figcaption></figure>`;
  }
}

function signed(weight: number): string {
  return `${weight < 0 ? '−' : '+'}${shareText(Math.abs(weight))}`;
}

function measureRows(measures: FormulaMeasures): readonly (readonly [string, string])[] {
  const { activationCoverage, detectionAccuracy, samplesCoverage, explanationCoverage, auroc } = measures;
  const value = (found: number | null): string => (found === null ? 'no value' : shareText(found));
  return [
    ['Activation coverage', value(activationCoverage)],
    ['Detection accuracy', value(detectionAccuracy)],
    ['Samples coverage', value(samplesCoverage)],
    ['Explanation coverage', value(explanationCoverage)],
    ['AUROC', value(auroc)],
  ];
}
