import { siteHeaders } from './headers.ts';

const bodiless = [101, 204, 205, 304];

/**
 * The same answer with the site's headers, whatever the host sent: for a page that makes it isolated and puts the policy in force,
 * and a worker or a WebAssembly module may only be loaded by such a page with them.
 */
export function stamped(response: Response): Response {
  if (response.type === 'error' || response.status === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(siteHeaders)) headers.set(name, value);
  // The body here is unpacked already.
  headers.delete('Content-Encoding');
  headers.delete('Content-Length');
  const { status, statusText } = response;
  return new Response(bodiless.includes(status) ? null : response.body, { status, statusText, headers });
}
