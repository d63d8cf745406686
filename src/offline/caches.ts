const { version, entry, shell, later } = __SITE__;
const worker = globalThis as unknown as ServiceWorkerGlobalScope;
const scope = worker.registration.scope;
// Several Formulens may stand on one host under several paths, and share its caches.
const ours = `formulens ${scope} `;
const shellName = `${ours}shell ${version}`;
const laterName = `${ours}later`;
const inShell = new Set(shell);
const anyVary = { ignoreVary: true };

/**
 * Keeps all of the shell, or nothing: what is half there would not start offline. Files with a hash in their name are taken from
 * an earlier build's shell where it has them.
 *
 * @throws Error or TypeError, where a file cannot be had or the host still gives another build's page
 */
export async function keepShell(): Promise<void> {
  const cache = await caches.open(shellName);
  try {
    await Promise.all(shell.map((path) => keep(cache, path)));
  } catch (error) {
    await caches.delete(shellName);
    throw error;
  }
}

async function keep(cache: Cache, path: string): Promise<void> {
  const address = addressOf(path);
  const isHashed = path.startsWith('assets/');
  const known = isHashed ? await caches.match(address, anyVary) : undefined;
  const response = known ?? (await fetch(address, { cache: isHashed ? 'default' : 'no-cache' }));
  if (!response.ok) throw new Error(`${address}: the server answers ${response.status}`);
  if (path === '' && !(await response.clone().text()).includes(entry)) {
    throw new Error(`${address}: the host gives the page of another build`);
  }
  await cache.put(address, response);
}

/** Deletes what other builds kept. Not while other windows are open: they may still be of such a build, and load its parts. */
export async function tidy(): Promise<void> {
  const windows = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (windows.length > 1) return;
  for (const name of await caches.keys()) {
    if (name.startsWith(ours) && name !== shellName && name !== laterName) await caches.delete(name);
  }
  const cache = await caches.open(laterName);
  const wanted = new Set(Object.keys(later).map(laterKey));
  for (const { url } of await cache.keys()) if (!wanted.has(url)) await cache.delete(url);
}

/**
 * Answers a request for a file of this host: from what is kept where it belongs to this build, keeping it on the way where it is
 * to be kept; else from the host; else, for parts of an earlier build, from what that kept.
 *
 * @param lasting holds the worker alive until a promise settles
 */
export async function answer(request: Request, lasting: (work: Promise<unknown>) => void): Promise<Response> {
  const path = pathOf(request.url);
  if (inShell.has(path)) return fromCache(shellName, addressOf(path), request, lasting);
  if (path in later) return fromCache(laterName, laterKey(path), request, lasting);
  if (path.startsWith('assets/')) return (await caches.match(request, anyVary)) ?? fetch(request);
  return fetch(request);
}

/** Files that are fetched and not yet kept, by key. Two at once would be kept over one another. */
const onTheWay = new Map<string, Promise<void>>();

async function fromCache(
  name: string,
  key: string,
  request: Request,
  lasting: (work: Promise<unknown>) => void,
): Promise<Response> {
  const cache = await caches.open(name);
  const kept = await cache.match(key, anyVary);
  if (kept) return kept;
  const before = onTheWay.get(key);
  if (before) {
    await before;
    return (await cache.match(key, anyVary)) ?? fetch(request);
  }
  const fetching = fetchWhole(request);
  const keeping = fetching
    .then((response) => (isToKeep(request, response) ? cache.put(key, response.clone()) : undefined))
    // Without room it is fetched again the next time.
    .catch(() => undefined)
    .finally(() => onTheWay.delete(key));
  onTheWay.set(key, keeping);
  lasting(keeping);
  return fetching;
}

/** Fetches what is asked for, to the end: a worker that is ended while it loads a file would else break it off. */
function fetchWhole(request: Request): Promise<Response> {
  return request.mode === 'navigate' ? fetch(request) : fetch(request.url);
}

function isToKeep(request: Request, response: Response): boolean {
  return response.status === 200 && !isAnotherPage(request, response);
}

/** Whether the host answers a missing file with the page, as hosts of pages with routing of their own do. */
function isAnotherPage(request: Request, response: Response): boolean {
  return request.mode !== 'navigate' && (response.headers.get('Content-Type') ?? '').startsWith('text/html');
}

/** Path of an address below the page's folder, without query; what lies elsewhere gets its whole address. */
function pathOf(address: string): string {
  const { origin, pathname } = new URL(address);
  const whole = origin + pathname;
  if (!whole.startsWith(scope)) return whole;
  const path = whole.slice(scope.length);
  return path === 'index.html' ? '' : path;
}

function addressOf(path: string): string {
  return new URL(path, scope).href;
}

/** A changed sample keeps its name, so the hash of its bytes belongs to the key. */
function laterKey(path: string): string {
  return `${addressOf(path)}?${later[path] ?? ''}`;
}
