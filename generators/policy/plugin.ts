import packageJson from '../../package.json' with { type: 'json' };
import { fastPath } from './fast-path.ts';
import { respondFailure } from './respond.ts';
import type { Policies } from './schema.ts';

/** Where the plugin and the programs that it starts will lie: absolute paths. */
export interface PluginPlaces {
  plugin: string;
  bash: string;
  cat: string;
  node: string;
}

/** Longer than the hook's own limit, so that its answer comes first. */
const clientTimeout = 30;

/**
 * The files of the Claude Code plugin, by path. `hooks/pre-tool-use` must be executable; `hooks/hook.cjs`
 * is the bundled hook and is put beside by the caller.
 */
export function pluginFiles(policies: Policies, places: PluginPlaces): Map<string, string> {
  const { plugin, ...programs } = places;
  return new Map([
    [
      '.claude-plugin/plugin.json',
      json({
        name: 'nixos-intelligence',
        description: "Enforces the policies of this machine's Nix configuration",
        version: packageJson.version,
      }),
    ],
    ['hooks/hooks.json', json({ hooks: hookSettings(policies, plugin) })],
    [
      'hooks/pre-tool-use',
      fastPath(policies, { ...programs, hook: `${plugin}/hooks/hook.cjs`, policies: `${plugin}/policies.json` }),
    ],
    ['policies.json', json(policies)],
  ]);
}

/** The `hooks` of a plugin or of settings: none where no rule is active. */
export function hookSettings(policies: Policies, plugin: string): Record<string, unknown[]> {
  if (policies.rules.length === 0) return {};
  const script = `${plugin}/hooks/pre-tool-use`;
  // A script that cannot be started would let the call pass.
  const failed = respondFailure('the policy hook could not be started').trimEnd().replaceAll("'", "'\\''");
  return {
    PreToolUse: [
      {
        matcher: matcher(policies),
        hooks: [{ type: 'command', command: `'${script}' || printf '%s\\n' '${failed}'`, timeout: clientTimeout }],
      },
    ],
  };
}

/** The tools that some active rule can be about. */
function matcher({ rules }: Policies): string {
  const own = rules.filter((rule) => rule.rule === 'own');
  if (own.some(({ tool }) => tool !== null)) return '.*';
  const reads = rules.some(({ rule }) => rule === 'secrets') || own.some(({ path }) => path !== null);
  const writes = rules.some(({ rule }) => rule === 'generated-files') || own.some(({ path }) => path !== null);
  const mcp = reads || writes || rules.some(({ rule }) => rule === 'native-cli');
  return [
    'Bash',
    ...(writes ? ['Edit', 'Write', 'MultiEdit', 'NotebookEdit'] : []),
    ...(reads ? ['Read', 'Grep'] : []),
    ...(mcp ? ['mcp__.*'] : []),
  ].join('|');
}

/**
 * Settings that an administrator puts below `/etc/claude-code/managed-settings.d/`: users cannot switch them
 * off. Files that a user mentions with `@` pass no hook; deny rules catch them.
 */
export function managedSettings(policies: Policies, plugin: string): object {
  const secrets = policies.rules.some(({ rule, decision }) => rule === 'secrets' && decision === 'block');
  return {
    ...(policies.rules.length === 0 ? {} : { hooks: hookSettings(policies, plugin) }),
    ...(secrets ? { permissions: { deny: unreadable.map((path) => `Read(${path})`) } } : {}),
  };
}

/** Files of secrets as patterns of permission rules: `//` is the root, `~/` the home, bare ones anywhere. */
const unreadable = [
  '**/.env',
  '**/.env.local',
  '**/.env.production',
  '~/.ssh/id_*',
  '~/.config/sops/age/keys.txt',
  '~/.gnupg/private-keys-v1.d/**',
  '~/.netrc',
  '~/.aws/credentials',
  '//run/secrets/**',
  '//run/agenix/**',
  '//etc/ssh/ssh_host_*_key',
  '//etc/shadow',
];

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
