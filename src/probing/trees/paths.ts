/**
 * Puts paths of a dropped folder or zip into the tree's form: forward slashes, no leading `./`, without hidden files
 * (`.DS_Store`, `__MACOSX/`, `Thumbs.db`), and without the top folder if all files lie in one.
 *
 * @param items anything with a path
 * @returns the items by their path inside the tree, and the top folder's name, where there was one
 */
export function treePaths<Item extends { readonly path: string }>(
  items: Iterable<Item>,
): { readonly byPath: Map<string, Item>; readonly top: string | undefined } {
  const visible = Array.from(items, (item) => ({ item, parts: splitPath(item.path) })).filter(
    ({ parts }) => !isHidden(parts),
  );
  const first = visible[0]?.parts[0];
  const shared = visible.every(({ parts }) => parts.length > 1 && parts[0] === first);
  const top = shared ? first : undefined;
  const byPath = new Map(visible.map(({ item, parts }) => [(shared ? parts.slice(1) : parts).join('/'), item]));
  return { byPath, top };
}

/** The parts of a path, without empty ones and `.`. */
export function splitPath(path: string): string[] {
  const parts = (path.includes('\\') ? path.replaceAll('\\', '/') : path).split('/');
  return parts.includes('') || parts.includes('.') ? parts.filter((part) => part !== '' && part !== '.') : parts;
}

function isHidden(parts: readonly string[]): boolean {
  return (
    parts.length === 0 || parts.some((part) => part.startsWith('.') || part === '__MACOSX' || part === 'Thumbs.db')
  );
}
