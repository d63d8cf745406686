import { readStored, writeStored } from './stored.ts';

/** `auto` follows the system. */
export type ThemeChoice = 'auto' | 'light' | 'dark';

const choices: readonly ThemeChoice[] = ['auto', 'light', 'dark'];

/** Light or dark: the system's, unless a person chose. The choice is remembered. */
export class Theme {
  choice: ThemeChoice = $state(choices.find((choice) => choice === readStored('theme')) ?? 'auto');

  /** The next choice in the order auto, light, dark. */
  next(): void {
    this.choice = choices[(choices.indexOf(this.choice) + 1) % choices.length];
    writeStored('theme', this.choice);
  }
}
