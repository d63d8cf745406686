import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { gzipSync } from 'node:zlib';

/** @type {Readonly<Record<string, string>>} */
const types = {
  '.css': 'text/css; charset=utf-8',
  '.gz': 'application/gzip',
  '.html': 'text/html; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};
const compressible = /^(text\/|image\/svg|application\/(json|manifest))/;

/**
 * @typedef {object} StaticServerOptions
 * @property {string} [base] where the folder stands on the host; begins and ends with a slash; `/` unless told
 * @property {Readonly<Record<string, string>>} [headers] sent with every answer
 * @property {boolean} [gzip] texts are sent compressed, as most hosts do
 * @property {number} [port] any free one unless told
 */

/**
 * The plainest static host: files of a folder under a path, their types, nothing more. What it sent is counted.
 *
 * @param {string} folder
 * @param {StaticServerOptions} [options]
 * @returns {Promise<{ url: string, port: number, sent: { path: string, bytes: number }[], close: () => Promise<void> }>}
 *   `url` ends with a slash; `sent` grows, a line for every file sent, bytes as sent without headers; `close` also ends open connections
 */
export async function serveFolder(folder, { base = '/', headers = {}, gzip = false, port = 0 } = {}) {
  /** @type {{ path: string, bytes: number }[]} */
  const sent = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://host').pathname);
    const file = findFile(folder, base, path);
    if (file === undefined) {
      response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('Not found');
      return;
    }
    const type = types[extname(file)] ?? 'application/octet-stream';
    const raw = readFileSync(file);
    const isPacked = gzip && compressible.test(type);
    const body = isPacked ? gzipSync(raw) : raw;
    sent.push({ path: path.slice(base.length), bytes: body.length });
    response.writeHead(200, {
      ...headers,
      'Content-Type': type,
      'Content-Length': body.length,
      'Cache-Control': 'no-cache',
      ...(isPacked ? { 'Content-Encoding': 'gzip' } : {}),
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  });
  await new Promise((resolve) => server.listen(port, 'localhost', () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  const close = () =>
    new Promise((/** @type {(value: void) => void} */ resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://localhost:${address.port}${base}`, port: address.port, sent, close };
}

/**
 * @param {string} folder
 * @param {string} base
 * @param {string} path
 * @returns {string | undefined} undefined where there is no such file, or it is outside the folder
 */
function findFile(folder, base, path) {
  if (!path.startsWith(base)) return undefined;
  const wanted = normalize(join(folder, path.slice(base.length)));
  if (wanted !== normalize(folder) && !wanted.startsWith(normalize(folder + sep))) return undefined;
  const file = path.endsWith('/') ? join(wanted, 'index.html') : wanted;
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? file : undefined;
}
