import packageJson from '../../package.json' with { type: 'json' };
import { type AgentHook, agents } from '../agents/agents.ts';
import { commandLine, shellQuoted } from './hook-command.ts';
import { respondFailure } from './respond.ts';

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/**
 * The files by which other agents than Claude Code start the hook, by path below `agents/<id>/`: what each of them
 * links into its folder. `script` is the absolute path of `pre-tool-use`.
 */
export function agentFiles(script: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const [id, { hook }] of Object.entries(agents)) {
    if (hook === undefined) continue;
    for (const [path, text] of Object.entries(writers[id]?.(command(script, id, hook), script, id) ?? {})) {
      files.set(`agents/${id}/${path}`, text);
    }
  }
  return files;
}

/** An agent lets a call pass when the hook cannot be started, so the line answers by itself. */
function command(script: string, id: string, hook: AgentHook): string {
  return commandLine(`${shellQuoted(script)} ${id}`, respondFailure('the policy hook could not be started', hook));
}

/** The files of one agent. */
type Writer = (command: string, script: string, id: string) => Record<string, string>;

/** Seconds; longer than the hook's own limit, so that its answer comes first. */
const timeout = 30;

const everyTool = (command: string): unknown[] => [{ matcher: '.*', hooks: [{ type: 'command', command }] }];

const extension = {
  name: 'nixos-intelligence',
  version: packageJson.version,
  description: "Enforces the policies of this machine's Nix configuration",
};

/** opencode and its fork Kilo: a plugin stops a call by an error. */
const opencode: Writer = (_, script, id) => ({
  'nixos-intelligence.js': `// Made by nixos-intelligence.
${askHook(script, id)}
export const NixosIntelligence = async ({ directory }) => ({
  'tool.execute.before': async (input, output) => {
    const answer = askHook({ tool_name: input.tool, tool_input: output.args ?? {}, cwd: directory, session_id: input.sessionID });
    if (answer !== null) throw new Error(answer.reason);
  },
});
`,
});

const writers: Readonly<Record<string, Writer>> = {
  codex: (command) => ({ 'hooks.json': json({ hooks: { PreToolUse: everyTool(command) } }) }),
  droid: (command) => ({ 'hooks.json': json({ PreToolUse: everyTool(command) }) }),
  'gemini-cli': (command) => ({
    'gemini-extension.json': json(extension),
    'hooks/hooks.json': json({ hooks: { BeforeTool: everyTool(command) } }),
  }),
  'qwen-code': (command) => ({
    'qwen-extension.json': json(extension),
    'hooks/hooks.json': json({ hooks: { PreToolUse: everyTool(command) } }),
  }),
  'github-copilot-cli': (command) => ({
    'nixos-intelligence.json': json({
      version: 1,
      hooks: { preToolUse: [{ type: 'command', bash: command, timeoutSec: timeout }] },
    }),
  }),
  opencode,
  'kilocode-cli': opencode,
  'pi-coding-agent': (_, script, id) => ({
    'nixos-intelligence.ts': `// Made by nixos-intelligence.
${askHook(script, id)}
export default function (pi) {
  pi.on('tool_call', async (event, context) => {
    const answer = askHook({ tool_name: event.toolName, tool_input: event.input ?? {}, cwd: context.cwd ?? process.cwd() });
    if (answer === null) return undefined;
    if (answer.decision === 'ask' && context.hasUI && (await context.ui.confirm('nixos-intelligence', answer.reason))) {
      return undefined;
    }
    return { block: true, reason: answer.reason };
  });
}
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
}`;
