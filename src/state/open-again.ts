import type { DroppedFile, KnownFile, UnfinishedRun } from '../jobs/api.ts';
import type { AppState } from './app-state.svelte.ts';
import { pageFaults } from './errors.ts';
import { filesBehind, mayRead } from './file-handles.ts';
import { neededFiles } from './lacking.ts';
import type { NeededFile } from './lacking.ts';
import { keptOptions } from './probing-options.ts';
import { takeFiles } from './show.ts';
import { freshView, isHash, whichOfRun } from './which.ts';
import type { Which } from './which.ts';
import type { TakenFrom } from './workspace.svelte.ts';

type Parts = Pick<AppState, 'address' | 'kept' | 'workspace'>;

/** Opens known files again, as if they were dropped; to be called while a click is being handled. */
export async function openAgain(parts: Parts, known: readonly KnownFile[]): Promise<void> {
  const read = await readAgain(parts, known);
  if (read) await takeFiles(parts, read.files, read.from);
}

/** How what a broken-off run would have made stands in an address. */
export function whichOfUnfinished({ source, probing, request, total }: UnfinishedRun, layer?: string): Which {
  const { activations, samples } = request;
  const first = activations.kind === 'model' ? activations.layers[0] : source.name;
  // A run of fewer samples than there are says so; how many there are is not known here, only that there are more.
  const sampleCount = samples === null ? total : Number.MAX_SAFE_INTEGER;
  return whichOfRun(source, { ...probing, sampleCount }, layer ?? first, request, null);
}

/** The known file that has the hash a needed file must have; undefined where none is known. */
export function knownFor({ kind, hash }: NeededFile, files: readonly KnownFile[]): KnownFile | undefined {
  return files.find((file) => file.role === kind && isHash(hash, file.hash));
}

/**
 * Goes on with a broken-off run: opens what of its files can be opened, samples by themselves and known files where the person allows,
 * and runs the same again. Where a file is lacking, leads to the page that says which. To be called while a click is being handled.
 */
export async function goOnWith(parts: Parts, run: UnfinishedRun): Promise<void> {
  const { address, kept, workspace } = parts;
  const which = whichOfUnfinished(run);
  const lacking = neededFiles(which, workspace.open).filter(({ state }) => state !== 'right');
  const known = lacking.flatMap((file) => (file.sample === null ? (knownFor(file, kept.files) ?? []) : []));
  const read = known.length > 0 ? await readAgain(parts, known) : null;
  if (read) await workspace.take(read.files, read.from);
  for (const { kind, sample } of lacking) {
    if (sample !== null) await workspace.openSample(sample, kind === 'probing' ? 'probing' : 'model');
  }
  if (!workspace.hasFilesOf(run)) {
    address.go({ ...freshView, ...which, page: 'layer' });
    return;
  }
  const ended = workspace.goOn(run);
  address.go({ ...freshView, ...workspace.which, page: 'layer' });
  await ended;
  await kept.refreshWork();
}

/** Files behind handles, where the person allows; a fault says where not. */
async function readAgain(
  { kept, workspace }: Parts,
  known: readonly KnownFile[],
): Promise<{ readonly files: readonly DroppedFile[]; readonly from: TakenFrom } | null> {
  kept.fault = null;
  // All are asked at once: the click counts for a moment only.
  const allowed = await Promise.all(known.map(({ handle }) => mayRead(handle)));
  const files: DroppedFile[] = [];
  for (const [i, { name, handle }] of known.entries()) {
    if (!allowed[i]) {
      kept.fault = pageFaults['not-allowed'](name);
      continue;
    }
    try {
      files.push(...(await filesBehind(handle, (found) => (workspace.collecting = files.length + found))));
    } catch {
      kept.fault = pageFaults.gone(name);
    }
  }
  workspace.collecting = null;
  if (files.length === 0) return null;
  const set = known.find(({ role }) => role === 'probing');
  return { files, from: { handles: known.map(({ handle }) => handle), options: set && keptOptions(set.hash) } };
}
