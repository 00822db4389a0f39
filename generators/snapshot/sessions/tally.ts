import { agents as agentTable } from '../../agents/agents.ts';
import { publicServers } from '../../data/mcp-servers.ts';
import type { AgentSessions, CallCounts } from '../../evidence/agent-sessions.ts';
import { parseBashLine } from '../../lang/shell/shell-line.ts';
import { isBuiltin } from '../../lang/shell/shells.ts';
import { byText } from '../../order.ts';
import type { Outcome, TranscriptEvent, TranscriptLine } from './event.ts';
import { serverOf } from './server-of.ts';

/** What may be written: names of servers and programs that are declared or publicly known. */
export interface AllowedNames {
  servers: ReadonlySet<string>;
  isProgram: (name: string) => boolean;
}

type AgentRow = AgentSessions['agents'][number];
interface ServerTally {
  counts: CallCounts;
  tools: Map<string, CallCounts>;
  offeredTools: Set<string>;
  otherTools: number;
  offered: number;
  sessions: number;
  lastDay: string | null;
}

/** A session needs so many answered calls for a rate of errors. */
const minCallsOfSession = 10;
const maxRememberedCommands = 20_000;

/** Agent -> the names of its built-in tools. */
const builtInTools: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(agentTable).flatMap(([id, { transcripts }]) =>
    transcripts === undefined ? [] : [[id, new Set(transcripts.tools.split(' '))] as const],
  ),
);

/** Counts the lines of one transcript; `end` must be called after the last. */
export interface TranscriptTally {
  row: AgentRow;
  add: (line: TranscriptLine) => void;
  end: () => void;
}

interface SessionsTally {
  startFile: (agent: string, isSubagent: boolean) => TranscriptTally;
  result: () => Omit<AgentSessions, 'schemaVersion' | 'takenOn'>;
}

/** Counts calls of tools in transcripts. Only allowed names are kept of them. */
export function createTally(allowed: AllowedNames): SessionsTally {
  const agents = new Map<string, AgentRow>();
  const tools = new Map<string, { agent: string; tool: string; counts: CallCounts }>();
  const servers = new Map<string, ServerTally>();
  const otherServers = new Set<string>();
  const otherServerCalls = noCalls();
  const otherToolCalls = noCalls();
  const programs = new Map<string, { uses: number; lastDay: string | null }>();
  let unknownPrograms = 0;
  const context = { with: createGroup(), without: createGroup() };
  const seenLines = new Map<string, Set<string>>();
  const remembered = new Map<string, { names: string[]; unknown: number }>();

  const programsOf = (command: string): { names: string[]; unknown: number } => {
    let found = remembered.get(command);
    if (found === undefined) {
      found = { names: [], unknown: 0 };
      for (const { name, remote } of parseBashLine(command).invocations) {
        if (name === null || remote) continue;
        const program = name.slice(name.lastIndexOf('/') + 1);
        if (isBuiltin('bash', program)) continue;
        // A path may lead to a program of a project.
        if (name === program && allowed.isProgram(program)) found.names.push(program);
        else found.unknown += 1;
      }
      if (remembered.size >= maxRememberedCommands) remembered.clear();
      if (command.length < 10_000) remembered.set(command, found);
    }
    return found;
  };

  const addPrograms = (command: string, day: string | null): void => {
    const { names, unknown } = programsOf(command);
    unknownPrograms += unknown;
    for (const name of names) {
      const program = getOrAdd(programs, name, () => ({ uses: 0, lastDay: null }));
      program.uses += 1;
      program.lastDay = later(program.lastDay, day);
    }
  };

  const serverTally = (server: string): ServerTally =>
    getOrAdd(servers, server, () => ({
      counts: noCalls(),
      tools: new Map(),
      offeredTools: new Set(),
      otherTools: 0,
      offered: 0,
      sessions: 0,
      lastDay: null,
    }));

  /** The counts to which a call of a tool is added. */
  const countsOf = (
    agent: string,
    name: string,
    day: string | null,
  ): { counts: CallCounts[]; server: string | null } => {
    if (builtInTools.get(agent)?.has(name)) {
      const row = getOrAdd(tools, `${agent} ${name}`, () => ({ agent, tool: name, counts: noCalls() }));
      return { counts: [row.counts], server: null };
    }
    const found = serverOf(agent, name, allowed.servers);
    if (found === null) return { counts: [otherToolCalls], server: null };
    if (found.server === null) {
      otherServers.add(found.privateName);
      return { counts: [otherServerCalls], server: null };
    }
    const server = serverTally(found.server);
    server.lastDay = later(server.lastDay, day);
    if (found.tool === null) {
      server.otherTools += 1;
      return { counts: [server.counts], server: found.server };
    }
    return { counts: [server.counts, getOrAdd(server.tools, found.tool, noCalls)], server: found.server };
  };

  return {
    startFile(agent, isSubagent) {
      const row = getOrAdd(agents, agent, () => newAgent(agent));
      row.files += 1;
      const seen = getOrAdd(seenLines, agent, () => new Set());
      const pending = new Map<string, CallCounts[]>();
      const own = noCalls();
      const offered = new Set<string>();
      const called = new Set<string>();
      const messages = new Set<string>();
      let ofSubagent = isSubagent;
      let hasContext = false;
      let hasLines = false;

      const addEvent = (event: TranscriptEvent, day: string | null): void => {
        switch (event.kind) {
          case 'call': {
            const { counts, server } = countsOf(agent, event.tool, day);
            const all = [...counts, row, own];
            for (const one of all) {
              one.calls += 1;
              one.unanswered += 1;
            }
            if (ofSubagent || event.bySubagent) row.subagentCalls += 1;
            pending.set(event.id, all);
            if (server !== null) called.add(server);
            if (event.command !== null) addPrograms(event.command, day);
            return;
          }
          case 'result':
            for (const one of pending.get(event.id) ?? []) addOutcome(one, event.outcome);
            pending.delete(event.id);
            return;
          case 'tokens': {
            if (event.message !== undefined) {
              if (messages.has(event.message)) return;
              messages.add(event.message);
            }
            const tokens = row.tokens ?? { input: 0, output: 0, cached: 0 };
            row.tokens = {
              input: tokens.input + event.input,
              output: tokens.output + event.output,
              cached: tokens.cached + event.cached,
            };
            return;
          }
          case 'offered':
            for (const name of event.tools) {
              const found = serverOf(agent, name, allowed.servers);
              if (found === null) continue;
              if (found.server === null) {
                otherServers.add(found.privateName);
                continue;
              }
              offered.add(found.server);
              if (found.tool !== null) serverTally(found.server).offeredTools.add(found.tool);
            }
            return;
          case 'context':
            hasContext = true;
            return;
          case 'subagent':
            ofSubagent = true;
            return;
          case 'subagent starts':
            row.subagents += 1;
        }
      };

      return {
        row,
        add({ id, day, events }) {
          if (id !== null && events.length > 0) {
            if (seen.has(id)) {
              row.repeated += 1;
              // A fork has the context of the session that it copies.
              if (events.some(({ kind }) => kind === 'context')) hasContext = true;
              return;
            }
            seen.add(id);
          }
          if (events.length > 0) hasLines = true;
          if (day !== null && events.length > 0) {
            if (row.from === null || day < row.from) row.from = day;
            row.to = later(row.to, day);
          }
          for (const event of events) addEvent(event, day);
        },
        end() {
          if (ofSubagent) row.subagents += 1;
          else if (hasLines) row.sessions += 1;
          for (const server of new Set([...offered, ...called])) serverTally(server).offered += ofSubagent ? 0 : 1;
          for (const server of called) serverTally(server).sessions += ofSubagent ? 0 : 1;
          const answered = own.calls - own.unanswered;
          if (agent !== 'claude-code' || isSubagent || answered < minCallsOfSession) return;
          (hasContext ? context.with : context.without).add(own.errors / answered);
        },
      };
    },

    result: () => ({
      agents: [...agents.values()].sort((a, b) => byText(a.agent, b.agent)),
      tools: [...tools.values()]
        .map(({ agent, tool, counts }) => ({ agent, tool, ...counts }))
        .sort((a, b) => b.calls - a.calls || byText(a.agent, b.agent) || byText(a.tool, b.tool)),
      servers: [...servers]
        .map(([server, { counts, tools: used, offeredTools, ...rest }]) => ({
          server,
          ...counts,
          ...rest,
          tools: [...used]
            .map(([tool, calls]) => ({ tool, ...calls }))
            .sort((a, b) => b.calls - a.calls || byText(a.tool, b.tool)),
          idleTools: [...offeredTools]
            .filter((tool) => !used.has(tool) && publicServers.get(server)?.has(tool))
            .sort(byText),
        }))
        .sort((a, b) => b.calls - a.calls || byText(a.server, b.server)),
      other: { servers: otherServers.size, serverCalls: otherServerCalls, toolCalls: otherToolCalls },
      programs: [...programs]
        .map(([name, { uses, lastDay }]) => ({ name, uses, lastDay }))
        .sort((a, b) => b.uses - a.uses || byText(a.name, b.name)),
      unknownPrograms,
      context: { with: context.with.result(), without: context.without.result() },
    }),
  };
}

function newAgent(agent: string): AgentRow {
  return {
    agent,
    ...noCalls(),
    files: 0,
    unreadable: 0,
    lines: 0,
    damaged: 0,
    unknown: 0,
    repeated: 0,
    sessions: 0,
    subagents: 0,
    subagentCalls: 0,
    from: null,
    to: null,
    tokens: null,
  };
}

function noCalls(): CallCounts {
  return { calls: 0, errors: 0, denied: 0, interrupted: 0, unanswered: 0 };
}

function addOutcome(counts: CallCounts, outcome: Outcome): void {
  counts.unanswered -= 1;
  if (outcome === 'error') counts.errors += 1;
  else if (outcome !== 'ok') counts[outcome] += 1;
}

/** Mean and variance of numbers, one at a time (Welford). */
function createGroup() {
  let sessions = 0;
  let mean = 0;
  let squares = 0;
  return {
    add(rate: number): void {
      sessions += 1;
      const difference = rate - mean;
      mean += difference / sessions;
      squares += difference * (rate - mean);
    },
    result: () => ({
      sessions,
      meanErrorRate: Number(mean.toFixed(6)),
      variance: sessions < 2 ? 0 : Number((squares / (sessions - 1)).toFixed(6)),
    }),
  };
}

function later(a: string | null, b: string | null): string | null {
  return a === null || (b !== null && b > a) ? b : a;
}

function getOrAdd<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
