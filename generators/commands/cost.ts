import { existsSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { type ExitStatus, UserError } from '../errors.ts';
import { costOfDeclared } from '../lookup/dependencies/cost-of-declared.ts';
import { additionOf, additionText } from '../lookup/dependencies/cost-of-new.ts';
import { costRows, costTable } from '../lookup/dependencies/cost-table.ts';
import { findTargets } from '../lookup/dependencies/find-targets.ts';
import { type Closure, closureOf, type StorePathInfo, substituters } from '../lookup/dependencies/nix-path-info.ts';
import { type LoadedGraph, readGraph } from '../lookup/dependencies/read-graph.ts';
import { storeLabel } from '../store-name.ts';
import { visible } from '../text.ts';
import { defineCommand } from './command.ts';

const shownRows = 20;

export const command = defineCommand({
  name: 'cost',
  usage: '[--by closure] [--all] [--json] [--dir DIR] [NAME | FLAKE#PACKAGE [--substituters]]',
  description: `
Without NAME: what every declared package and every enabled option costs, those first that free most if
they go. With NAME, one of them: what it needs, and which store paths would go with it.

With FLAKE#PACKAGE (nixpkgs#blender): what adding it would pull beyond what is already there, by asking
Nix about the local store; the network is asked only with --substituters. Nothing is built.

All else reads dependency_graph.json as the last rebuild wrote it. Exit status 1: NAME is not declared,
or no store asked has the package.`,
  options: {
    by: { type: 'string', value: 'FIGURE', help: 'order by `exclusive` (what it frees, the default) or `closure`' },
    all: { type: 'boolean', help: `every row, not only the first ${shownRows}` },
    json: { type: 'boolean', help: 'as JSON, sizes in bytes' },
    substituters: { type: 'boolean', help: 'also ask the configured binary caches about FLAKE#PACKAGE' },
    dir: { type: 'string', value: 'DIR', help: 'a built output folder (default: ~/.claude/intelligence)' },
  },
  async run({ values, positionals }) {
    const [name, ...more] = positionals;
    if (more.length > 0) {
      throw new UserError('usage', `expected one NAME at most, got ${positionals.length}`, {
        hint: 'nixos-intelligence cost --help',
      });
    }
    if (name !== undefined && !/^[^-]/.test(name)) {
      throw new UserError('usage', `expected a NAME or FLAKE#PACKAGE, got \`${visible(name)}\``);
    }
    const by = values.by ?? 'exclusive';
    if (by !== 'exclusive' && by !== 'closure') {
      throw new UserError('usage', `--by: expected \`exclusive\` or \`closure\`, got \`${visible(by)}\``);
    }
    const dir = values.dir;
    const loaded = readGraph(dir);
    const limit = values.all ? Number.POSITIVE_INFINITY : shownRows;
    const json = values.json === true;
    if (name === undefined) {
      const rows = costRows(loaded.file, by);
      process.stdout.write(json ? `${JSON.stringify(rows, null, 2)}\n` : costTable(loaded.file, rows, limit));
      return 0;
    }
    return /[#/]/.test(name)
      ? newPackage(loaded, name, { dir, limit, json, remote: values.substituters === true })
      : declaredPackage(loaded, name, { limit, json });
  },
});

function declaredPackage(
  loaded: LoadedGraph,
  name: string,
  { limit, json }: { limit: number; json: boolean },
): ExitStatus {
  const { packages, options } = loaded.file;
  const text = costOfDeclared(loaded, name, limit);
  if (text !== null) {
    const entries = [
      ...packages.filter((entry) => entry.id === name || entry.name === name),
      ...options.filter(({ option }) => option === name),
    ];
    process.stdout.write(json ? `${JSON.stringify(entries, null, 2)}\n` : text);
    return 0;
  }
  const { nodes, near } = findTargets(loaded, name);
  const shown = visible(name);
  process.stdout.write(
    nodes.length > 0
      ? `${shown} is not declared; it is there as a dependency: nixos-intelligence why ${shown}\n`
      : `${shown} is neither declared nor in the closure${near.length > 0 ? `; there are ${near.join(', ')}` : ''}. ` +
          `What adding it would pull: nixos-intelligence cost nixpkgs#${shown}\n`,
  );
  return 1;
}

async function newPackage(
  loaded: LoadedGraph,
  installable: string,
  { dir, limit, json, remote }: { dir: string | undefined; limit: number; json: boolean; remote: boolean },
): Promise<ExitStatus> {
  const { closure, unasked } = await findClosure(installable, remote);
  if (closure === undefined) {
    const asked = remote
      ? ', nor does any configured binary cache that could be asked, so its size is not known.'
      : ', so its size is not known; --substituters asks the binary caches.';
    process.stdout.write(
      `${[`The local store does not have ${visible(installable)}${asked}`, ...unasked].join('\n')}\n`,
    );
    return 1;
  }
  const system = dir === undefined ? await runningSystem() : undefined;
  const addition = additionOf(closure, system ?? byNameAndSize(loaded));
  if (json) {
    process.stdout.write(`${JSON.stringify({ installable, ...addition }, null, 2)}\n`);
    return 0;
  }
  const own = closure.own.map(storeLabel).sort((a, b) => a.length - b.length)[0] ?? installable;
  process.stdout.write(additionText(own, addition, limit));
  if (system === undefined && addition.present > 0) {
    process.stdout.write('What is there was recognised by name and size, as the built file has no hashes.\n');
  }
  return 0;
}

/** From the local store, else from the first cache that has it; a cache that cannot be asked is passed over. */
async function findClosure(installable: string, remote: boolean): Promise<{ closure?: Closure; unasked: string[] }> {
  const unasked: string[] = [];
  const local = await closureOf([installable]);
  if (local !== undefined) return { closure: local, unasked };
  for (const cache of remote ? await substituters() : []) {
    try {
      const closure = await closureOf([installable], cache);
      if (closure !== undefined) return { closure, unasked };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      unasked.push(`${visible(cache)} could not be asked: ${error.message}`);
    }
  }
  return { unasked };
}

/** Whether the running system or the user's profiles hold a path; undefined where there are none of them. */
async function runningSystem(): Promise<((path: StorePathInfo) => boolean) | undefined> {
  const roots = [
    '/run/current-system',
    `/etc/profiles/per-user/${userInfo().username}`,
    join(homedir(), '.local/state/nix/profiles/home-manager'),
    join(homedir(), '.local/state/nix/profiles/profile'),
  ].filter((root) => existsSync(root));
  if (roots.length === 0) return undefined;
  const closure = await closureOf(roots);
  if (closure === undefined) return undefined;
  const there = new Set(closure.paths.map(({ path }) => path));
  return ({ path }) => there.has(path);
}

function byNameAndSize({ store }: LoadedGraph): (path: StorePathInfo) => boolean {
  const there = new Set(store.labels.map((label, node) => `${label} ${store.sizes[node]}`));
  return ({ path, size }) => there.has(`${storeLabel(path)} ${size}`);
}
