import packageJson from '../../package.json' with { type: 'json' };
import { agentFiles, type ContextTexts } from './agent-files.ts';
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

/** Whose hooks the plugin starts: of every agent, of all but Claude Code, or of none. */
export const hookChoices = ['all', 'others', 'none'] as const;
type HookChoice = (typeof hookChoices)[number];

/** What the plugin is made of. */
export interface PluginContent {
  /** Null: they are switched off. */
  policies: Policies | null;
  contexts: ContextTexts;
  hooks: HookChoice;
}

const about = {
  name: 'nixos-intelligence',
  version: packageJson.version,
  description: "Skills and policies of this machine's Nix configuration",
  author: { name: 'The nixos-intelligence authors' },
  license: packageJson.license,
};

/**
 * The files of the plugin, by path, as Claude Code, Codex and the specification of Agent Plugins want them, with the
 * files for single agents below `clients/` (`agents/` would hold subagents of Claude Code). `hooks/pre-tool-use` and
 * `hooks/session-start` must be executable; the caller adds the skills and `hooks/hook.cjs`, the bundled hook.
 */
export function pluginFiles({ policies, contexts, hooks }: PluginContent, places: PluginPlaces): Map<string, string> {
  const { plugin, ...programs } = places;
  const active = policies !== null && policies.rules.length > 0;
  return new Map([
    ['plugin.json', json({ $schema: 'https://agent-plugins.org/schemas/1.0.0/plugin.schema.json', ...about })],
    ['.claude-plugin/plugin.json', json(about)],
    [
      '.codex-plugin/plugin.json',
      // `hooks/hooks.json`, its default, has the answers of Claude Code.
      json({ ...about, skills: './skills/', hooks: './clients/codex/hooks.json' }),
    ],
    ...(policies === null
      ? []
      : ([
          ['hooks/hooks.json', json({ hooks: hooks === 'all' ? hookSettings(policies, plugin) : {} })],
          [
            'hooks/pre-tool-use',
            fastPath(policies, { ...programs, hook: `${plugin}/hooks/hook.cjs`, policies: `${plugin}/policies.json` }),
          ],
          ['policies.json', json(policies)],
        ] as const)),
    ['context.md', contexts.any],
    ['hooks/session-start', sessionStart(places)],
    ...agentFiles(plugin, contexts, active && hooks !== 'none'),
  ]);
}

/** Prints the context for an agent that adds a hook's output to it, unless the agent has read it in its own file. */
const sessionStart = ({ plugin, bash }: PluginPlaces): string => `#!${bash}
# Made by nixos-intelligence.
context=$(<${shellQuoted(`${plugin}/context.md`)})
file=
if [[ \${1-} == codex ]]; then
  folder=\${CODEX_HOME:-$HOME/.codex}
  file=$folder/AGENTS.override.md
  [[ -s $file ]] || file=$folder/AGENTS.md
fi
[[ -r $file && $(<"$file") == *"$context"* ]] || printf '%s\\n' "$context"
`;

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
