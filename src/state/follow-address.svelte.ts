import { untrack } from 'svelte';
import type { AppState } from './app-state.svelte.ts';
import type { Route } from './route.ts';
import { needsResults } from './show.ts';
import { sameWhich, whichOfRoute } from './which.ts';
import type { Which } from './which.ts';

/**
 * Keeps what is shown and the address in step from now on: results the address is about are looked for, the address of what is shown is
 * written out, and what a run would cost is asked for on the page that prepares it. @returns stops it
 */
export function followAddress({ address, workspace, settings }: AppState): () => void {
  const stopReading = address.follow();
  const stop = $effect.root(() => {
    const page = $derived(address.route.page);
    const which = $derived.by(sameUntilChanged(() => address.route));

    $effect(() => {
      const wanted = which;
      if (needsResults(page) || page === 'compare') untrack(() => void workspace.find(wanted));
    });

    $effect(() => {
      const shown = workspace.which;
      const settled = workspace.finding === 'shown' && sameWhich(which, workspace.wanted);
      if (needsResults(page) && settled && !sameWhich(which, shown)) untrack(() => address.adjust(shown));
    });

    $effect(() => {
      const idle = page === 'prepare' && workspace.run?.state !== 'running';
      const sound = Object.keys(settings.problems).length === 0;
      const request = idle && sound ? workspace.request(settings.value) : null;
      const { files } = workspace;
      untrack(() => workspace.estimate.ask(request, files));
    });
  });
  return () => {
    stop();
    stopReading();
  };
}

/** The part of the address that says whose results are shown, the same object until it changes. */
function sameUntilChanged(route: () => Route): () => Which {
  let last: Which | null = null;
  return () => {
    const now = whichOfRoute(route());
    if (last === null || !sameWhich(last, now)) last = now;
    return last;
  };
}
