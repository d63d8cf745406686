import { Fault } from '../engine/fault.ts';

/** Any thrown thing as a Fault; what is not one gets the code `page/unexpected` and its own message. */
export function toFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new Fault('page/unexpected', `Something failed that should not have: ${message}`, { cause: error });
}
