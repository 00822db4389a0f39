import { agents } from '../../agents/agents.ts';
import { publicServer, publicServers } from '../../data/mcp-servers.ts';

/** The MCP server and the tool that a call names. */
export interface ServerTool {
  /** null: neither publicly known nor declared. */
  server: string | null;
  /** null: not publicly known. */
  tool: string | null;
  /** Tells unknown servers apart while counting; never written. */
  privateName: string;
}

/** Agent -> what stands before the server and between server and tool in the name of a tool. */
const forms: ReadonlyMap<string, { prefix: string; separator: string }> = new Map(
  Object.entries(agents).flatMap(([id, { transcripts }]) => {
    const [, prefix, separator] = /^(.*)SERVER(.*)TOOL$/.exec(transcripts?.mcp ?? '') ?? [];
    return prefix === undefined || separator === undefined ? [] : [[id, { prefix, separator }] as const];
  }),
);

/**
 * Splits the name of a tool of an MCP server, in the form of the agent: `mcp__serena__find_symbol`,
 * `mcp__plugin_<plugin>_<server>__<tool>`, `mcp_serena_find_symbol`, `serena_find_symbol`.
 *
 * @param declared names of servers in the configuration
 * @returns null for a tool of the agent. Where the form has a single separator and no prefix, only tools of known
 *   servers can be told from those of the agent.
 */
export function serverOf(agent: string, name: string, declared: ReadonlySet<string>): ServerTool | null {
  const form = forms.get(agent);
  if (form === undefined || !name.startsWith(form.prefix)) return null;
  const { prefix, separator } = form;
  const rest = name.slice(prefix.length);
  if (separator.length > 1) {
    const at = rest.indexOf(separator, 1);
    return at < 0 ? null : known(rest.slice(0, at), rest.slice(at + separator.length), declared);
  }
  // The names may have the separator in them: the longest known server counts.
  for (let end = rest.lastIndexOf(separator); end > 0; end = rest.lastIndexOf(separator, end - 1)) {
    const found = known(rest.slice(0, end), rest.slice(end + 1), declared);
    if (found.server !== null) return found;
  }
  return prefix === '' ? null : { server: null, tool: null, privateName: rest.split(separator)[0] ?? rest };
}

function known(name: string, tool: string, declared: ReadonlySet<string>): ServerTool {
  const server = serverName(name, declared);
  const isPublicTool = server !== null && publicServers.get(server)?.has(tool) === true;
  return { server, tool: isPublicTool ? tool : null, privateName: name };
}

function serverName(name: string, declared: ReadonlySet<string>): string | null {
  if (declared.has(name)) return name;
  const known = publicServer(name);
  if (known !== undefined) return known;
  // Codex writes `_` for every other character.
  for (const server of declared) if (server.replaceAll(/\W/g, '_') === name) return server;
  if (!name.startsWith('plugin_')) return null;
  for (let at = name.indexOf('_', 7); at > 0; at = name.indexOf('_', at + 1)) {
    const inner = serverName(name.slice(at + 1), declared);
    if (inner !== null) return inner;
  }
  return null;
}
