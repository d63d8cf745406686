import type { ThresholdRule } from '../../engine/results/explanation.ts';
import type { LayerResults } from '../../engine/results/layer-results.ts';
import { askedSettings } from '../asked.ts';
import { cliFaults } from '../errors.ts';
import { checkLayer, explainLayer } from '../explain-layer.ts';
import type { MergeArguments } from '../merge-arguments.ts';
import type { Progress } from '../progress.ts';
import { checkCategories } from '../units.ts';
import { findShards } from './find-shards.ts';
import { joinShards } from './join-shards.ts';
import type { ShardThreshold } from './shard-question.ts';

/** Adds the shards of a run up and explains the units asked for. @throws Fault */
export async function merge(asked: MergeArguments, progress: Progress): Promise<LayerResults> {
  const started = performance.now();
  const shards = await findShards(asked.shards);
  const [{ manifest }] = shards;
  const { question } = manifest;
  const given = await askedSettings(asked);
  const settings = { ...given, threshold: thresholdOf(asked, given.threshold, question.threshold) };
  checkCategories(settings, question.probing.title, question.categories);
  const layer = shards.find((shard) => shard.manifest.layer)?.manifest.layer;
  if (layer) {
    checkLayer(layer.sizes.unitCount, { ...asked, settings });
    checkKept(settings.threshold, layer.sizes.keptQuantile);
  }
  return explainLayer(await joinShards(shards, progress), { ...asked, settings, started }, progress);
}

/** The rule asked for, or else the one the shards were made with. */
function thresholdOf(
  { thresholdAsked }: MergeArguments,
  given: ThresholdRule,
  ofShards: ShardThreshold,
): ThresholdRule {
  if (thresholdAsked) return given;
  if (ofShards.kind === 'given')
    throw cliFaults.usage('The shards were made for given thresholds: give them again with --thresholds.');
  return ofShards;
}

/** @throws Fault, if a threshold needs maps that the shards left out */
function checkKept(rule: ThresholdRule, keptQuantile: number): void {
  if (keptQuantile === 1 || (rule.kind === 'quantile' && rule.quantile <= keptQuantile)) return;
  throw cliFaults['not-kept'](
    rule.kind === 'quantile' ? `quantile ${rule.quantile}` : 'fixed thresholds',
    keptQuantile,
  );
}
