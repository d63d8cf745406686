import { faultTable } from '../engine/fault.ts';

/** What can be wrong with keeping things on this machine. */
export const storageFaults = faultTable('storage', {
  full: (what: string) =>
    `The browser gives this page no more room to keep ${what}. Free some disk space, or clear the storage in the settings.`,
  newer: () => 'A newer version of this page has changed the storage on this machine. Reload this tab.',
  'steps-gone': () => 'What this run had kept of its progress was freed meanwhile, so that a reload would begin anew.',
  unavailable: (reason: string) =>
    `The browser does not let this page keep anything (${reason}). Everything works, but is gone after a reload.`,
});
