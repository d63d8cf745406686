import { readdirSync, readFileSync } from 'node:fs';

/**
 * Memory of a browser's tabs: proportional set size of its renderer processes, as Linux counts it, so that memory shared by the page's
 * workers counts once.
 *
 * @param starter process id of what started the browser
 * @returns bytes; 0 where the system does not tell
 */
export function tabMemory(starter: number): number {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const status = read(`/proc/${name}/status`);
    parents.set(Number(name), Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? 0));
  }
  const isOf = (pid: number): boolean => pid === starter || (pid > 1 && isOf(parents.get(pid) ?? 0));
  return [...parents.keys()]
    .filter((pid) => pid !== starter && isOf(pid) && read(`/proc/${pid}/cmdline`).includes('--type=renderer'))
    .reduce((sum, pid) => sum + 1024 * Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0), 0);
}

/** A file of the system; empty where its process has ended meanwhile. */
function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
