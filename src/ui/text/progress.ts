import type { RunProgress } from '../../state/app-state.svelte.ts';
import { countText, durationText } from '../../figures/text/numbers.ts';

/** Stages with the words for them, the noun that is counted, and the share of the whole run that lies before and within each. */
const stages = {
  concepts: { doing: 'Reading concepts', noun: 'samples', before: 0, within: 0.15 },
  model: { doing: 'Loading the model', noun: '', before: 0.15, within: 0.05 },
  activations: { doing: 'Running the model', noun: 'samples', before: 0.2, within: 0.6 },
  search: { doing: 'Searching formulas', noun: 'units', before: 0.8, within: 0.18 },
  saving: { doing: 'Keeping the results', noun: '', before: 0.98, within: 0.02 },
} as const;

/** How much of a run is done, 0 to 1; a rough share, for the thin line only. */
export function runShare(progress: RunProgress | null): number {
  if (progress === null) return 0;
  const { before, within } = stages[progress.stage];
  return before + within * (progress.total > 0 ? Math.min(1, progress.done / progress.total) : 0);
}

/** Where a run is, for people: `Running the model: 320 of 1,000 samples, about 12 s left`. */
export function progressText(progress: RunProgress | null): string {
  if (progress === null) return 'Starting';
  const { doing, noun } = stages[progress.stage];
  const { done, total, secondsLeft } = progress;
  const counted = total > 1 && noun !== '' ? `: ${countText(done)} of ${countText(total)} ${noun}` : '';
  const left = secondsLeft === null || done >= total ? '' : `, about ${durationText(secondsLeft)} left`;
  return doing + counted + left;
}
