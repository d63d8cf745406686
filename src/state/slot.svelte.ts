import type { Fault } from '../engine/fault.ts';
import { toFault } from './to-fault.ts';

/** A thing that is opened from a file: what is open, what is being read, and what went wrong with the last try. */
export class Slot<Opened> {
  /** Stays what it was when a new file cannot be read. */
  value: Opened | null = $state.raw(null);
  /** Name of what is being read. */
  reading: string | null = $state(null);
  fault: Fault | null = $state.raw(null);
  #tries = 0;

  /** Opens something. A later call wins over an earlier one that is slower. @returns whether it is now open */
  async open(name: string, read: () => Promise<Opened>): Promise<boolean> {
    const mine = ++this.#tries;
    this.reading = name;
    this.fault = null;
    try {
      const opened = await read();
      if (mine !== this.#tries) return false;
      this.value = opened;
      return true;
    } catch (error) {
      if (mine === this.#tries) this.fault = toFault(error);
      return false;
    } finally {
      if (mine === this.#tries) this.reading = null;
    }
  }

  /** Forgets what is open. */
  clear(): void {
    this.#tries += 1;
    this.value = null;
    this.reading = null;
    this.fault = null;
  }
}
