import type { Word } from '../lang/shell/line.ts';
import type { Access, ToolCall } from './call.ts';
import { shellWord } from './regex.ts';
import type { World } from './world.ts';

/** What a tool of the client does with its input. A tool that is not listed may do anything that its input names. */
interface ToolFacts {
  /** The key of a shell command. */
  command?: string;
  /** Keys of files, by what happens to them. */
  files?: Readonly<Record<string, Access['how']>>;
}

const nothing: ToolFacts = {};

const tools: Readonly<Record<string, ToolFacts>> = {
  Bash: { command: 'command' },
  Monitor: { command: 'command' },
  PowerShell: { command: 'command' },
  Read: { files: { file_path: 'read' } },
  Edit: { files: { file_path: 'edit' } },
  Write: { files: { file_path: 'edit' } },
  MultiEdit: { files: { file_path: 'edit' } },
  NotebookEdit: { files: { notebook_path: 'edit' } },
  Glob: { files: { path: 'list', pattern: 'list' } },
  LS: { files: { path: 'list' } },
  // The rule about secrets looks at what its search would print.
  Grep: { files: { path: 'list', glob: 'list' } },
};

/** Tools of the client that neither run commands nor touch files. */
export const harmlessTools: readonly string[] = [
  ...['Agent', 'AskUserQuestion', 'BashOutput', 'CronDelete', 'CronList', 'EnterPlanMode', 'EnterWorktree'],
  ...['ExitPlanMode', 'ExitWorktree', 'KillShell', 'ListAgents', 'ListMcpResourcesTool', 'ReportFindings'],
  ...['ScheduleWakeup', 'SendMessage', 'Skill', 'Task', 'TaskCreate', 'TaskGet', 'TaskList', 'TaskOutput', 'TaskStop'],
  ...['TaskUpdate', 'TodoRead', 'TodoWrite', 'ToolSearch', 'WebFetch', 'WebSearch'],
];

const factsOf = (tool: string): ToolFacts | undefined =>
  harmlessTools.includes(tool) ? nothing : Object.hasOwn(tools, tool) ? tools[tool] : undefined;

/** Keys of the input of an unknown tool, such as an MCP tool, whose value is a file. */
const fileKeys = [
  ...['path', 'paths', 'file', 'files', 'file_path', 'filePath', 'filename', 'uri', 'source', 'destination'],
] as const;

/** Keys whose value is likely a shell command, and keys whose value may be code of another language. */
const commandKeys = ['command', 'commands', 'cmd', 'commandLine', 'command_line', 'shell_command', 'bash'] as const;
const codeKeys = ['script', 'code'] as const;

/** The files that a tool reads, writes or lists according to its input. */
export function toolAccesses({ tool, input }: ToolCall, world: World): Access[] {
  const as = (how: Access['how'], value: unknown): Access[] => {
    if (Array.isArray(value)) return value.flatMap((one) => as(how, one));
    if (typeof value !== 'string' || value === '') return [];
    return [{ word: fileWord(value.replace(/^file:\/\//, '')), how, cwd: world.cwd, by: tool }];
  };
  const facts = factsOf(tool);
  if (facts !== undefined) {
    const files = Object.entries(facts.files ?? {}).flatMap(([key, how]) => as(how, input[key]));
    return files.length === 0 && facts.files?.path === 'list' ? as('list', world.cwd) : files;
  }
  const writes = /write|edit|create|move|append|save|delete/i.test(tool.slice(tool.lastIndexOf('__')));
  return fileKeys.flatMap((key) => as(writes ? 'edit' : 'read', input[key]));
}

/** A path as one word of a command line. */
const fileWord = (text: string): Word => ({ text, raw: text, quoted: false, pattern: /[*?[]/.test(text) });

/** A command or script in the input of a tool. */
export interface ToolCommand {
  text: string;
  /** It may be code of a language that is not a shell's. */
  code: boolean;
}

/** The commands that a tool runs according to its input; null for a tool whose command is missing. */
export function toolCommands({ tool, input }: ToolCall): ToolCommand[] | null {
  const facts = factsOf(tool);
  if (facts === undefined) return commandsIn(input, 0);
  if (facts.command === undefined) return [];
  const command = input[facts.command];
  return typeof command === 'string' ? [{ text: command, code: false }] : null;
}

function commandsIn(input: Record<string, unknown>, depth: number): ToolCommand[] {
  const found: ToolCommand[] = [];
  for (const [key, value] of Object.entries(input)) {
    const isCommand = commandKeys.some((known) => known === key);
    if (isCommand || codeKeys.some((known) => known === key)) {
      for (const text of commandTexts(value, key === 'command' || key === 'cmd' ? input.args : undefined)) {
        found.push({ text, code: !isCommand });
      }
    }
    if (depth < 3) for (const inner of objectsIn(value)) found.push(...commandsIn(inner, depth + 1));
  }
  return found;
}

/** `"ls -l"`; `["rm", "-rf", "x"]` is one command and `["make all", "make test"]` are two. */
function commandTexts(value: unknown, args: unknown): string[] {
  if (typeof value === 'string') {
    const more = Array.isArray(args) ? args.filter((one) => typeof one === 'string') : [];
    return [[value, ...more.map(shellWord)].join(' ')];
  }
  if (!Array.isArray(value)) return [];
  const words = value.filter((one) => typeof one === 'string');
  return [...words, ...(words.length > 1 ? [words.map(shellWord).join(' ')] : [])];
}

const objectsIn = (value: unknown): Record<string, unknown>[] =>
  (Array.isArray(value) ? value : [value]).filter(
    (one) => typeof one === 'object' && one !== null && !Array.isArray(one),
  );
