/** Samples whose files are read at a time: how long a file takes to come decides more than how much of it there is. */
const READS_AT_A_TIME = 4;

/**
 * Reads one thing after the other and gives them in their order; the next ones are being read meanwhile.
 *
 * @param read called in the order of `items`
 * @throws whatever reading the next one throws; what fails further on does not matter then
 */
export async function* readAhead<Item, Value>(
  items: readonly Item[],
  read: (item: Item) => Promise<Value>,
): AsyncGenerator<Value, void, undefined> {
  const reading: Promise<Value>[] = [];
  for (let given = 0, asked = 0; given < items.length; given++) {
    for (; asked < Math.min(items.length, given + READS_AT_A_TIME); asked++) {
      const value = read(items[asked]);
      // Awaited when its turn comes; until then a failure must not count as unhandled.
      value.catch(() => undefined);
      reading.push(value);
    }
    const next = reading.shift();
    if (next) yield await next;
  }
}
