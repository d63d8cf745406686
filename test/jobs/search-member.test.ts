import { expect, it } from 'vitest';
import type { SearchMemory } from '../../src/pipeline/search-service.ts';
import { SearchMember } from '../../src/jobs/search-member.ts';

/** A worker that is told what to read and answers with it, in order, as comlink's service does. */
class FakeWorker extends EventTarget {
  read: unknown;
  readonly log: string[] = [];
  terminate = (): void => undefined;

  postMessage(message: unknown): void {
    setTimeout(() => this.#answer(message));
  }

  #answer(message: unknown): void {
    const { id, path, argumentList } = message as {
      id: string;
      path: string[];
      argumentList: { value: unknown }[];
    };
    const [name] = path;
    this.log.push(name);
    if (name === 'attach') this.read = (argumentList[0].value as SearchMemory).maps;
    const value = name === 'sampleName' ? this.read : undefined;
    this.dispatchEvent(new MessageEvent('message', { data: { id, type: 'RAW', value } }));
  }
}

const memory = (): SearchMemory => ({
  search: { cells: new ArrayBuffer(1), extras: new ArrayBuffer(1) },
  maps: new ArrayBuffer(1),
});

it('answers each question from its own memory, whoever else asks meanwhile', async () => {
  const worker = new FakeWorker();
  const member = new SearchMember('testing', () => worker as unknown as Worker);
  const [one, other] = [memory(), memory()];
  const asked = [one, other, one, one].map((from) => member.ask(from, 'sampleName', 0));
  expect(await Promise.all(asked)).toEqual([one.maps, other.maps, one.maps, one.maps]);
  expect(worker.log.filter((name) => name === 'attach')).toHaveLength(3);
});
