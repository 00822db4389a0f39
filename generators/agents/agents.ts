import table from './agents.json' with { type: 'json' };

/** Public facts about a coding agent, from its documentation and from runs of the client. */
interface Agent {
  /** The official spelling. */
  name: string;
  commands: readonly string[];
  /** Names of the packages of nixpkgs that provide it. */
  packages: readonly string[];
  /** Parts of the homepages of other programs with a command or package of the same name. */
  others?: readonly string[];
  /** Modules of NixOS or home-manager that configure it. */
  options: readonly string[];
  /** Its folder, relative to HOME. */
  folder?: string;
  /** In that folder, the file that it reads at every start. Absent: the context comes by `files`, or not at all. */
  context?: string;
  /** In that folder, a file that it reads as well, for a user who has a context file. */
  besideContext?: string;
  /**
   * In that folder, files or folders of ours that bring it the hook or the context: `clients/<id>/` of the plugin has
   * them at the same paths.
   */
  files?: readonly string[];
  /** Whether NixOS has them in /etc instead, see `nix/nixos.nix`. */
  inEtc?: boolean;
  /** Absent: its transcripts are not read. */
  transcripts?: {
    /** Pattern of the files, relative to HOME: `*`, `**` for any folders, `${VARIABLE:-default}` as in a shell. */
    files: string;
    /** How it names a tool of an MCP server, with the words SERVER and TOOL. */
    mcp: string;
    /** Names of its built-in tools, separated by blanks. */
    tools: string;
  };
  /** How its hook before a tool call is answered. Absent: it has none that can refuse a call with a reason. */
  hook?: AgentHook;
}

export interface AgentHook {
  /**
   * The JSON that it reads: `claude`: as Claude Code; `permission`: `permissionDecision` at the top;
   * `decision`: `decision` and `reason`.
   */
  answer: string;
  /** False: without a user, `ask` would run the call or hang, so the answer is a refusal. */
  asks: boolean;
  /** Its tools, by the tools of Claude Code that do the same. A tool that is not listed may do anything. */
  tools: Readonly<Record<string, string>>;
}

/** The coding agents by id, which is the name of their module or package. The Nix modules read the same JSON. */
export const agents: Readonly<Record<string, Agent>> = table;

/** The ids of the agents whose transcripts are read. */
export const transcriptAgents: readonly string[] = Object.keys(agents).filter(
  (id) => agents[id]?.transcripts !== undefined,
);

/** The official name of an agent; the id of an unknown agent. */
export function agentName(id: string): string {
  return (Object.hasOwn(agents, id) ? agents[id]?.name : undefined) ?? id;
}
