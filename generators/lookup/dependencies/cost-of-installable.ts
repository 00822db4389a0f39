import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { currentUser } from '../../current-user.ts';
import { UserError } from '../../errors.ts';
import type { StoreGraph } from '../../questions/closure-graph/store-graph.ts';
import { storeLabel } from '../../store-name.ts';
import { visible } from '../../text.ts';
import { type Addition, additionOf, additionText } from './cost-of-new.ts';
import { type Closure, closureOf, type StorePathInfo, substituters } from './nix-path-info.ts';

/** The cost of adding an installable (`nixpkgs#blender`), or that no queried store has it. */
export type InstallableCost =
  | ({
      installable: string;
      found: true;
      /** Its store name: `blender-4.5`. */
      name: string;
      /** Present paths were recognised by name and size, because the output has no store hashes. */
      byNameAndSize: boolean;
    } & Addition)
  | {
      installable: string;
      found: false;
      /** Binary caches that could not be queried, with the reason. */
      failures: string[];
    };

/**
 * Queries the local store, then with `remote` the configured binary caches.
 *
 * @param store the output's graph, in place of the running system when `dir` names another output
 */
export async function costOfInstallable(
  installable: string,
  { store, dir, remote }: { store: StoreGraph; dir: string | undefined; remote: boolean },
): Promise<InstallableCost> {
  const { closure, failures } = await findClosure(installable, remote);
  if (closure === undefined) return { installable, found: false, failures };
  const running = dir === undefined ? await runningSystem() : undefined;
  const [name = installable] = closure.own.map(storeLabel).sort((a, b) => a.length - b.length);
  return {
    installable,
    found: true,
    name,
    byNameAndSize: running === undefined,
    ...additionOf(closure, running ?? byNameAndSize(store)),
  };
}

/** The answer as text, with at most `limit` store paths. */
export function installableCostText(
  cost: InstallableCost,
  { limit, remote }: { limit: number; remote: boolean },
): string {
  if (!cost.found) {
    const asked = remote
      ? ', and neither does any binary cache that could be asked: its size is not known.'
      : ': its size is not known. --substituters asks the binary caches.';
    return `${[`The local store does not have ${visible(cost.installable)}${asked}`, ...cost.failures].join('\n')}\n`;
  }
  const note = 'Present paths were recognised by name and size, because the output has no store hashes.\n';
  return additionText(cost.name, cost, limit) + (cost.byNameAndSize && cost.presentPaths > 0 ? note : '');
}

async function findClosure(installable: string, remote: boolean): Promise<{ closure?: Closure; failures: string[] }> {
  const failures: string[] = [];
  const local = await closureOf([installable]);
  if (local !== undefined) return { closure: local, failures };
  for (const cache of remote ? await substituters() : []) {
    try {
      const closure = await closureOf([installable], cache);
      if (closure !== undefined) return { closure, failures };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      failures.push(`${visible(cache)} could not be asked: ${error.message}`);
    }
  }
  return { failures };
}

/** Tests whether the running system or a profile of the user has a path; undefined if there is neither. */
async function runningSystem(): Promise<((path: StorePathInfo) => boolean) | undefined> {
  const roots = [
    '/run/current-system',
    `/etc/profiles/per-user/${currentUser().username}`,
    join(homedir(), '.local/state/nix/profiles/home-manager'),
    join(homedir(), '.local/state/nix/profiles/profile'),
  ].filter((root) => existsSync(root));
  const closure = roots.length === 0 ? undefined : await closureOf(roots);
  if (closure === undefined) return undefined;
  const present = new Set(closure.paths.map(({ path }) => path));
  return ({ path }) => present.has(path);
}

function byNameAndSize({ names, sizes }: StoreGraph): (path: StorePathInfo) => boolean {
  const present = new Set(names.map((name, node) => `${name} ${sizes[node]}`));
  return ({ path, size }) => present.has(`${storeLabel(path)} ${size}`);
}
