import type { ExplainSettings } from '../../engine/results/explanation.ts';
import { dateText } from '../../figures/text/numbers.ts';
import { settingsText } from './provenance.ts';

/** What tells results of one model and probing set apart. */
export interface Compared {
  readonly key: string;
  readonly layer: string;
  readonly madeAt: string;
  readonly settings: ExplainSettings;
  readonly unitRange: readonly [number, number];
  readonly samplesRead: number;
}

/** A name that tells results from others: the layer, and where that is not enough, whatever of the settings, units, samples and date is. */
export function comparedName(one: Compared, all: readonly Compared[]): string {
  const parts: readonly ((compared: Compared) => string)[] = [
    ({ layer }) => layer,
    ({ settings }) => settingsText(settings),
    ({ unitRange }) => `units ${unitRange[0]} to ${unitRange[1]}`,
    ({ samplesRead }) => `${samplesRead} samples`,
    ({ madeAt }) => dateText(madeAt),
  ];
  let alike = all;
  const name = [parts[0](one)];
  for (const part of parts) {
    const mine = part(one);
    const left = alike.filter((other) => part(other) === mine);
    if (left.length < alike.length && part !== parts[0]) name.push(differing(mine, alike.map(part)));
    alike = left;
    if (alike.length <= 1) break;
  }
  return name.join(', ');
}

/** The parts of a list with commas that not all lists share. */
function differing(mine: string, all: readonly string[]): string {
  const lists = all.map((text) => text.split(', '));
  const own = mine.split(', ').filter((part) => !lists.every((list) => list.includes(part)));
  return own.length > 0 ? own.join(', ') : mine;
}
