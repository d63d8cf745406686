import {
  defaultPageSettings,
  defaultPairPageSettings,
  pairsRead,
  readPairSettings,
  readSettings,
  settingsForPairs,
  settingsProblems,
} from './defaults.ts';
import type { PageSettings, PairPageSettings } from './defaults.ts';
import { readStored, writeStored } from './stored.ts';

/** What of a probing set decides which settings are used. */
export interface SettingsSubject {
  readonly hasPairs: boolean;
  readonly sampleCount: number;
}

/**
 * The settings of the next run; remembered in this browser, those for pictures and those for sentence pairs apart. Which of them are meant
 * follows from the probing set that is open.
 */
export class Settings {
  readonly #open: () => SettingsSubject | null;
  #ofPictures: PageSettings = $state.raw(readSettings(readStored('settings')));
  #ofPairs: PairPageSettings = $state.raw(readPairSettings(readStored('pair-settings')));

  /** @param open the probing set that is open, null where none is; asked again whenever it changes */
  constructor(open: () => SettingsSubject | null = () => null) {
    this.#open = open;
  }

  /** Pairs of the open set; null where the settings are those for pictures. */
  readonly pairs: number | null = $derived.by(() => {
    const open = this.#open();
    return open?.hasPairs ? open.sampleCount : null;
  });

  readonly value: PageSettings = $derived.by(() =>
    this.pairs === null ? this.#ofPictures : settingsForPairs(this.#ofPairs, this.pairs),
  );

  /** What is used unless a person changes it. */
  readonly defaults: PageSettings = $derived.by(() =>
    this.pairs === null ? defaultPageSettings : defaultPairPageSettings(this.pairs),
  );

  readonly problems = $derived.by(() => settingsProblems(this.value));

  /** Changes some fields. Values that make no sense are kept for the person to mend, but not remembered. */
  change(change: Partial<PageSettings>): void {
    if (this.pairs === null) this.#ofPictures = { ...this.#ofPictures, ...change };
    else {
      const { minActive, ...rest } = change;
      const next = { ...this.#ofPairs, ...rest };
      const leastActive = minActive === undefined ? next.leastActive : minActive / pairsRead(next.samples, this.pairs);
      this.#ofPairs = { ...next, leastActive };
    }
    this.#remember();
  }

  /** Back to the defaults. */
  reset(): void {
    if (this.pairs === null) this.#ofPictures = defaultPageSettings;
    else this.#ofPairs = readPairSettings(undefined);
    this.#remember();
  }

  #remember(): void {
    if (Object.keys(this.problems).length > 0) return;
    if (this.pairs === null) writeStored('settings', this.#ofPictures);
    else writeStored('pair-settings', this.#ofPairs);
  }
}
