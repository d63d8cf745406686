import { expose } from 'comlink';
import { Fault } from '../../../src/engine/fault.ts';
import { registerFaults } from '../../../src/jobs/fault-transfer.ts';

const service = {
  add: (a: number, b: number): number => a + b,
  fault: (): never => {
    throw new Fault('test/reason', 'A sentence that came a long way.');
  },
  error: (): never => {
    throw new RangeError('A plain error.');
  },
  never: (): Promise<never> => new Promise(() => undefined),
  spin: (): never => {
    for (;;);
  },
  die: (): Promise<never> => {
    setTimeout(() => {
      throw new Error('a failure outside of any call');
    });
    return new Promise(() => undefined);
  },
};

/** A worker that fails in all ways that matter. */
export type FailingWorker = typeof service;

registerFaults();
expose(service);
