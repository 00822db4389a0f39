import { describe, expect, test } from 'vitest';
import type { AgentSessions } from '../../../generators/evidence/agent-sessions.ts';
import { analyzeMcpUsage } from '../../../generators/questions/mcp-usage/analyze.ts';
import { presentMcpUsage } from '../../../generators/questions/mcp-usage/present.ts';
import { mcpUsage } from '../../../generators/questions/mcp-usage/schema.ts';
import { sampleEvaluated } from '../../sample-evidence.ts';
import { sentencesOf } from '../plain.ts';

type Server = AgentSessions['servers'][number];
type Group = AgentSessions['context']['with'];

const noCalls = { calls: 0, errors: 0, denied: 0, interrupted: 0, unanswered: 0 };
const group = (sessions: number, meanErrorRate: number, variance: number): Group => ({
  sessions,
  meanErrorRate,
  variance,
});

function server(name: string, more: Partial<Server>): Server {
  return {
    server: name,
    ...noCalls,
    offered: 1,
    sessions: 1,
    lastDay: null,
    tools: [],
    idleTools: [],
    otherTools: 0,
    ...more,
  };
}

function sentences(servers: Server[], context = { with: group(0, 0, 0), without: group(0, 0, 0) }): string[] {
  const agentSessions: AgentSessions = {
    schemaVersion: 1,
    takenOn: '2026-11-20',
    agents: [],
    tools: [],
    servers,
    other: { servers: 0, serverCalls: noCalls, toolCalls: noCalls },
    programs: [],
    unknownPrograms: 0,
    context,
  };
  return sentencesOf(presentMcpUsage(mcpUsage.parse(analyzeMcpUsage({ evaluated: sampleEvaluated(), agentSessions }))));
}

describe('used more', () => {
  test('at least three times the calls of another server', () => {
    expect(
      sentences([
        server('serena', { calls: 203 }),
        server('github', { calls: 90 }),
        server('mcp-nixos', { calls: 20 }),
      ]),
    ).toEqual(['You use `serena` 10x more than `mcp-nixos` (200 vs 20 calls).']);
  });
  test.each([
    ['too few calls', [server('serena', { calls: 19 }), server('mcp-nixos', { calls: 5 })]],
    ['too few calls of the other', [server('serena', { calls: 200 }), server('mcp-nixos', { calls: 4 })]],
    ['too small a ratio', [server('serena', { calls: 59 }), server('mcp-nixos', { calls: 20 })]],
    ['one server', [server('serena', { calls: 200 })]],
    ['none', []],
  ])('no sentence: %s', (_, servers) => {
    expect(sentences(servers)).toEqual([]);
  });
});

test('often fails: refused and stopped calls are not tried', () => {
  expect(sentences([server('mcp-nixos', { calls: 14, errors: 5, denied: 2, interrupted: 1, unanswered: 1 })])).toEqual([
    '`mcp-nixos` fails often: 5 of 10 calls.',
  ]);
  expect(sentences([server('mcp-nixos', { calls: 14, errors: 5, denied: 3, interrupted: 1, unanswered: 1 })])).toEqual(
    [],
  );
  expect(sentences([server('mcp-nixos', { calls: 30, errors: 8 })])).toEqual([]);
});

test('never called in at least ten sessions that offer it', () => {
  expect(sentences([server('context7', { offered: 14 }), server('github', { offered: 10 })])).toEqual([
    'Configured and never called: `context7` (14 sessions) and `github` (10 sessions).',
  ]);
  expect(sentences([server('context7', { offered: 9 })])).toEqual([]);
  expect(sentences([server('context7', { offered: 14, calls: 1 })])).toEqual([]);
});

describe('sessions with and without this file', () => {
  const context = (withRate: number, sessions = 40) => ({
    with: group(sessions, withRate, 0.01),
    without: group(40, 0.17, 0.01),
  });
  test('both rates, the interval and the counts', () => {
    expect(sentences([], context(0.08))).toEqual([
      'Sessions with this file have fewer failing calls: 8% vs 17% of calls (95% interval of the difference: -13.4 to -4.6 points; 40 vs 40 sessions).',
    ]);
    expect(sentences([], context(0.25))[0]).toContain('more failing calls: 25% vs 17%');
  });
  test.each([
    ['the interval includes zero', context(0.14)],
    ['too few sessions', context(0.02, 19)],
  ])('no claim: %s', (_, figures) => {
    expect(sentences([], figures)).toEqual([]);
  });
});
