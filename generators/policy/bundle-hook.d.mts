/** Bundles the policy hook into `hook.cjs` in a folder. */
export function bundleHook(outdir: string): Promise<unknown>;
