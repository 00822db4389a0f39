import { readdir, readFile, realpath } from 'node:fs/promises';
import { arch, homedir, hostname, platform, release } from 'node:os';
import { basename, join } from 'node:path';
import { currentUser } from '../../current-user.ts';
import type { EvaluatedPackage } from '../../evidence/evaluated.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import { byText } from '../../order.ts';
import { parseStoreName } from '../../store-name.ts';

/** The evidence from a running machine, and its sources. */
export interface Live {
  evidence: Evidence;
  /** `Debian GNU/Linux 12 (bookworm)` */
  os: string;
  /** The existing profile folders, with the number of packages found. */
  profiles: { folder: string; packages: number }[];
}

const profileFolders = (home: string, user: string) => [
  { folder: '/run/current-system/sw', scope: 'system' as const },
  { folder: `/etc/profiles/per-user/${user}`, scope: 'user' as const },
  { folder: join(home, '.nix-profile'), scope: 'home' as const },
  { folder: join(home, '.local/state/nix/profile'), scope: 'home' as const },
];

/**
 * Reads this machine: its name, system and user, and the packages with commands in the Nix profiles. Without
 * descriptions, declaring files and the configuration.
 */
export async function readLive(): Promise<Live> {
  const user = currentUser();
  const found = new Map<string, EvaluatedPackage & { commands: string[] }>();
  const profiles: Live['profiles'] = [];
  for (const { folder, scope } of profileFolders(homedir(), user.username)) {
    const commands = await commandsOf(folder);
    const names = new Set(commands.map(({ store }) => store));
    if (commands.length > 0) profiles.push({ folder, packages: names.size });
    for (const { command, store } of commands) {
      const known = found.get(store) ?? { ...packageOf(store), commands: [] };
      known.commands.push(command);
      if (!known.scopes.includes(scope)) known.scopes.push(scope);
      found.set(store, known);
    }
  }
  const all = [...found.values()].sort((a, b) => byText(a.id, b.id));
  return {
    os: await osName(),
    profiles,
    evidence: {
      evaluated: {
        schemaVersion: 1,
        platform: 'unknown',
        host: {
          name: hostname(),
          system: `${architecture()}-${platform()}`,
          stateVersion: null,
          release: null,
          kernel: release(),
          desktop: [],
        },
        user: {
          name: user.username,
          home: homedir(),
          shell: user.shell ? basename(user.shell) : null,
          groups: [],
          homeManager: false,
        },
        nixpkgs: { release: 'unknown', revision: null },
        nixVersion: null,
        flake: { used: false, checkout: null, attribute: null, inputs: [] },
        packages: all.map(({ commands: _, ...one }) => one),
        options: [],
        aliases: [],
        agents: [],
        mcpServers: [],
        skipped: [],
      },
      commands: {
        schemaVersion: 1,
        packages: Object.fromEntries(all.map(({ id, commands }) => [id, [...new Set(commands)].sort(byText)])),
      },
    },
  };
}

async function commandsOf(profile: string): Promise<{ command: string; store: string }[]> {
  const names = await readdir(join(profile, 'bin')).catch(() => []);
  const found = await Promise.all(
    names.map(async (command) => {
      const target = await realpath(join(profile, 'bin', command)).catch(() => '');
      const store = /^\/nix\/store\/[0-9a-z]{32}-([^/]+)\/bin\//.exec(target)?.[1];
      return store && !/[\s\p{C}]/u.test(command) ? { command, store } : undefined;
    }),
  );
  return found.filter((one) => one !== undefined);
}

function packageOf(store: string): EvaluatedPackage {
  const { name, version } = parseStoreName(store);
  return {
    id: store,
    name,
    version,
    description: null,
    mainProgram: null,
    homepage: null,
    licenses: [],
    scopes: [],
    base: false,
    declarations: [],
  };
}

async function osName(): Promise<string> {
  const text = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^PRETTY_NAME="?([^"\n]+)/m.exec(text)?.[1] ?? platform();
}

function architecture(): string {
  const names: Readonly<Record<string, string>> = { x64: 'x86_64', arm64: 'aarch64' };
  return names[arch()] ?? arch();
}
