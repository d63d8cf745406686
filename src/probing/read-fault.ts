import { probingFaults } from './errors.ts';
import { Fault } from '../engine/fault.ts';

/**
 * The fault for a file that was picked but cannot be read any more. Browsers and Node report it as a `DOMException`
 * (File API, section 6.1.1), Node's file system by a code.
 *
 * @param file for messages
 */
export function readFault(error: unknown, file: string): Fault {
  if (error instanceof Fault) return error;
  const name = error instanceof Error ? error.name : '';
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (name === 'NotFoundError' || code === 'ENOENT') return probingFaults.gone(file);
  if (name === 'NotReadableError') return probingFaults.changed(file);
  return probingFaults.unreadable(file, error instanceof Error ? error.message : String(error));
}
