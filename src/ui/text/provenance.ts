import type { ExplainSettings, ThresholdRule } from '../../engine/results/explanation.ts';
import type { FeedProvenance, LayerResults } from '../../engine/results/layer-results.ts';
import type { PairEncoding } from '../../engine/text/pair-encoding.ts';
import { preprocessingText } from '../../state/preprocessing.ts';
import { countText, dateText, durationText, plural, shareText, valueText } from '../../figures/text/numbers.ts';

/** One line of how results were made. */
export interface ProvenanceLine {
  readonly name: string;
  readonly value: string;
}

/** How results were made, line by line. */
export function provenanceLines(results: LayerResults): readonly ProvenanceLine[] {
  const { activations, probing, settings } = results;
  const [first, last] = results.unitRange;
  const model =
    activations.kind === 'model'
      ? [
          { name: 'Model', value: `${activations.name}, SHA-256 ${activations.hash.slice(0, 12)}` },
          { name: 'Layer', value: `${activations.layer} (${activations.operator})` },
          ...feedLines(activations.feed),
          { name: 'Ran on', value: activations.providerNote || providerName(activations.provider) },
          { name: 'Runtime', value: `onnxruntime-web ${activations.runtimeVersion}` },
        ]
      : [
          {
            name: probing.format === 'cells' ? 'Cell table' : 'Activations',
            value: `${activations.name}, SHA-256 ${activations.hash.slice(0, 12)}`,
          },
        ];
  return [
    ...model,
    {
      name: 'Probing set',
      value: `${probing.title}, ${sizeText(probing)}, ${plural(results.concepts.length, 'concept')}`,
    },
    { name: 'Settings', value: settingsText(settings) },
    { name: 'Units', value: `${first} to ${last} of ${results.unitCount}` },
    { name: 'Made', value: `${dateText(results.madeAt)}, in ${durationText(results.tookMs / 1000)}` },
  ];
}

function feedLines(feed: FeedProvenance): readonly ProvenanceLine[] {
  if (feed.kind === 'pictures') {
    const { height, width, preprocessing } = feed;
    return [{ name: 'Input', value: `${height} × ${width}, ${preprocessingText(preprocessing)}` }];
  }
  const { tokenizer, classes } = feed.encoding;
  return [
    { name: 'Input', value: rowsText(feed.encoding) },
    ...(tokenizer ? [{ name: 'Tokenizer', value: `${tokenizer.name}, SHA-256 ${tokenizer.hash.slice(0, 12)}` }] : []),
    ...(classes.length > 0 ? [{ name: 'Classes', value: classes.join(', ') }] : []),
  ];
}

/** How sentence pairs become rows of tokens, in a few words. */
export function rowsText({ roles, maxTokens }: PairEncoding): string {
  const joint = Object.values(roles).includes('pair-ids');
  const rows = joint ? 'both sentences in one row' : 'a row for each sentence';
  return `token ids, ${rows}, at most ${plural(maxTokens, 'token')}`;
}

/** A run's settings in a line. */
export function settingsText(settings: ExplainSettings): string {
  const { threshold, length, beam, penalty, candidates, mode, minActive, minConcept } = settings;
  const parts = [thresholdText(threshold), `length ${length}`, `beam ${beam}`];
  if (penalty !== 1) parts.push(`penalty ${penalty}`);
  if (candidates !== null) parts.push(plural(candidates, 'candidate'));
  if (minActive > 0) parts.push(`masks of ${minActive} positions or more`);
  if (minConcept > 0) parts.push(`concepts of ${minConcept} positions or more`);
  if (mode === 'reference') parts.push('reference search');
  return parts.join(', ');
}

/** How masks come about, in a few words. */
export function thresholdText(threshold: ThresholdRule): string {
  if (threshold.kind === 'quantile') return `threshold at the top ${shareText(threshold.quantile)}`;
  return threshold.kind === 'fixed' ? `threshold ${valueText(threshold.above)}` : 'thresholds from a file';
}

function sizeText({ positions, sampleCount, grid }: LayerResults['probing']): string {
  if (positions !== undefined) return `${countText(positions)} positions`;
  if (grid.height * grid.width === 1) return plural(sampleCount, 'sample');
  return `${plural(sampleCount, 'sample')} of ${grid.height} × ${grid.width}`;
}

/** A provider's name for people. */
export function providerName(provider: string): string {
  return provider === 'webgpu' ? 'WebGPU' : provider === 'wasm' ? 'WebAssembly' : provider;
}
