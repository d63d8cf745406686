/** Something held until it is released. */
export interface Locked {
  /** Settles once another may have it. */
  release(): Promise<void>;
}

const PREFIX = 'formulens run ';

/** Ids of the runs that are under way, in this tab or another. */
export async function runsUnderWay(
  locks: Pick<LockManager, 'query'> | undefined = navigator.locks as LockManager | undefined,
): Promise<ReadonlySet<string>> {
  const { held = [] } = (await locks?.query()) ?? {};
  return new Set(held.flatMap(({ name }) => (name?.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : [])));
}

/**
 * Takes the lock of a run, so that no two tabs keep steps of the same one at a time. Browsers let go of it when a tab closes or crashes.
 *
 * @returns null where another tab holds it
 */
export async function lockRun(
  id: string,
  locks: Pick<LockManager, 'request'> | undefined = navigator.locks as LockManager | undefined,
): Promise<Locked | null> {
  // Where there are no locks, the page is not secure and keeps nothing either.
  if (!locks) return { release: async () => undefined };
  return new Promise((resolve) => {
    const released: Promise<unknown> = locks
      .request(PREFIX + id, { ifAvailable: true }, async (lock) => {
        if (!lock) return resolve(null);
        await new Promise<void>((letGo) => {
          const release = async (): Promise<void> => {
            letGo();
            await released;
          };
          resolve({ release });
        });
      })
      .catch(() => resolve(null));
  });
}
