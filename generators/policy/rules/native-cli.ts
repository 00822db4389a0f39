import { codes, inline } from '../../inline.ts';
import { providedBy } from '../wording.ts';
import type { Provider, ReadyMadeRule } from './rule.ts';

interface NativeCli {
  /** An installed command, and the words by which an MCP server for the same service names itself. */
  clis: ({ command: string; servers: readonly string[] } & Provider)[];
}

/** Command-line tools and the words by which an MCP server for the same service names itself. */
const nativeClis: Readonly<Record<string, readonly string[]>> = {
  gh: ['github', 'gh'],
  glab: ['gitlab', 'glab'],
  gcloud: ['gcloud', 'gcp', 'googlecloud', 'google cloud'],
  aws: ['aws', 'awscli', 'amazon web services'],
  az: ['azure'],
  kubectl: ['kubernetes', 'k8s', 'kubectl'],
  psql: ['postgres', 'postgresql', 'psql', 'pg'],
  mysql: ['mysql', 'mariadb'],
  sqlite3: ['sqlite', 'sqlite3'],
  'redis-cli': ['redis'],
  docker: ['docker'],
  git: ['git'],
  terraform: ['terraform'],
};

/** Words by which a server says that it offers knowledge of a product and not its command line. */
const knowledge = new Set(['docs', 'doc', 'documentation', 'knowledge', 'pricing']);

/** An MCP tool where the installed command line does the same: `mcp__github__…`, `mcp__plugin_x_github__…`. */
export const nativeCli: ReadyMadeRule<NativeCli> = {
  name: 'nativeCli',
  default: 'advise',
  description: `
    The installed command line instead of an MCP server for the same service: {command}\`gh\`, {command}\`gcloud\`,
    {command}\`aws\`, {command}\`kubectl\`, {command}\`psql\`, and so on. With \`block\` the server's tools are refused.`,
  fields: (z) => ({
    clis: z
      .array(
        z.strictObject({
          command: z.string().min(1),
          servers: z.array(z.string().min(1)).describe('words in the names of MCP servers'),
          package: z.string().describe('the package that provides the command'),
          file: z.string().nullable().describe("the user's file that declares the package"),
        }),
      )
      .min(1),
  }),

  compile({ provider, notInstalled }) {
    const clis = Object.entries(nativeClis).flatMap(([command, servers]) => {
      const from = provider(command);
      return from === undefined ? [] : [{ command, servers: [...servers], ...from }];
    });
    return clis.length > 0 ? { rule: { clis } } : notInstalled(Object.keys(nativeClis));
  },

  checkTool({ tool }, rule) {
    const [prefix, server, ...rest] = tool.split('__');
    if (prefix !== 'mcp' || server === undefined || rest.length === 0) return null;
    const words = server.toLowerCase().split(/[^a-z0-9]+/);
    if (words.some((word) => knowledge.has(word))) return null;
    const name = ` ${words.join(' ')} `;
    const cli = rule.clis.find(({ servers }) => servers.some((known) => name.includes(` ${known} `)));
    if (cli === undefined) return null;
    return {
      reason: `\`${cli.command}\`${providedBy(cli)} is preferred over the MCP tool \`${tool}\`: run \`${cli.command}\` through Bash; \`${cli.command} --help\` lists its commands.`,
      once: `${server} ${cli.command}`,
    };
  },

  mayMatch: ({ clis }) => ({
    mcpNames: clis.flatMap(({ servers }) => servers.map((name) => name.replace(/ .*/, ''))),
  }),

  recommends: ({ clis }) => clis.map(({ command }) => command),

  sentence: ({ clis }) =>
    inline`MCP tools of services whose command line is installed (${codes(clis.map(({ command }) => command))}).`,
};
