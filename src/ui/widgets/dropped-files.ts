import type { DroppedFile } from '../../state/app-state.svelte.ts';
import { isHidden } from '../../state/file-handles.ts';

/** A dropped item in browsers that give its handle (WICG, File System Access). */
interface ItemWithHandle {
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
}

/** Handles of what was dropped, where the browser gives them. Call it before the first await of the drop's handler. */
export async function droppedHandles(transfer: DataTransfer): Promise<readonly FileSystemHandle[]> {
  const asked = Array.from(transfer.items)
    .filter(({ kind }) => kind === 'file')
    .map((item) => (item as ItemWithHandle).getAsFileSystemHandle?.call(item) ?? Promise.resolve(null));
  const answers = await Promise.allSettled(asked);
  return answers.flatMap((answer) => (answer.status === 'fulfilled' && answer.value ? [answer.value] : []));
}

/**
 * Every file of a drop with its path, folders walked to the bottom; hidden ones are left out. Call it before the first await of the
 * drop's handler.
 *
 * @param tell called with the number of files found so far, now and then
 */
export async function droppedFiles(
  transfer: DataTransfer,
  tell: (found: number) => void,
): Promise<readonly DroppedFile[]> {
  const entries = Array.from(transfer.items)
    .filter(({ kind }) => kind === 'file')
    .map((item) => item.webkitGetAsEntry() ?? item.getAsFile());
  const found: DroppedFile[] = [];
  for (const entry of entries) {
    if (entry instanceof File) found.push({ path: entry.name, file: entry });
    else if (entry) await walk(entry, found, tell);
  }
  return found;
}

/** The files of a file input, with their paths inside a picked folder. */
export function pickedFiles(list: FileList): readonly DroppedFile[] {
  return Array.from(list, (file) => ({ path: file.webkitRelativePath || file.name, file }));
}

async function walk(entry: FileSystemEntry, found: DroppedFile[], tell: (found: number) => void): Promise<void> {
  const path = entry.fullPath.replace(/^\//, '');
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => {
      (entry as FileSystemFileEntry).file(resolve, reject);
    });
    found.push({ path, file });
    return;
  }
  if (isHidden(entry.name)) return;
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    // A call gives at most 100 entries; only an empty answer is the end.
    if (some.length === 0) return;
    await Promise.all(some.filter(({ isFile }) => isFile).map((inner) => walk(inner, found, tell)));
    tell(found.length);
    for (const inner of some) if (inner.isDirectory) await walk(inner, found, tell);
  }
}
