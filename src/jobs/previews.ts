import type { ProbingWorker } from '../../workers/probing.worker.ts';
import type { StorageWorker } from '../../workers/storage.worker.ts';
import type { OpenedProbing, Workbench } from './api.ts';
import type { ObjectAddresses } from './object-addresses.ts';
import type { Reopening } from './reopening.ts';
import type { WorkerLink } from './worker-link.ts';

/** What previews are drawn with. */
export interface PreviewContext {
  readonly opened: Reopening<OpenedProbing>;
  readonly probingLink: WorkerLink<ProbingWorker>;
  readonly storageLink: WorkerLink<StorageWorker>;
  readonly addresses: ObjectAddresses;
}

/** Small pictures of samples spread over a probing set. They are kept, as those behind results are. @throws Fault of the reader */
export async function drawPreviews(
  { opened, probingLink, storageLink, addresses }: PreviewContext,
  count: number,
): ReturnType<Workbench['previews']> {
  const { contentHash, title, hasPictures } = opened.info;
  if (!hasPictures) return [];
  await opened.ready();
  const drawn = await probingLink.call('previews', count);
  const kept = drawn.map(({ sample, picture }) => ({ sample, picture }));
  storageLink.call('keepThumbnails', contentHash, kept, title).catch(() => undefined);
  const shown = await Promise.all(
    drawn.map(async ({ sample, name, picture }) => {
      const url = await addresses.get(`${contentHash}/${sample}`, () => Promise.resolve(picture));
      return url === null ? [] : [{ sample, name, url }];
    }),
  );
  return shown.flat();
}
