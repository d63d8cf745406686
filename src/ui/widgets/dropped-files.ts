import type { DroppedFile } from '../../state/app-state.svelte.ts';

/** Every file of a drop with its path, folders walked to the bottom. Call it before the first await of the drop's handler. */
export async function droppedFiles(transfer: DataTransfer): Promise<readonly DroppedFile[]> {
  const entries = Array.from(transfer.items)
    .filter(({ kind }) => kind === 'file')
    .map((item) => item.webkitGetAsEntry() ?? item.getAsFile());
  const found: DroppedFile[] = [];
  for (const entry of entries) {
    if (entry instanceof File) found.push({ path: entry.name, file: entry });
    else if (entry) await walk(entry, found);
  }
  return found;
}

/** The files of a file input, with their paths inside a picked folder. */
export function pickedFiles(list: FileList): readonly DroppedFile[] {
  return Array.from(list, (file) => ({ path: file.webkitRelativePath || file.name, file }));
}

async function walk(entry: FileSystemEntry, found: DroppedFile[]): Promise<void> {
  const path = entry.fullPath.replace(/^\//, '');
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => {
      (entry as FileSystemFileEntry).file(resolve, reject);
    });
    found.push({ path, file });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    // A call gives at most 100 entries; only an empty answer is the end.
    if (some.length === 0) return;
    for (const inner of some) await walk(inner, found);
  }
}
