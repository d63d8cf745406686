import { transferHandlers } from 'comlink';
import { Fault } from '../engine/fault.ts';

interface Wire {
  readonly isError: boolean;
  readonly value: unknown;
}

/**
 * Lets faults keep their code on the way from a worker to the page; comlink itself keeps message, name and stack only.
 * Call it once on both sides, before the first message.
 */
export function registerFaults(): void {
  const plain = transferHandlers.get('throw');
  if (!plain) throw new Error('comlink has changed how it sends errors.');
  transferHandlers.set('throw', {
    canHandle: plain.canHandle.bind(plain),
    serialize(thrown) {
      const { value } = thrown as { readonly value: unknown };
      if (!(value instanceof Fault)) return plain.serialize(thrown);
      const { code, message, stack } = value;
      return [{ isError: true, value: { name: 'Fault', code, message, stack } } satisfies Wire, []];
    },
    deserialize(wire): never {
      const { value } = wire as Wire;
      if (isFault(value)) throw Object.assign(new Fault(value.code, value.message), { stack: value.stack });
      plain.deserialize(wire);
      throw new Error('comlink has changed how it sends errors.');
    },
  });
}

function isFault(
  value: unknown,
): value is { readonly code: string; readonly message: string; readonly stack?: string } {
  return typeof value === 'object' && value !== null && 'name' in value && value.name === 'Fault' && 'code' in value;
}
