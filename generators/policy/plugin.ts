import packageJson from '../../package.json' with { type: 'json' };
import { agentFiles } from './agent-files.ts';
import { fastPath } from './fast-path.ts';
import { commandLine, shellQuoted } from './hook-command.ts';
import { respondFailure } from './respond.ts';
import { ruleOf } from './rules/rules.ts';
import type { Policies } from './schema.ts';

/** The absolute paths of the plugin and of the programs that it starts. */
export interface PluginPlaces {
  plugin: string;
  bash: string;
  cat: string;
  node: string;
}

/** Longer than the hook's own limit, so that its answer comes first. */
const clientTimeout = 30;

/**
 * The files of the Claude Code plugin, by path, with those of the other agents below `agents/`. `hooks/pre-tool-use` must be executable; `hooks/hook.cjs`
 * is the bundled hook, which the caller adds.
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
    ...(policies.rules.length === 0 ? [] : agentFiles(`${plugin}/hooks/pre-tool-use`)),
  ]);
}

/** The `hooks` of a plugin or of settings; empty where no rule is active. */
function hookSettings(policies: Policies, plugin: string): Record<string, unknown[]> {
  if (policies.rules.length === 0) return {};
  const script = shellQuoted(`${plugin}/hooks/pre-tool-use`);
  return {
    PreToolUse: [
      {
        // Tools that run commands come from MCP servers and from newer clients too.
        matcher: '.*',
        hooks: [
          {
            type: 'command',
            // The client lets a call pass when the script cannot be started.
            command: commandLine(script, respondFailure('the policy hook could not be started')),
            timeout: clientTimeout,
            onFailure: 'block',
          },
        ],
      },
    ],
  };
}

/**
 * Settings for `/etc/claude-code/managed-settings.d/`: users cannot disable them. No hook runs for files that a user
 * mentions with `@`; deny rules cover them.
 */
export function managedSettings(policies: Policies, plugin: string): object {
  const deny = policies.rules
    .filter(({ decision }) => decision === 'block')
    .flatMap((rule) => ruleOf(rule).unreadable ?? []);
  return {
    ...(policies.rules.length === 0 ? {} : { hooks: hookSettings(policies, plugin) }),
    ...(deny.length === 0 ? {} : { permissions: { deny: deny.map((path) => `Read(${path})`) } }),
  };
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
