/** Cross-origin isolation: without it a page gets no SharedArrayBuffer. */
export const isolation: Readonly<Record<string, string>> = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** What the page may load, run and talk to: itself only. */
const policy: Readonly<Record<string, string>> = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'worker-src': "'self'",
  'connect-src': "'self'",
  'img-src': "'self' blob: data:",
  'style-src': "'self'",
  'font-src': "'self'",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  'object-src': "'none'",
};

/** Sent with every answer of the built site: by the preview, by hosts that read `_headers`, else by the service worker. */
export const siteHeaders: Readonly<Record<string, string>> = {
  ...isolation,
  'Content-Security-Policy': written(policy),
  'X-Content-Type-Options': 'nosniff',
};

/** The development server puts styles into the page as elements and talks to it over a websocket. */
export const developmentHeaders: Readonly<Record<string, string>> = {
  ...isolation,
  'Content-Security-Policy': written({
    ...policy,
    'connect-src': "'self' ws:",
    'style-src': "'self' 'unsafe-inline'",
  }),
};

/**
 * The file `_headers` that Netlify, Cloudflare and others read from the folder they serve: what every answer carries, and that
 * files with a hash in their name never change.
 */
export function headersFile(): string {
  const lines = (headers: Readonly<Record<string, string>>): string =>
    Object.entries(headers)
      .map(([name, value]) => `  ${name}: ${value}\n`)
      .join('');
  const always = lines({ 'Cache-Control': 'public, max-age=31536000, immutable' });
  return `/*\n${lines(siteHeaders)}\n/assets/*\n${always}`;
}

function written(directives: Readonly<Record<string, string>>): string {
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ');
}
