import { keysOf } from '../keys-of.ts';

/** Agents whose transcripts are read, by their id in the table of agents, with the names of their built-in tools. */
const table = {
  'claude-code':
    'Agent AskUserQuestion Bash BashOutput CronCreate CronDelete CronList Edit EnterPlanMode EnterWorktree ExitPlanMode ExitWorktree Glob Grep KillShell LS ListAgents ListMcpResourcesTool LSP Monitor MultiEdit NotebookEdit NotebookRead Read ReadMcpResourceTool ReportFindings ScheduleWakeup SendMessage Skill SlashCommand Task TaskCreate TaskGet TaskList TaskOutput TaskStop TaskUpdate TodoRead TodoWrite ToolSearch WebFetch WebSearch Workflow Write',
  codex:
    'apply_patch exec_command write_stdin shell shell_command local_shell view_image update_plan web_search tool_search read_mcp_resource list_mcp_resources spawn_agent send_input wait close_agent',
  'gemini-cli':
    'run_shell_command read_file read_many_files write_file replace glob grep_search search_file_content list_directory web_fetch google_web_search save_memory write_todos ask_user activate_skill enter_plan_mode exit_plan_mode get_internal_docs',
  'pi-coding-agent': 'bash read edit write grep find ls',
} as const;

export type TranscriptAgent = keyof typeof table;

export const transcriptAgents: readonly TranscriptAgent[] = keysOf(table);

export const agentTools: ReadonlyMap<TranscriptAgent, ReadonlySet<string>> = new Map(
  transcriptAgents.map((agent) => [agent, new Set<string>(table[agent].split(' '))]),
);
