import { readStored, writeStored } from './stored.ts';

/** `auto` follows the system. */
export type ThemeChoice = 'auto' | 'light' | 'dark';

/** The choices, in the order in which they are offered. */
export const themeChoices: readonly ThemeChoice[] = ['auto', 'light', 'dark'];

/** Light or dark: the system's, unless a person chose. The choice is remembered. */
export class Theme {
  choice: ThemeChoice = $state(themeChoices.find((choice) => choice === readStored('theme')) ?? 'auto');

  /** The next choice in the order auto, light, dark. */
  next(): void {
    this.choose(themeChoices[(themeChoices.indexOf(this.choice) + 1) % themeChoices.length]);
  }

  /** Takes a choice, and remembers it. */
  choose(choice: ThemeChoice): void {
    this.choice = choice;
    writeStored('theme', choice);
  }
}
