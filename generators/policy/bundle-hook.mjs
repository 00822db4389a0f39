import { fileURLToPath } from 'node:url';
import { build } from 'esbuild-wasm';

/**
 * Bundles the policy hook into `hook.cjs`. It is waited for at every call of the agent: one small
 * file, and no module loader, which alone takes a tenth of Node's start.
 */
export function bundleHook(outdir) {
  return build({
    absWorkingDir: fileURLToPath(new URL('../..', import.meta.url)),
    entryPoints: { hook: 'generators/policy/hook.ts' },
    outdir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
    preserveSymlinks: true,
  });
}
