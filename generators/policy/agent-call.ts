import { resolve } from 'node:path';
import type { AgentHook } from '../agents/agents.ts';
import { isTable, type Table } from '../json-value.ts';
import type { ToolCall } from './call.ts';

/** A call as an agent's hook describes it, in the terms of Claude Code. */
export interface HookCall extends ToolCall {
  cwd: string | null;
  session: string;
  transcript: string | null;
}

/**
 * The call in the JSON that an agent sends to its hook; null where there is none.
 *
 * @param hook of another agent than Claude Code
 */
export function readCall(json: Table, hook: AgentHook | null): HookCall | null {
  const tool = json.tool_name ?? json.toolName;
  const input = parsed(json.tool_input ?? json.toolArgs);
  if (typeof tool !== 'string' || !isTable(input)) return null;
  const cwd = typeof json.cwd === 'string' && json.cwd.startsWith('/') ? json.cwd : null;
  const session = json.session_id ?? json.sessionId;
  return {
    ...(hook === null ? { tool, input, cwd } : translated({ tool, input, cwd: cwd ?? process.cwd() }, hook, json)),
    session: typeof session === 'string' ? session : '',
    transcript: hook === null && typeof json.transcript_path === 'string' ? json.transcript_path : null,
  };
}

/** Some versions of an agent send the input as JSON text. */
function parsed(input: unknown): unknown {
  if (typeof input !== 'string') return input;
  try {
    return JSON.parse(input);
  } catch {
    return input;
  }
}

/** Keys of a folder in which a tool works. */
const folderKeys = ['cwd', 'workdir', 'working_directory', 'dir_path', 'directory'] as const;
const fileKeys = [
  ...['file_path', 'filePath', 'path', 'absolute_path', 'paths', 'file_paths', 'dir_path', 'directory', 'folder'],
] as const;
const globKeys = ['glob', 'include', 'include_pattern', 'file_pattern', 'glob_pattern'] as const;

function translated(
  { tool, input, cwd }: ToolCall & { cwd: string },
  { tools }: AgentHook,
  json: Table,
): ToolCall & { cwd: string } {
  const known = Object.hasOwn(tools, tool) ? tools[tool] : undefined;
  if (known === undefined) return { tool: mcpName(tool, json), input, cwd };
  const first = (keys: readonly string[]): unknown =>
    keys.map((key) => input[key]).find((value) => value !== undefined);
  switch (known) {
    case 'Bash':
    case 'PowerShell': {
      const folder = first(folderKeys);
      const command = input.command ?? input.cmd;
      const runsIn = typeof folder === 'string' ? resolve(cwd, folder) : cwd;
      // A list of words is read as that of an unknown tool.
      return typeof command === 'string'
        ? { tool: known, input: { command }, cwd: runsIn }
        : { tool, input, cwd: runsIn };
    }
    case 'Grep':
      // These print the lines that they find.
      return {
        tool: known,
        input: {
          pattern: input.pattern ?? input.query,
          path: first(fileKeys),
          glob: first(globKeys),
          output_mode: 'content',
        },
        cwd,
      };
    case 'Glob':
    case 'LS':
      return { tool: known, input: { pattern: input.pattern, path: first(fileKeys) }, cwd };
    default: {
      const patch = [input.command, input.input, input.patch, input.patchText, input.patch_text].find(isPatch);
      const files = patch === undefined ? first(fileKeys) : patchedFiles(patch);
      return { tool: known, input: { ...input, file_path: files }, cwd };
    }
  }
}

const isPatch = (value: unknown): value is string => typeof value === 'string' && value.includes('*** ');

/** The files that a patch in the format of `apply_patch` changes. */
const patchedFiles = (patch: string): string[] =>
  [...patch.matchAll(/^\*\*\* (?:(?:Add|Update|Delete) File|Move to): *(.+?) *$/gm)].map(([, file]) => file ?? '');

/** The name of an MCP tool in the form `mcp__SERVER__TOOL`; another name as it is. */
function mcpName(tool: string, { mcp_context: context }: Table): string {
  if (tool.startsWith('mcp__')) return tool;
  if (isTable(context) && typeof context.server_name === 'string') return `mcp__${context.server_name}__${tool}`;
  const [, server, name] = /^(?:mcp_)?(.+?)(?:___|__|_|-)(.+)$/.exec(tool) ?? [];
  return server === undefined || name === undefined ? tool : `mcp__${server}__${name}`;
}
