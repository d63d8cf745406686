import type { ExplainSettings, ThresholdRule } from '../../../engine/results/explanation.ts';
import { operatorTexts } from '../../formula/operator-texts.ts';
import { countText, shareText, valueText } from '../../../figures/text/numbers.ts';

/** What settings change against others, a few words each: `length 5 (results: 3)`, `without AND NOT`, `without color`. */
export function settingChanges(settings: ExplainSettings, base: ExplainSettings): readonly string[] {
  const changes: string[] = [];
  const compare = (name: string, now: string, before: string): void => {
    if (now !== before) changes.push(`${name} ${now} (results: ${before})`);
  };
  compare('threshold', ruleText(settings.threshold), ruleText(base.threshold));
  compare('length', String(settings.length), String(base.length));
  compare('beam', String(settings.beam), String(base.beam));
  compare('penalty', String(settings.penalty), String(base.penalty));
  compare('candidates', candidatesText(settings.candidates), candidatesText(base.candidates));
  compare('smallest mask', countText(settings.minActive), countText(base.minActive));
  compare('smallest concept', countText(settings.minConcept), countText(base.minConcept));
  if (settings.mode !== base.mode) changes.push(settings.mode === 'reference' ? 'reference search' : 'default search');
  changes.push(
    ...listed(
      base.operators.filter((name) => !settings.operators.includes(name)).map((name) => operatorTexts[name]),
      settings.operators.filter((name) => !base.operators.includes(name)).map((name) => operatorTexts[name]),
    ),
    ...listed(
      settings.without.filter((name) => !base.without.includes(name)),
      base.without.filter((name) => !settings.without.includes(name)),
    ),
  );
  return changes;
}

function listed(gone: readonly string[], added: readonly string[]): readonly string[] {
  return [...gone.map((name) => `without ${name}`), ...added.map((name) => `with ${name}`)];
}

function ruleText(rule: ThresholdRule): string {
  switch (rule.kind) {
    case 'quantile':
      return `at ${shareText(rule.quantile)} of positions`;
    case 'fixed':
      return `above ${valueText(rule.above)}`;
    case 'given':
      return 'from a file';
  }
}

function candidatesText(candidates: number | null): string {
  return candidates === null ? 'all' : countText(candidates);
}
