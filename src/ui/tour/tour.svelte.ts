import type { AppState } from '../../state/app-state.svelte.ts';
import { whichOfRoute } from '../../state/which.ts';

/** The guided look: which stop it is at; null while it is not under way. */
export const tour: { at: number | null } = $state({ at: null });

/** Takes the explained unit with the highest IoU of what is shown, goes to its page, and begins. */
export async function startTour({ address, workspace }: AppState): Promise<void> {
  await workspace.find(whichOfRoute(address.route));
  const explained = workspace.results?.units.filter(({ best }) => best !== null) ?? [];
  const [first] = [...explained].sort((one, other) => (other.best?.iou ?? 0) - (one.best?.iou ?? 0));
  if (!first) return;
  address.go({ page: 'unit', unit: first.unit });
  tour.at = 0;
}

/** Ends it. */
export function endTour(): void {
  tour.at = null;
}
