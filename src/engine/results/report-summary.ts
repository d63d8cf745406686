import { categoryHue } from '../formula/category-hue.ts';
import type { Formula } from '../formula/formula.ts';
import { formulaConcepts } from '../formula/length.ts';
import type { ExplainSettings, UnitState } from './explanation.ts';
import { feedText } from './feed-text.ts';
import type { FeedProvenance, LayerResults } from './layer-results.ts';
import { barHtml, histogramHtml } from './report-charts.ts';
import { chip, countText, escaped, facts, shareText, timeText } from './report-text.ts';

/** Why a unit has no formula. */
export const stateTexts: Readonly<Record<UnitState, string>> = {
  explained: 'explained',
  unrelated: 'fires, but no concept overlaps its mask',
  constant: 'constant: all its activations are equal',
  silent: 'silent: nothing lies above its threshold',
  'too-few': 'fires at too few positions',
  'not-finite': 'left out: activations that are no numbers',
};

const code = (text: string): string => `<code>${escaped(text)}</code>`;

/** How results were made: files with their hashes, settings, versions, time. */
export function madeHtml(results: LayerResults, version: string): string {
  const { activations, probing, settings, unitRange, unitCount, samplesRead } = results;
  const source: readonly (readonly [string, string])[] =
    activations.kind === 'model'
      ? [
          ['Model', escaped(activations.name)],
          ['Model, SHA-256', code(activations.hash)],
          ['Layer', `${code(activations.layer)} (${escaped(activations.operator)})`],
          ['Input', escaped(feedText(activations.feed))],
          ...fedRows(activations.feed),
          ['Ran on', escaped(activations.providerNote || activations.provider)],
          ['Runtime', escaped(`onnxruntime-web ${activations.runtimeVersion}`)],
        ]
      : [
          ['Activations', escaped(activations.name)],
          ['Activations, SHA-256', code(activations.hash)],
        ];
  const { grid, sampleCount } = probing;
  return facts([
    ...source,
    ['Probing set', escaped(`${probing.title} (${probing.format})`)],
    ['Probing set, hash', code(probing.contentHash)],
    [
      'Samples read',
      `${countText(samplesRead)} of ${countText(sampleCount)}, ${grid.height} × ${grid.width} positions each`,
    ],
    ['Concepts', escaped(`${countText(results.concepts.length)} (${results.categories.join(', ')})`)],
    ...probing.notes.map((note) => ['Note', escaped(note)] as const),
    ...settingRows(settings),
    ['Units', `${unitRange[0]} to ${unitRange[1]} of ${countText(unitCount)}`],
    ['Made', `<time datetime="${escaped(results.madeAt)}">${escaped(timeText(results.madeAt))}</time>`],
    ['Took', `${countText(results.tookMs)} ms`],
    ['Formulens', escaped(version)],
  ]);
}

function fedRows(feed: FeedProvenance): readonly (readonly [string, string])[] {
  if (feed.kind === 'pictures') return [['Preprocessing', code(JSON.stringify(feed.preprocessing))]];
  const { tokenizer, order, roles, classes } = feed.encoding;
  return [
    ...(tokenizer ? [['Tokenizer, SHA-256', code(tokenizer.hash)] as const] : []),
    ['Inputs', code(JSON.stringify({ roles, order }))],
    ['Classes', escaped(classes.join(', '))],
  ];
}

function settingRows(settings: ExplainSettings): readonly (readonly [string, string])[] {
  const { threshold, length, beam, penalty, candidates, mode, minActive, minConcept, operators, without } = settings;
  const rule =
    threshold.kind === 'quantile'
      ? `the value that a share of ${threshold.quantile} lies above`
      : threshold.kind === 'fixed'
        ? `${threshold.above} for every unit`
        : 'one a unit, from a file';
  return [
    ['Threshold', rule],
    ['Concepts in a formula, at most', String(length)],
    ['Beam', String(beam)],
    ['Penalty', String(penalty)],
    ['Candidates', candidates === null ? 'all concepts' : `the best ${candidates}`],
    ['Operators', escaped(operators.join(', ').toUpperCase().replaceAll('AND-NOT', 'AND NOT'))],
    ['Categories left out', escaped(without.join(', ') || 'none')],
    ['Least mask', minActive === 0 ? 'none' : `${countText(minActive)} positions`],
    ['Least concept', minConcept === 0 ? 'none' : `${countText(minConcept)} positions`],
    ['Search', mode === 'reference' ? "the reference program's" : 'formulas of equal meaning count once'],
  ];
}

/** Units explained, their IoU, and what their formulas are made of. */
export function summaryHtml({ units, concepts, categories }: LayerResults): string {
  const formulas = units.flatMap(({ state, best }) => (state === 'explained' && best ? [best] : []));
  const ious = formulas.map(({ iou }) => iou);
  const mean = ious.length === 0 ? null : ious.reduce((sum, iou) => sum + iou, 0) / ious.length;
  const states = Object.entries(stateTexts).flatMap(([state, text]): [string, string][] => {
    const count = units.filter((unit) => unit.state === state).length;
    return state === 'explained' || count === 0 ? [] : [[escaped(text), countText(count)]];
  });
  const used = new Map<number, number>();
  for (const { formula } of formulas) {
    for (const concept of new Set(formulaConcepts(formula))) used.set(concept, (used.get(concept) ?? 0) + 1);
  }
  const most = Array.from(used).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const operators = ['one concept', 'OR', 'AND', 'AND NOT', 'NEIGHBORS'].map((name): [string, number] => [
    name,
    formulas.filter(({ formula }) => operatorsOf(formula).has(name)).length,
  ]);
  const legend = categories
    .map((category) => `<bdi class="chip ${categoryHue(category)}">${escaped(category)}</bdi>`)
    .join(' ');
  const rows = (list: readonly (readonly [string, number])[]): string =>
    list
      .map(([name, count]) => {
        const largest = list.reduce((top, [, other]) => Math.max(top, other), 0);
        return `<tr><th scope="row">${name}</th><td class="number">${countText(count)}${barHtml(count, largest)}</td></tr>`;
      })
      .join('');
  const table = (caption: string, head: string, body: string): string =>
    `<table><caption class="hidden">${caption}</caption><thead><tr><th scope="col">${head}</th>` +
    `<th scope="col" class="number">Units</th></tr></thead><tbody>${body}</tbody></table>`;
  return [
    facts([
      ['Units explained', `${countText(formulas.length)} of ${countText(units.length)}`],
      ...(mean === null ? [] : [['Mean IoU', shareText(mean)] as const]),
      ...states,
    ]),
    mean === null ? '' : histogramHtml(ious, mean),
    '<div class="columns"><div><h3>Concepts in most formulas</h3>',
    table(
      'Concepts by the number of units that use them',
      'Concept',
      rows(most.slice(0, 15).map(([id, count]) => [chip(concepts[id]), count])),
    ),
    most.length > 15 ? `<p class="soft">15 of ${countText(most.length)} concepts that are used.</p>` : '',
    `<p class="soft">Colors stand for categories: ${legend}</p>`,
    '</div><div><h3>Operators</h3>',
    table(
      'Operators by the number of units that use them',
      'Operator',
      rows(operators.filter(([, count]) => count > 0)),
    ),
    '</div></div>',
  ].join('');
}

function operatorsOf(formula: Formula): ReadonlySet<string> {
  switch (formula.kind) {
    case 'concept':
      return new Set(['one concept']);
    case 'neighbors':
      return new Set(['NEIGHBORS']);
    case 'not':
      return new Set(['AND NOT', ...operatorsOf(formula.of)].filter((name) => name !== 'one concept'));
    default: {
      const own = formula.kind === 'or' ? 'OR' : formula.right.kind === 'not' ? 'AND NOT' : 'AND';
      const inside = [...operatorsOf(formula.left), ...operatorsOf(formula.right)];
      return new Set([own, ...inside.filter((name) => name !== 'one concept')]);
    }
  }
}
