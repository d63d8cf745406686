import { answer, keepShell, tidy } from '../src/offline/caches.ts';
import { stamped } from '../src/offline/stamped.ts';

const worker = globalThis as unknown as ServiceWorkerGlobalScope;

worker.addEventListener('install', (event) => {
  event.waitUntil(
    keepShell().then(() => {
      // The first one begins at once; a newer one waits until the page is told to take it.
      if (worker.registration.active === null) return worker.skipWaiting();
      return undefined;
    }),
  );
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(tidy().then(() => worker.clients.claim()));
});

worker.addEventListener('message', ({ data }) => {
  if (data === 'activate') void worker.skipWaiting();
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== worker.location.origin) return;
  const lasting = (work: Promise<unknown>): void => event.waitUntil(work);
  event.respondWith(answer(request, lasting).then(stamped));
  if (request.mode === 'navigate') lasting(tidy());
});
