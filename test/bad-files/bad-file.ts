import { expect } from 'vitest';
import { Fault } from '../../src/engine/fault.ts';

/** Expects a Fault with this code and exactly these words. */
export async function expectFault(act: () => unknown, code: string, message: string): Promise<void> {
  let caught: unknown;
  try {
    await act();
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(Fault);
  const fault = caught as Fault;
  expect({ code: fault.code, message: fault.message }).toEqual({ code, message });
}
