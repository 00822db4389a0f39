import type { Check } from '../call.ts';
import type { CompiledRule } from '../schema.ts';
import { providedBy } from '../wording.ts';

/** Command-line tools and the words by which an MCP server for the same thing names itself. */
export const nativeClis: Readonly<Record<string, readonly string[]>> = {
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

/** Words that say that a server is about something else: knowledge of a product is not its command line. */
const elsewhere = new Set(['docs', 'doc', 'documentation', 'knowledge', 'pricing']);

/** An MCP tool where the installed command line does the same: `mcp__github__…`, `mcp__plugin_x_github__…`. */
export const nativeCli: Check<Extract<CompiledRule, { rule: 'native-cli' }>> = {
  tool({ tool }, rule) {
    const [prefix, server, ...rest] = tool.split('__');
    if (prefix !== 'mcp' || server === undefined || rest.length === 0) return null;
    const words = server.toLowerCase().split(/[^a-z0-9]+/);
    if (words.some((word) => elsewhere.has(word))) return null;
    const name = ` ${words.join(' ')} `;
    const cli = rule.clis.find(({ servers }) => servers.some((known) => name.includes(` ${known} `)));
    if (cli === undefined) return null;
    return {
      reason: `\`${cli.command}\`${providedBy(cli)} is preferred over the MCP tool \`${tool}\`: run \`${cli.command}\` through Bash; \`${cli.command} --help\` lists what it does.`,
    };
  },
};
