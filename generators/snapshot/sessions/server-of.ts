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

/**
 * Splits the name of a tool of an MCP server: `mcp__serena__find_symbol`, `mcp__plugin_<plugin>_<server>__<tool>`, and
 * `mcp_serena_find_symbol` of Gemini CLI.
 *
 * @param declared names of servers in the configuration
 * @returns null for a built-in tool of an agent
 */
export function serverOf(name: string, declared: ReadonlySet<string>): ServerTool | null {
  const double = /^mcp__(.+?)__(.+)$/.exec(name);
  if (double !== null) return known(double[1] ?? '', double[2] ?? '', declared);
  const rest = /^mcp_(?!_)(.+)$/.exec(name)?.[1];
  if (rest === undefined) return null;
  // The name of a server may have the separator in it: the longest known one counts.
  for (let end = rest.lastIndexOf('_'); end > 0; end = rest.lastIndexOf('_', end - 1)) {
    const found = known(rest.slice(0, end), rest.slice(end + 1), declared);
    if (found.server !== null) return found;
  }
  return { server: null, tool: null, privateName: rest.split('_')[0] ?? rest };
}

function known(name: string, tool: string, declared: ReadonlySet<string>): ServerTool {
  const server = serverName(name, declared);
  const isPublicTool = server !== null && publicServers.get(server)?.has(tool) === true;
  return { server, tool: isPublicTool ? tool : null, privateName: name };
}

function serverName(name: string, declared: ReadonlySet<string>): string | null {
  if (declared.has(name)) return name;
  const known = publicServer(name);
  if (known !== undefined || !name.startsWith('plugin_')) return known ?? null;
  for (let at = name.indexOf('_', 7); at > 0; at = name.indexOf('_', at + 1)) {
    const inner = serverName(name.slice(at + 1), declared);
    if (inner !== null) return inner;
  }
  return null;
}
