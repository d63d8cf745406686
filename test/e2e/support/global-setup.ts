import type { TestProject } from 'vitest/node';
import { ensureBuild, serve } from '../../../scripts/serve.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the built page, with a slash at the end. */
    baseUrl: string;
  }
}

/** Builds the page where it is out of date, and serves it while the tests run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  ensureBuild();
  const server = await serve(0);
  project.provide('baseUrl', server.url);
  return server.close;
}
