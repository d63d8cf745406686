import { defaultPageSettings, readSettings, settingsProblems } from './defaults.ts';
import type { PageSettings } from './defaults.ts';
import { readStored, writeStored } from './stored.ts';

/** The settings of the next run; remembered in this browser. */
export class Settings {
  value: PageSettings = $state.raw(readSettings(readStored('settings')));
  readonly problems = $derived(settingsProblems(this.value));

  /** Changes some fields. Values that make no sense are kept for the person to mend, but not remembered. */
  change(change: Partial<PageSettings>): void {
    this.value = { ...this.value, ...change };
    if (Object.keys(this.problems).length === 0) writeStored('settings', this.value);
  }

  /** Back to the defaults. */
  reset(): void {
    this.change(defaultPageSettings);
  }
}
