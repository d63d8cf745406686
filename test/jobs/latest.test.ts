import { expect, it } from 'vitest';
import { Latest } from '../../src/jobs/latest.ts';

/** Work that ends when told. */
function work() {
  const started: string[] = [];
  const ends = new Map<string, { resolve: (answer: string) => void; reject: (error: Error) => void }>();
  const begin = (name: string) => () => {
    started.push(name);
    return new Promise<string>((resolve, reject) => ends.set(name, { resolve, reject }));
  };
  const end = (name: string) => ends.get(name) ?? expect.fail(`${name} has not begun`);
  return { started, begin, end };
}

const settled = (promise: Promise<unknown>): Promise<unknown> =>
  promise.catch((error: unknown) => (error as { code?: string }).code ?? (error as Error).message);

it('begins at once where nothing is at work', async () => {
  const { begin, end } = work();
  const latest = new Latest();
  const first = latest.ask(begin('a'));
  end('a').resolve('A');
  expect(await first).toBe('A');
  const second = latest.ask(begin('b'));
  end('b').resolve('B');
  expect(await second).toBe('B');
});

it('does the newest of those that wait and drops the others at once', async () => {
  const { started, begin, end } = work();
  const latest = new Latest();
  const answers = ['a', 'b', 'c', 'd'].map((name) => settled(latest.ask(begin(name))));
  expect(await Promise.all(answers.slice(1, 3))).toEqual(['jobs/stale', 'jobs/stale']);
  expect(started).toEqual(['a']);
  end('a').resolve('A');
  expect(await answers[0]).toBe('A');
  await Promise.resolve();
  expect(started).toEqual(['a', 'd']);
  end('d').resolve('D');
  expect(await answers[3]).toBe('D');
});

it('goes on after a failure, and gives it to the one who asked only', async () => {
  const { begin, end } = work();
  const latest = new Latest();
  const [first, second] = [settled(latest.ask(begin('a'))), settled(latest.ask(begin('b')))];
  end('a').reject(new Error('broken'));
  expect(await first).toBe('broken');
  await Promise.resolve();
  end('b').resolve('B');
  expect(await second).toBe('B');
});
