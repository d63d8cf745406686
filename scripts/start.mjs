import { env, exit } from 'node:process';
import { installPackages } from './start-install.mjs';

const port = Number(env['PORT'] ?? 4173);

try {
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error(`PORT is ${env['PORT']}, which is no port number. Set it to 0 to 65535, or unset it.`);
  }
  installPackages();
  const { ensureBuild, serve } = await import('./serve.mjs');
  console.log('Building what has changed');
  ensureBuild();
  const { url } = await serve(port);
  console.log(`\nFormulens is at ${url}\nCtrl+C stops it.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  exit(1);
}
