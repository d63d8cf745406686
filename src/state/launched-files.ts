import type { DroppedFile } from '../jobs/api.ts';

/** What the system hands to an installed page that was asked to open files (W3C, Web App Launch Handler). */
interface LaunchParams {
  readonly files: readonly FileSystemFileHandle[];
}

interface LaunchQueue {
  setConsumer(consumer: (params: LaunchParams) => void): void;
}

/**
 * Takes files opened from the desktop with the installed page, as if they were dropped on it. Does nothing in browsers without
 * `launchQueue`. A file that has gone meanwhile is left out.
 */
export function followLaunches(
  take: (files: readonly DroppedFile[], from: { readonly handles: readonly FileSystemHandle[] }) => Promise<unknown>,
): void {
  const queue = (globalThis as { launchQueue?: LaunchQueue }).launchQueue;
  queue?.setConsumer(({ files }) => {
    void read(files).then((opened) => (opened.length > 0 ? take(opened, { handles: files }) : undefined));
  });
}

async function read(handles: readonly FileSystemFileHandle[]): Promise<DroppedFile[]> {
  const files = await Promise.all(handles.map((handle) => handle.getFile().catch(() => null)));
  return files.flatMap((file) => (file === null ? [] : [{ path: file.name, file }]));
}
