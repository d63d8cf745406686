import { exitCodes } from './exit-codes.ts';

/** Signals that ask a program to end: Ctrl-C, and what schedulers send. */
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Lets work end in order when somebody asks it to: the signal is aborted, and the program shall exit with {@link AbortSignal.reason}, 130 or
 * 143, once nothing is half done. Asked again, it ends at once; whatever is on disk is whole at any time.
 *
 * @returns the signal, and what undoes it
 */
export function endInOrder(): { readonly signal: AbortSignal; readonly dispose: () => void } {
  const controller = new AbortController();
  const listeners = SIGNALS.map((name) => {
    const listener = (): void => {
      if (controller.signal.aborted) process.exit(exitCodes[name]);
      controller.abort(exitCodes[name]);
    };
    process.on(name, listener);
    return [name, listener] as const;
  });
  return {
    signal: controller.signal,
    dispose: () => {
      for (const [name, listener] of listeners) process.off(name, listener);
    },
  };
}

/** Ends the program at once when it is asked to, with 130 or 143: for work that leaves nothing behind. */
export function endAtOnce(): void {
  for (const name of SIGNALS) process.on(name, () => process.exit(exitCodes[name]));
}
