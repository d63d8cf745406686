const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const since = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const short = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });

/** An IoU, always with three digits after the point. */
export function iouText(iou: number): string {
  return iou.toFixed(3);
}

/** A count with separators: `278,600`. */
export function countText(count: number): string {
  return whole.format(count);
}

/** A measured value in four digits: `1.237`, `0.004512`; very large and very small ones with an exponent. */
export function valueText(value: number): string {
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-4 || size >= 1e7) ? value.toExponential(2) : short.format(value);
}

/** A weight with its sign and three digits: `+0.812`, `−1.240`, `0.000`. */
export function signedText(value: number): string {
  const text = Math.abs(value).toFixed(3);
  return Number(text) === 0 ? text : `${value < 0 ? '−' : '+'}${text}`;
}

/** A share as a percentage: `0.5 %`, `12 %`. */
export function shareText(share: number): string {
  const percent = share * 100;
  if (percent !== 0 && percent < 0.01) return 'under 0.01 %';
  return `${percent < 10 ? Number(percent.toFixed(2)) : Math.round(percent)} %`;
}

/** A count with its noun: `1 unit`, `2 units`. */
export function plural(count: number, noun: string, nouns = `${noun}s`): string {
  return `${countText(count)} ${count === 1 ? noun : nouns}`;
}

/** A size in bytes: `12.4 MB`. */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const step = bytes < 1e6 ? 1 : bytes < 1e9 ? 2 : 3;
  const value = bytes / 1000 ** step;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${['', 'kB', 'MB', 'GB'][step]}`;
}

/** A length of time: `8 s`, `2 min 5 s`. */
export function durationText(seconds: number): string {
  const rounded = Math.max(1, Math.round(seconds));
  if (rounded < 60) return `${rounded} s`;
  const minutes = Math.floor(rounded / 60);
  return minutes < 60 ? `${minutes} min ${rounded % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** How long ago a time was: `12 minutes ago`, `yesterday`. */
export function agoText(iso: string, now: number = Date.now()): string {
  const seconds = (Date.parse(iso) - now) / 1000;
  if (Number.isNaN(seconds)) return iso;
  if (seconds > -45) return 'just now';
  const units = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ] as const;
  const [unit, length] = units.find(([, length]) => -seconds >= length * 0.95) ?? units[2];
  return since.format(Math.min(-1, Math.round(seconds / length)), unit);
}

/** A date for people, in the browser's language and time zone: `23 Nov 2026, 11:31`. */
export function dateText(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}
