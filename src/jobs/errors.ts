import { Fault, faultTable } from '../engine/fault.ts';

/** What can go wrong with the work itself, in the words a person reads. */
export const jobFaults = faultTable('jobs', {
  cancelled: () => 'The run was cancelled. What was opened is still open.',
  'worker-died': (what: string, reason: string) =>
    `The background task for ${what} ended unexpectedly (${reason}), perhaps for want of memory. Try again; if it happens again, use less: fewer samples, smaller pictures, another layer.`,
  stalled: (what: string, seconds: number) =>
    `Nothing has happened for ${seconds} seconds while waiting for ${what}, so it was stopped. The model may contain an endless loop, or be too slow for this machine: choose an earlier layer or a smaller model.`,
  'file-stalled': (file: string, seconds: number) =>
    `Nothing has happened for ${seconds} seconds while reading ${file}, so it was stopped. The file is probably damaged: write it again where it was made, and open that.`,
  'no-samples': () =>
    'These results come from a cell table, which has counts only: no samples, no pictures, no activations. Open the model and the probing set themselves to see them.',
  'masks-counted': () =>
    'The masks of a cell table were counted at its own threshold. Count them again where they were made to try another.',
  'table-not-packed': () =>
    'Results of a cell table do not go into a workspace file. Pass on the table itself, or export the results as JSON.',
  'nothing-open': (what: string) => `There is no ${what} yet. Drop one, or choose a sample.`,
  'not-kept': (what: string) =>
    `The ${what} behind these results are no longer kept on this machine. Open the same files and run again to see them.`,
  'not-open-for': (wanted: string, instead: string) =>
    `Switching units off needs what these results were made from: ${wanted}. Open that${instead === '' ? '' : ` in place of ${instead}`} and try again.`,
  'no-model': (name: string) =>
    `The activations of these results come from ${name}, not from a model, so there is nothing whose units could be switched off. Open the model itself and run it.`,
  'run-first': () =>
    'A run is under way, and units are switched off by the same machinery. Wait until it is done, or cancel it, and try again.',
  'ablation-closed': (reason: string) => `${reason} Load the activations again to go on.`,
  'no-such-unit': (unit: number) => `Unit ${unit} is not among these results.`,
  'in-use': () => 'A run is using what you want to free. Wait until it is done, or cancel it, and try again.',
  stale: () => 'A newer question took the place of this one.',
  'below-kept': (unit: number) =>
    `This threshold needs activations of unit ${unit} that are no longer kept on this machine. Choose a higher threshold or a smaller quantile, or open the same files and run again with these settings.`,
  unexpected: (reason: string) =>
    `Something went wrong that should not have: ${reason}. Reload the page and try again; please report it.`,
});

/** Whatever was thrown as a fault: itself, or one that passes on what it said. */
export function asFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  const said = error instanceof Error ? error.message : String(error);
  const fault = jobFaults.unexpected(said.replace(/\.$/, ''));
  fault.cause = error;
  return fault;
}
