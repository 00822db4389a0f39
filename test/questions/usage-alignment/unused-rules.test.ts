import { describe, expect, test } from 'vitest';
import { agentSessions } from '../../../generators/evidence/agent-sessions.ts';
import type { EvidenceWith } from '../../../generators/evidence/evidence.ts';
import { analyzeUsageAlignment } from '../../../generators/questions/usage-alignment/analyze.ts';
import { busy, type Case, evidenceOfCase, type World } from '../shell-world.ts';

/** A tool for the prompt that nobody typed in a hundred days. */
const untyped: World = { packages: { dust: ['dust'] }, named: [], references: {} };

type Evidence = EvidenceWith<'shellHistory'>;
type Change = (evidence: Evidence) => Evidence;

async function unused(given: Case, change: Change = (evidence) => evidence, recommended: string[] = []) {
  const evidence = change(await evidenceOfCase(given));
  return analyzeUsageAlignment(evidence, { recommended }).unused.map((one) => one.package);
}

const none = { calls: 0, errors: 0, denied: 0, interrupted: 0, unanswered: 0 };
const group = { sessions: 0, meanErrorRate: 0, variance: 0 };
const sessions = (program: string) =>
  agentSessions.parse({
    schemaVersion: 1,
    takenOn: '2026-06-30',
    agents: [],
    tools: [],
    servers: [],
    other: { servers: 0, serverCalls: none, toolCalls: none },
    programs: [{ name: program, uses: 3, lastDay: null }],
    unknownPrograms: 0,
    context: { with: group, without: group },
  });

test('without another use it is unused', async () => {
  expect(await unused({ world: untyped })).toEqual(['dust']);
});

describe('a tool is not unused when', () => {
  test.each<[string, Case, Change?, string[]?]>([
    [
      'a key binding, a script, an alias or lib.getExe in the flake names it',
      { world: { ...untyped, named: ['dust'] } },
    ],
    [
      'another package depends on it',
      {
        world: { ...untyped, packages: { dust: ['dust'], yazi: ['yazi'] }, references: { yazi: ['dust'] } },
        lines: [...busy, ['yazi', 1]],
      },
    ],
    [
      'an alias of the shell runs it',
      {
        world: { ...untyped, aliases: [{ name: 'd', shell: 'fish', kind: 'alias', commands: ['dust'], files: [] }] },
      },
    ],
    [
      'atuin has it in a row of an agent',
      { world: untyped },
      (evidence) => ({ ...evidence, shellHistory: { ...evidence.shellHistory, usedByAgents: ['dust'] } }),
    ],
    [
      'agents run it in their sessions',
      { world: untyped },
      (evidence) => ({ ...evidence, agentSessions: sessions('dust') }),
    ],
    ['a policy tells agents to use it', { world: untyped }, (evidence) => evidence, ['dust']],
    [
      'an option adds it',
      { world: untyped },
      (evidence) => {
        for (const one of evidence.evaluated.packages) for (const at of one.declarations) at.by = 'programs.dust';
        return evidence;
      },
    ],
  ])('%s', async (_, given, change, recommended) => {
    expect(await unused(given, change, recommended)).toEqual([]);
  });

  test.each([
    ['rescue', 'testdisk', 'Data recovery utilities'],
    ['rescue, by its description', 'quux', 'CLI to recover lost partitions'],
    ['hardware', 'lshw', 'Provide detailed information on the hardware configuration of the machine'],
    ['hardware, by its description', 'quux', 'Command-line tool to read sensors'],
    ['recovery from a backup', 'restic', 'Backup program that is fast, efficient and secure'],
    ['a disk that is about to fail', 'smartctl', 'Tools for monitoring the health of hard drives'],
  ])('its kind is rarely needed: %s (%s)', async (_, name, description) => {
    const world = { ...untyped, packages: { [name]: [name] }, descriptions: { [name]: description } };
    expect(await unused({ world })).toEqual([]);
  });

  test.each(['wl-copy', 'starship', 'gopls', 'delta', 'direnv'])('other programs call it: %s', async (name) => {
    expect(await unused({ world: { ...untyped, packages: { [name]: [name] } } })).toEqual([]);
  });
});
