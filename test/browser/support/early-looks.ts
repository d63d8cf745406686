import { expect, vi } from 'vitest';
import type { ExplainedUnits } from '../../../src/jobs/api.ts';
import { EarlyLooks } from '../../../src/jobs/early-looks.ts';

/** Makes runs look at what they have after so many samples, however short they are, and wait until all units are explained. */
export function lookAfter(samples: number, unitCount: number) {
  const provisional = new Map<number, number>();
  const take = Reflect.get(EarlyLooks.prototype, 'take') as EarlyLooks['take'];
  const spies = [
    vi.spyOn(EarlyLooks.prototype, 'due').mockImplementation((read) => read === samples),
    vi.spyOn(EarlyLooks.prototype, 'take').mockImplementation(async function (this: EarlyLooks, ...asked) {
      await take.apply(this, asked);
      await vi.waitFor(() => expect(provisional.size).toBe(unitCount), { timeout: 20_000 });
    }),
  ];
  return {
    /** Share of each unit that came before the end. */
    provisional,
    onUnits: ({ share, units }: ExplainedUnits): void => {
      if (share < 1) for (const { unit } of units) provisional.set(unit, share);
    },
    restore: () => spies.forEach((spy) => spy.mockRestore()),
  };
}
