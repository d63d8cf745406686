import type { DroppedFile } from '../jobs/api.ts';

/** What handles can do besides, in browsers that can ask for them again (WICG, File System Access). */
interface AskableHandle {
  requestPermission?(wanted: { readonly mode: 'read' }): Promise<PermissionState>;
}

/** Files whose contents are asked for at the same time. */
const atOnce = 64;

/** Whether a file belongs to the system or to an editor: nobody means to open it. */
export function isHidden(name: string): boolean {
  return name.startsWith('.') || name === '__MACOSX' || name === 'Thumbs.db';
}

/** The handle of a file by its name; undefined where there is none. */
export function fileHandle(handles: readonly FileSystemHandle[], name: string): FileSystemHandle | undefined {
  return handles.find((handle) => handle.kind === 'file' && handle.name === name);
}

/** The handle of a folder by its name; of an only one, whatever its name: what was looked for may lie inside of it. */
export function folderHandle(handles: readonly FileSystemHandle[], name: string): FileSystemHandle | undefined {
  const folders = handles.filter(({ kind }) => kind === 'directory');
  return folders.find((handle) => handle.name === name) ?? (folders.length === 1 ? folders[0] : undefined);
}

/** Asks the person whether a file or folder may be read again; to be called while a click is being handled. */
export async function mayRead(handle: FileSystemHandle): Promise<boolean> {
  const askable = handle as AskableHandle;
  try {
    const answer = await askable.requestPermission?.call(handle, { mode: 'read' });
    return answer === undefined || answer === 'granted';
  } catch {
    return false;
  }
}

/**
 * Every file behind a handle with its path, which begins with the folder's name; hidden ones are left out, and so is one that has gone
 * meanwhile. The page stays free while tens of thousands are found.
 *
 * @param tell called with the number of files found so far, now and then
 * @throws DOMException, if the folder has gone or may not be read
 */
export async function filesBehind(
  handle: FileSystemHandle,
  tell: (found: number) => void = () => undefined,
): Promise<readonly DroppedFile[]> {
  if (isFile(handle)) return [{ path: handle.name, file: await handle.getFile() }];
  const found: DroppedFile[] = [];
  const folders: (readonly [path: string, folder: FileSystemDirectoryHandle])[] = [];
  if (isFolder(handle)) folders.push([handle.name, handle]);
  let waiting: Promise<void>[] = [];
  const read = async (path: string, file: FileSystemFileHandle): Promise<void> => {
    const opened = await file.getFile().catch(() => null);
    if (opened) found.push({ path, file: opened });
  };
  for (let next = folders.pop(); next; next = folders.pop()) {
    const [path, folder] = next;
    for await (const inner of folder.values()) {
      if (isHidden(inner.name)) continue;
      if (isFolder(inner)) folders.push([`${path}/${inner.name}`, inner]);
      else waiting.push(read(`${path}/${inner.name}`, inner));
      if (waiting.length < atOnce) continue;
      await Promise.all(waiting);
      waiting = [];
      tell(found.length);
    }
  }
  await Promise.all(waiting);
  return found;
}

function isFile(handle: FileSystemHandle): handle is FileSystemFileHandle {
  return handle.kind === 'file';
}

function isFolder(handle: FileSystemHandle): handle is FileSystemDirectoryHandle {
  return handle.kind === 'directory';
}
