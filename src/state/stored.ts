/** Reads a value kept in this browser; undefined where there is none, or storage is closed to the page. */
export function readStored(key: string): unknown {
  try {
    const text = localStorage.getItem(`formulens:${key}`);
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Keeps a small value in this browser. Where that is not allowed, it lasts as long as the page. */
export function writeStored(key: string, value: unknown): void {
  try {
    localStorage.setItem(`formulens:${key}`, JSON.stringify(value));
  } catch {
    return;
  }
}
