import { describe, expect, it } from 'vitest';
import { EarlyLooks, type Look, type LookOptions } from '../../src/jobs/early-looks.ts';
import type { CollectedLayer } from '../../src/pipeline/collected-layer.ts';
import type { CellsSoFar } from '../../src/pipeline/probing-service.ts';

/** Looks over a reading that takes so many milliseconds a sample, batch by batch. */
function reading({ total = 1000, ms = 50, batch = 8, ...options }: Partial<LookOptions> & Partial<Sizes> = {}) {
  let now = 0;
  const looks = new EarlyLooks({
    ...{ cores: 8, wanted: true, seconds: 0.1, explain: async () => undefined },
    ...options,
    now: () => now,
  });
  looks.begin(total);
  const due: number[] = [];
  for (let read = batch; read <= total; read += batch) {
    now += ms * batch;
    if (looks.due(read)) due.push(read);
  }
  return due;
}
interface Sizes {
  readonly total: number;
  readonly ms: number;
  readonly batch: number;
}

describe('looks are due', () => {
  it('after a sixteenth, a quarter and a half of the samples', () => {
    expect(reading({ total: 1600 })).toEqual([104, 400, 800]);
  });

  it('less often on two cores', () => {
    expect(reading({ total: 1600, cores: 2 })).toEqual([104, 400]);
  });

  it('not before there are 32 samples', () => {
    expect(reading({ total: 160, ms: 1000 })).toEqual([32, 40, 80]);
  });

  it('not within the last three seconds', () => {
    expect(reading({ total: 1600, ms: 4 })).toEqual([104, 400, 800]);
    expect(reading({ total: 1600, ms: 3 })).toEqual([104, 400]);
    expect(reading({ total: 1600, ms: 1 })).toEqual([]);
  });

  it('not where they would take more than three twentieths of the time', () => {
    expect(reading({ total: 1600, ms: 10, seconds: 3.9 })).toEqual([104, 400, 800]);
    expect(reading({ total: 1600, ms: 10, seconds: 5 })).toEqual([104, 400]);
    expect(reading({ total: 1600, ms: 10, seconds: 9.7 })).toEqual([]);
  });

  it('nowhere, where they are not wanted', () => {
    expect(reading({ wanted: false })).toEqual([]);
  });
});

const layers: readonly CollectedLayer[] = [
  { buffer: new ArrayBuffer(8), unitCount: 3, keptQuantile: 1, highestFloor: -Infinity },
];
const cells = { cells: new ArrayBuffer(0), extras: new ArrayBuffer(0), maps: new ArrayBuffer(0) } satisfies CellsSoFar;
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Looks in a long reading, of which there was one second for each of a thousand samples. */
function taking(explain: LookOptions['explain']): EarlyLooks {
  let now = 0;
  const looks = new EarlyLooks({ cores: 8, wanted: true, seconds: 0, explain, now: () => now });
  looks.begin(1000);
  now = 900_000;
  return looks;
}

describe('a look', () => {
  it('is explained beside the reading, and dropped when the next is taken or reading ends', async () => {
    const seen: { look: Look; signal: AbortSignal }[] = [];
    const looks = taking((look, signal) => {
      seen.push({ look, signal });
      return new Promise(() => undefined);
    });
    const take = (read: number): Promise<void> =>
      looks.take(
        read,
        async () => layers,
        async () => cells,
      );
    await take(100);
    await turn();
    expect(seen[0]).toMatchObject({ look: { read: 100, layers, cells }, signal: { aborted: false } });
    await take(300);
    expect(seen[0].signal.aborted).toBe(true);
    await turn();
    expect(seen[1].signal.aborted).toBe(false);
    looks.end();
    expect(seen[1].signal.aborted).toBe(true);
  });

  it('is not explained where it was dropped before its cells came', async () => {
    const looks = taking(async () => expect.fail('explained'));
    let come: (cells: CellsSoFar) => void = () => undefined;
    await looks.take(
      100,
      async () => layers,
      () => new Promise((resolve) => (come = resolve)),
    );
    looks.end();
    come(cells);
    await turn();
  });

  it('harms nothing when it fails, and is the last then', async () => {
    const failing = [
      taking(async () => Promise.reject(new Error('no memory'))),
      taking(async () => undefined),
      taking(async () => undefined),
    ];
    await failing[0].take(
      100,
      async () => layers,
      async () => cells,
    );
    await failing[1].take(
      100,
      async () => Promise.reject(new RangeError('too large')),
      async () => cells,
    );
    await failing[2].take(
      100,
      async () => null,
      async () => cells,
    );
    await turn();
    for (const looks of failing) expect(looks.due(900)).toBe(false);
    expect(taking(async () => undefined).due(900)).toBe(true);
  });
});
