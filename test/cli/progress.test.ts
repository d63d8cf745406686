import { describe, expect, it } from 'vitest';
import { lineProgress } from '../../src/cli/progress.ts';

function watched(terminal: boolean) {
  const written: string[] = [];
  const clock = { ms: 0 };
  const progress = lineProgress({ write: (text) => written.push(text), terminal, now: () => clock.ms });
  return { written, clock, progress };
}

describe('progress on a terminal', () => {
  it('rewrites one line, at most four times a second, and ends each stage with its last', () => {
    const { written, clock, progress } = watched(true);
    for (let done = 0; done <= 100; done++) {
      progress('Samples', done, 100);
      clock.ms += 10;
    }
    expect(written).toEqual([
      '\r\u001b[KSamples: 0 of 100',
      '\r\u001b[KSamples: 25 of 100, 100 a second, 1 s left',
      '\r\u001b[KSamples: 50 of 100, 100 a second, 1 s left',
      '\r\u001b[KSamples: 75 of 100, 100 a second, 1 s left',
      '\r\u001b[KSamples: 100 of 100, 100 a second\n',
    ]);
  });
});

describe('progress in a log', () => {
  it('writes a line every ten seconds, with the speed of this run', () => {
    const { written, clock, progress } = watched(false);
    for (let done = 1000; done <= 1200; done++) {
      progress('Samples', done, 8200);
      clock.ms += 500;
    }
    expect(written.slice(0, 2)).toEqual([
      'Samples: 1020 of 8200, 2.0 a second, 1 h 0 min left\n',
      'Samples: 1040 of 8200, 2.0 a second, 1 h 0 min left\n',
    ]);
    expect(written).toHaveLength(10);
  });

  it('says nothing of what is done in less', () => {
    const { written, clock, progress } = watched(false);
    progress('Units', 1, 2);
    clock.ms += 9_999;
    progress('Units', 2, 2);
    progress('Samples', 0, 3);
    clock.ms += 10_000;
    progress('Samples', 1, 3);
    progress('Samples', 3, 3);
    expect(written).toEqual(['Samples: 1 of 3, 0.10 a second, 20 s left\n', 'Samples: 3 of 3, 0.30 a second\n']);
  });
});
