/** Says how far something is; silent where nobody watches. */
export type Progress = (what: string, done: number, total: number) => void;

/** Where progress goes, and the time it is told by. */
export interface ProgressOptions {
  readonly write: (text: string) => void;
  /** One line that is rewritten, or else lines of their own. */
  readonly terminal: boolean;
  /** Milliseconds; only differences count. */
  readonly now: () => number;
}

/** On a terminal a line is rewritten at most four times a second. */
const REWRITE_MS = 250;

/** Elsewhere, as in the log of a job, a line comes every ten seconds. */
const LINE_MS = 10_000;

/** No progress at all. */
export const noProgress: Progress = () => undefined;

/**
 * Progress as lines: what is done, of how much, how fast, and how long the rest takes at that speed. On a terminal the first and the last
 * line of each stage always show; elsewhere a stage of less than ten seconds says nothing.
 */
export function lineProgress({ write, terminal, now }: ProgressOptions): Progress {
  let stage = '';
  let began = { at: 0, done: 0 };
  let shownAt = 0;
  let shownAny = false;
  return (what, done, total) => {
    const at = now();
    const isNew = what !== stage;
    if (isNew) {
      stage = what;
      began = { at, done };
      shownAny = terminal;
      shownAt = terminal ? -Infinity : at;
    }
    const isLast = done === total && shownAny;
    if (!isLast && at - shownAt < (terminal ? REWRITE_MS : LINE_MS)) return;
    shownAt = at;
    shownAny = true;
    const line = progressLine(what, done, total, { seconds: (at - began.at) / 1000, units: done - began.done });
    write(terminal ? `\r\u001b[K${line}${done === total ? '\n' : ''}` : `${line}\n`);
    if (done === total) stage = '';
  };
}

/** @param since what was done in this run, and in which time: work of an earlier run says nothing about speed */
function progressLine(
  what: string,
  done: number,
  total: number,
  { seconds, units }: { readonly seconds: number; readonly units: number },
): string {
  const line = `${what}: ${done} of ${total}`;
  if (units <= 0 || seconds <= 0) return line;
  const rate = units / seconds;
  const speed = `${line}, ${rate >= 10 ? Math.round(rate) : rate.toPrecision(2)} a second`;
  return done === total ? speed : `${speed}, ${duration((total - done) / rate)} left`;
}

/** Whole seconds, minutes or hours and minutes. */
function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.ceil(whole / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
