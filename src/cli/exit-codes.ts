import type { Fault } from '../engine/fault.ts';

/** What the command line exits with (docs/command-line.md); 0 is a run that is done. */
export const exitCodes = {
  /** The files or the model are at fault: a {@link Fault}, its code and sentence on stderr. */
  files: 1,
  /** The command line itself is wrong. */
  usage: 2,
  /** Shards are missing, not finished or damaged: run those named again, then merge. */
  shards: 3,
  /** Ended by Ctrl-C, as shells say it: 128 and the number of the signal. */
  SIGINT: 130,
  /** Ended by a scheduler. */
  SIGTERM: 143,
} as const;

const codes: Readonly<Record<string, number>> = {
  'cli/usage': exitCodes.usage,
  'cli/shards-missing': exitCodes.shards,
};

/** The exit code for a fault. */
export const exitCodeOf = ({ code }: Fault): number => codes[code] ?? exitCodes.files;
