import packageJson from '../../package.json' with { type: 'json' };
import { type AgentHook, agents } from '../agents/agents.ts';
import { commandLine, shellQuoted } from './hook-command.ts';
import { respondFailure } from './respond.ts';

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** The context as Claude Code and as any other agent reads it. */
export interface ContextTexts {
  claude: string;
  any: string;
}

/**
 * The files by which other agents than Claude Code get the hook and the context, by path below `clients/<id>/`: what
 * is linked into their folders. The context comes beside the user's own file, which stays the agent's first.
 *
 * @param plugin its absolute path
 * @param hooks whether the files start the hook
 */
export function agentFiles(plugin: string, contexts: ContextTexts, hooks: boolean): Map<string, string> {
  const files = new Map<string, string>();
  for (const [id, { hook }] of Object.entries(agents)) {
    if (hook === undefined) continue;
    const written = writers[id]?.({
      id,
      contexts,
      session: `${shellQuoted(`${plugin}/hooks/session-start`)} ${id}`,
      command: hooks ? hookCommand(`${plugin}/hooks/pre-tool-use`, id, hook) : null,
      script: hooks ? `${plugin}/hooks/pre-tool-use` : null,
    });
    for (const [path, text] of Object.entries(written ?? {})) files.set(`clients/${id}/${path}`, text);
  }
  return files;
}

/** An agent lets a call pass when the hook cannot be started, so the line answers by itself. */
function hookCommand(script: string, id: string, hook: AgentHook): string {
  return commandLine(`${shellQuoted(script)} ${id}`, respondFailure('the policy hook could not be started', hook));
}

interface Parts {
  id: string;
  contexts: ContextTexts;
  /** The command line that prints the context. */
  session: string;
  /** The command line of the hook, and its program; null: no policy is to be enforced. */
  command: string | null;
  script: string | null;
}

/** The files of one agent. */
type Writer = (parts: Parts) => Record<string, string>;

/** Seconds; longer than the hook's own limit, so that its answer comes first. */
const timeout = 30;

/** The hook of an event as Claude Code and its relatives write it; nothing without a command. */
const hookOf = (event: string, command: string | null, matcher = '.*'): Record<string, unknown[]> =>
  command === null ? {} : { [event]: [{ matcher, hooks: [{ type: 'command', command }] }] };

/** A resumed session has the context already. */
const sessionHook = (session: string): Record<string, unknown[]> =>
  hookOf('SessionStart', session, 'startup|clear|compact');

/** Gemini CLI and its fork Qwen Code: an extension brings a context file of its own. */
const extension =
  (manifest: string, event: string): Writer =>
  ({ contexts, command }) => ({
    [`extensions/nixos-intelligence/${manifest}`]: json({
      name: 'nixos-intelligence',
      version: packageJson.version,
      description: "Facts about this machine's Nix configuration, and its policies",
      contextFileName: 'context.md',
    }),
    'extensions/nixos-intelligence/context.md': contexts.any,
    ...(command === null
      ? {}
      : { 'extensions/nixos-intelligence/hooks/hooks.json': json({ hooks: hookOf(event, command) }) }),
  });

/**
 * opencode and its fork Kilo. A plugin stops a call by an error. It adds the context to the system prompt, because a
 * file of ours at their only place for one would hide `~/.claude/CLAUDE.md`. Where they read ours there, it becomes the
 * text for any agent. The model that makes a session's title does not need it.
 */
const opencode: Writer = ({ id, contexts, script }) => ({
  'plugins/nixos-intelligence.js': `// Made by nixos-intelligence.
${script === null ? '' : askHook(script, id)}
const context = ${JSON.stringify(contexts.any.trim())};
const claudeContext = ${JSON.stringify(contexts.claude.trim())};

export const NixosIntelligence = async (${script === null ? '' : '{ directory }'}) => ({
  'experimental.chat.system.transform': async (_, { system }) => {
    if (system.some((text) => text.includes(context) || text.startsWith('You are a title generator'))) return;
    const at = system.findIndex((text) => text.includes(claudeContext));
    if (at >= 0) system[at] = system[at].replace(claudeContext, () => context);
    else system.push(context);
  },
${
  script === null
    ? ''
    : `  'tool.execute.before': async (input, output) => {
    const answer = askHook({ tool_name: input.tool, tool_input: output.args ?? {}, cwd: directory, session_id: input.sessionID });
    if (answer !== null) throw new Error(answer.reason);
  },
`
}});
`,
});

const writers: Readonly<Record<string, Writer>> = {
  codex: ({ session, command }) => ({
    'hooks.json': json({ hooks: { ...sessionHook(session), ...hookOf('PreToolUse', command) } }),
  }),
  droid: ({ session, command }) => ({
    'hooks.json': json({ ...sessionHook(session), ...hookOf('PreToolUse', command) }),
  }),
  'gemini-cli': extension('gemini-extension.json', 'BeforeTool'),
  'qwen-code': extension('qwen-extension.json', 'PreToolUse'),
  'github-copilot-cli': ({ contexts, command }) => ({
    'instructions/nixos-intelligence.instructions.md': contexts.any,
    ...(command === null
      ? {}
      : {
          'hooks/nixos-intelligence.json': json({
            version: 1,
            hooks: { preToolUse: [{ type: 'command', bash: command, timeoutSec: timeout }] },
          }),
        }),
  }),
  opencode,
  'kilocode-cli': opencode,
  'pi-coding-agent': ({ id, contexts, script }) => ({
    'extensions/nixos-intelligence.ts': `// Made by nixos-intelligence.
${script === null ? '' : askHook(script, id)}
const context = ${JSON.stringify(contexts.any.trim())};

export default function (pi) {
  pi.on('before_agent_start', async ({ systemPrompt }) =>
    systemPrompt.includes(context) ? undefined : { systemPrompt: systemPrompt + '\\n\\n' + context },
  );
${
  script === null
    ? ''
    : `  pi.on('tool_call', async (event, context) => {
    const answer = askHook({ tool_name: event.toolName, tool_input: event.input ?? {}, cwd: context.cwd ?? process.cwd() });
    if (answer === null) return undefined;
    if (answer.decision === 'ask' && context.hasUI && (await context.ui.confirm('nixos-intelligence', answer.reason))) {
      return undefined;
    }
    return { block: true, reason: answer.reason };
  });
`
}}
`,
  }),
};

/** A function that asks the hook about a call; null: nothing stops it. */
const askHook = (script: string, id: string): string => `import { spawnSync } from 'node:child_process';

function askHook(call) {
  const { status, stdout } = spawnSync(${JSON.stringify(script)}, [${JSON.stringify(id)}], {
    input: JSON.stringify({ hook_event_name: 'PreToolUse', ...call }),
    encoding: 'utf8',
    timeout: ${timeout * 1000},
  });
  if (status === 0 && stdout === '') return null;
  try {
    const answer = JSON.parse(stdout);
    if (typeof answer.reason !== 'string') throw new Error('no answer');
    return answer;
  } catch {
    return ${JSON.stringify(JSON.parse(respondFailure('the policy hook could not be started', agents[id]?.hook)))};
  }
}
`;
