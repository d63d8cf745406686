/** What a screen reader is told, in one polite place of the page. */
export class Announcer {
  text = $state('');

  /** Tells a sentence; the same one again is told again. */
  announce(text: string): void {
    // A change is what is read out: a no-break space behind the sentence makes one.
    this.text = this.text === text ? `${text}\u00a0` : text;
  }
}
