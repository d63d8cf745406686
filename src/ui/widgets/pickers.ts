/** How a page asks for files and folders with their handles, where the browser can (WICG, File System Access). */
interface Pickers {
  showOpenFilePicker?(options: { readonly multiple: boolean }): Promise<readonly FileSystemFileHandle[]>;
  showDirectoryPicker?(options: { readonly mode: 'read' }): Promise<FileSystemDirectoryHandle>;
}

/**
 * Lets the person choose files or a folder.
 *
 * @returns handles, none where the person has chosen nothing, or null where the browser cannot ask this way
 */
export async function pickHandles(what: 'files' | 'folder'): Promise<readonly FileSystemHandle[] | null> {
  const pickers = globalThis as unknown as Pickers;
  try {
    if (what === 'files') return (await pickers.showOpenFilePicker?.({ multiple: true })) ?? null;
    const folder = await pickers.showDirectoryPicker?.({ mode: 'read' });
    return folder ? [folder] : null;
  } catch (error) {
    return error instanceof DOMException && error.name === 'AbortError' ? [] : null;
  }
}
