import { foldName } from './bare-name.ts';

/**
 * Edits that turn one text into another: letters left out, put in, changed, or two neighbours swapped, no letter touched twice
 * (optimal string alignment).
 */
export function editDistance(from: string, to: string): number {
  let before: number[] = [];
  let last: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i++) {
    [before, last, row] = [last, row, [i]];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + same);
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      if (swapped) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
  }
  return row[to.length];
}

/** The names most like what was typed, at most three, the nearest first; none where all are far. */
export function nearestNames(typed: string, names: readonly string[]): readonly string[] {
  const wanted = foldName(typed);
  const far = Math.min(3, Math.max(1, wanted.length >> 1));
  const near = [...new Set(names)]
    .filter((name) => Math.abs(name.length - wanted.length) <= far)
    .map((name) => ({ name, distance: editDistance(wanted, foldName(name)) }))
    .filter(({ distance }) => distance <= far);
  const nearest = Math.min(...near.map(({ distance }) => distance));
  return near
    .filter(({ distance }) => distance <= nearest + 1)
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name);
}
