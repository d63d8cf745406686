import { Fault } from '../fault.ts';
import { cellFaults } from './errors.ts';
import { damage } from './parquet-file.ts';

/**
 * The fault for a file of cells that cannot be read: a library's error in words, or that the file is gone.
 *
 * @param kind what the file is, for messages
 */
export function fileFault(error: unknown, name: string, kind: string): Error {
  if (error instanceof Fault) return error;
  if (error instanceof DOMException) return cellFaults.unreadable(name, error.message);
  return cellFaults.damaged(name, kind, damage(error));
}
