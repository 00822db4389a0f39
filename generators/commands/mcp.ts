import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import packageJson from '../../package.json' with { type: 'json' };
import { answerCall, tools } from '../lookup/mcp/tools.ts';
import { defineCommand } from './command.ts';

export const command = defineCommand({
  name: 'mcp',
  usage: '',
  description: `
The look-ups and diagnose as an MCP server on standard input and output, for agents without a shell. With a shell, the
commands themselves are better: they need no room in the context until they are used.

Runs until standard input ends. Each call runs one of our commands; nothing is changed and no network is asked.`,
  options: {},
  async run() {
    const server = new Server(
      { name: 'nixos-intelligence', version: packageJson.version },
      { capabilities: { tools: {} } },
    );
    server.setRequestHandler(ListToolsRequestSchema, () => ({ tools }));
    server.setRequestHandler(CallToolRequestSchema, ({ params }) =>
      answerCall(process.argv[1] ?? '', params.name, params.arguments ?? {}),
    );
    const closed = new Promise<void>((resolve) => {
      server.onclose = resolve;
    });
    process.stdin.on('end', () => server.close());
    await server.connect(new StdioServerTransport());
    await closed;
    return 0;
  },
});
