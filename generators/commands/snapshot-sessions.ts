import { homedir, userInfo } from 'node:os';
import { publicTools } from '../data/public-tools.ts';
import { UserError } from '../errors.ts';
import { agentSessions } from '../evidence/agent-sessions.ts';
import { evaluated as evaluatedSchema } from '../evidence/evaluated.ts';
import { readJson } from '../evidence/read-json.ts';
import { saveSnapshot } from '../snapshot/save-snapshot.ts';
import { takeSessions } from '../snapshot/sessions/take-sessions.ts';
import { transcriptSources } from '../snapshot/sessions/transcript-files.ts';
import { knownNames } from '../snapshot/shell/known-names.ts';
import { defineCommand } from './command.ts';
import { withProgress } from './progress.ts';
import { dayOrToday, snapshotOptions } from './snapshot-options.ts';

export const command = defineCommand({
  name: 'snapshot sessions',
  usage: '[--out DIR] [--dry-run]',
  description: `
Reads the transcripts of coding agents and writes agent-sessions.json: how often each tool and MCP server was called,
how often that failed or was refused, and which programs the agents ran.

Names are written only if they are publicly known or come from the configuration. Prompts, answers, arguments, paths and
names of projects are never written; other servers, tools and programs are only counted.`,
  options: {
    ...snapshotOptions,
    evaluated: { type: 'string', value: 'FILE', help: 'evaluated.json, for the MCP servers of the configuration' },
    deny: { type: 'string', multiple: true, value: 'NAME', help: 'never write the name of this server or program' },
  },
  async run({ values }) {
    const home = homedir();
    const evaluated =
      values.evaluated === undefined ? undefined : readJson(values.evaluated, values.evaluated, evaluatedSchema);
    const denied = new Set(values.deny);
    const machine = knownNames({ home, user: userInfo().username, path: '' }, [], []);
    const isDeclared = (name: string): boolean => {
      const found = machine.foundIn(name);
      return found === 'system' || found === 'user-profile';
    };
    const allowed = {
      servers: new Set(evaluated?.mcpServers.map(({ name }) => name).filter((name) => !denied.has(name))),
      isProgram: (name: string) => !denied.has(name) && (publicTools.has(name) || isDeclared(name)),
    };
    const snapshot = await withProgress('reading transcripts', () =>
      takeSessions(transcriptSources(home, process.env), allowed, dayOrToday(values['taken-on'])),
    );
    if (snapshot === null) throw new UserError('no-transcripts', 'no transcript of a coding agent to read');
    saveSnapshot('agent-sessions', agentSessions, snapshot, { out: values.out, dryRun: values['dry-run'] ?? false });
    return 0;
  },
});
