const AT_ONCE = 16;

/**
 * Reads something of each of many files, some of them at a time: enough to keep the disk busy, few enough to hold them.
 *
 * @returns what was read, in the order of the items
 * @throws what the first reading that fails throws; readings not yet begun are left
 */
export async function readAll<Item, Result>(
  items: readonly Item[],
  read: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(items.length);
  const queue = items.entries();
  let failed = false;
  const work = async (): Promise<void> => {
    for (const [at, item] of queue) {
      if (failed) return;
      try {
        results[at] = await read(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, work));
  return results;
}
