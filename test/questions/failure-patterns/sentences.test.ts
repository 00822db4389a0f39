import { describe, expect, test } from 'vitest';
import { analyzeFailurePatterns } from '../../../generators/questions/failure-patterns/analyze.ts';
import { presentFailurePatterns } from '../../../generators/questions/failure-patterns/present.ts';
import { failurePatterns } from '../../../generators/questions/failure-patterns/schema.ts';
import { sentencesOf } from '../plain.ts';
import { busy, type Case, evidenceOfCase, recorded } from '../shell-world.ts';

const withDocker: Case = { world: { options: ['virtualisation.docker'] } };
const docker = recorded('docker', 'ps', 1, 5);
const rebuild = (...rows: [status: number, times: number, daysAgo?: number][]): Case => ({
  recorded: rows
    .map(([status, times, daysAgo]) => recorded('nixos-rebuild', 'switch', status, times, daysAgo))
    .join(''),
});

/** A sentence, cases in which it is true, cases in which it would be false. */
const rows: [sentence: string, appears: Record<string, Case>, absent: Record<string, Case>][] = [
  [
    "You've tried `docker ps` 5+ times with failures. Docker is not enabled in your configuration.",
    {
      'five of five': { recorded: docker },
      'over weeks': { recorded: recorded('docker', 'ps', 1, 3, 20) + recorded('docker', 'ps', 1, 2) },
    },
    {
      'docker is enabled': { world: { options: ['virtualisation.docker'] }, recorded: docker },
      'rootless docker is enabled': { world: { options: ['virtualisation.docker.rootless'] }, recorded: docker },
      'podman provides it': { world: { options: ['virtualisation.podman'] }, recorded: docker },
      'only a home is configured': { world: { platform: 'home-manager' }, recorded: docker },
      'it worked': { recorded: recorded('docker', 'ps', 0, 5) },
      'it works again': { recorded: recorded('docker', 'ps', 1, 5, 40) + recorded('docker', 'ps', 0, 9) },
      'it was not found': { recorded: recorded('docker', 'ps', 127, 5) },
      'it was interrupted': { recorded: recorded('docker', 'ps', 130, 5) },
      'nothing has statuses': { lines: [...busy, ['docker ps %', 5]] },
    },
  ],
  [
    "You've tried `docker ps` 5+ times with failures. You are not in group `docker`.",
    {
      'nine of ten, docker is enabled': {
        ...withDocker,
        recorded: recorded('docker', 'ps', 1, 9) + recorded('docker', 'ps', 0, 1),
      },
    },
    {
      'five of ten': { ...withDocker, recorded: recorded('docker', 'ps', 1, 5) + recorded('docker', 'ps', 0, 5) },
      'the user is in the group': {
        world: { options: ['virtualisation.docker'], groups: ['docker'] },
        recorded: recorded('docker', 'ps', 1, 9) + recorded('docker', 'ps', 0, 1),
      },
      'docker is rootless': {
        world: { options: ['virtualisation.docker', 'virtualisation.docker.rootless'] },
        recorded: recorded('docker', 'ps', 1, 9) + recorded('docker', 'ps', 0, 1),
      },
    },
  ],
  [
    '`nixos-rebuild` fails frequently (6 of 14 attempts). Check the config for errors before a rebuild.',
    {
      'nearly half of the attempts': rebuild([1, 6], [0, 8]),
      'in the last days': rebuild([0, 8, 60], [1, 6]),
      'over subcommands': {
        recorded:
          recorded('nixos-rebuild', 'switch', 1, 6) +
          recorded('nixos-rebuild', 'switch', 0, 2) +
          recorded('nixos-rebuild', 'boot', 0, 6),
      },
    },
    {
      'it did so long ago': rebuild([1, 6, 60], [0, 9]),
      'one time in ten': rebuild([1, 3], [0, 27]),
      'two times': rebuild([1, 2], [0, 1]),
      'it was not found': rebuild([127, 6], [0, 6]),
      'it was interrupted': rebuild([130, 6], [0, 8]),
      'another command fails': { recorded: recorded('make', '', 2, 6) + recorded('make', '', 0, 8) },
    },
  ],
  [
    '`jq` was not found 5+ times; no package of your configuration has it.',
    { 'no package has it': { recorded: recorded('jq', '', 127, 5) } },
    {
      'a package has it now': { world: { packages: { jq: ['jq'] } }, recorded: recorded('jq', '', 127, 5) },
      'it was mistyped twice': { recorded: recorded('jq', '', 127, 2) },
    },
  ],
  [
    '`jq` was not found 5+ times; the package `toolbox` has it now.',
    { 'a package has it': { world: { packages: { toolbox: ['jq'] } }, recorded: recorded('jq', '', 127, 5) } },
    { 'no package has it': { recorded: recorded('jq', '', 127, 5) } },
  ],
  [
    '`mount` was denied, or repeated with sudo, 2+ times.',
    { 'status 126': { recorded: recorded('mount', '', 126, 4) } },
    { 'it failed': { recorded: recorded('mount', '', 32, 4) } },
  ],
];

async function sentences(one: Case): Promise<string[]> {
  const output = failurePatterns.parse(analyzeFailurePatterns(await evidenceOfCase(one)));
  return sentencesOf(presentFailurePatterns(output));
}

describe.each(rows)('%s', (sentence, appears, absent) => {
  test.each(Object.entries(appears))('appears: %s', async (_, one) => {
    expect(await sentences(one)).toContain(sentence);
  });
  // Another figure would be as false.
  const withoutFigures = (text: string): string => text.replace(/\d+/g, '0');
  test.each(Object.entries(absent))('does not appear: %s', async (_, one) => {
    expect((await sentences(one)).map(withoutFigures)).not.toContain(withoutFigures(sentence));
  });
});

test('a grep that finds nothing has not failed', async () => {
  expect(await sentences({ recorded: recorded('grep', '', 1, 30) })).toEqual([]);
});

test.each([
  ['psql', ''],
  ['redis-cli', ''],
  ['make', ''],
  ['cargo', 'test'],
  ['pytest', ''],
  ['shellcheck', ''],
  ['ruff', 'check'],
  ['tsc', ''],
  ['ssh', ''],
  ['kubectl', 'get'],
  ['nvim', ''],
  ['python3', ''],
  ['sha256sum', ''],
])('a failing %s %s has no cause that the configuration shows', async (command, subcommand) => {
  expect(await sentences({ recorded: recorded(command, subcommand, 2, 100) })).toEqual([]);
});

test('a red test and a lint finding are no failures, also in the file', async () => {
  const log = ['cargo', 'shellcheck', 'pytest', 'make', 'ssh', 'vim']
    .map((name) => recorded(name, '', 1, 100))
    .join('');
  const output = failurePatterns.parse(analyzeFailurePatterns(await evidenceOfCase({ recorded: log })));
  expect(output.commands.map(({ command }) => command)).toContain('shellcheck');
  expect(output.insights).toEqual([]);
});

describe('counts are rounded, and digits in names are not', () => {
  test.each([
    ['sha256sum', 40, '`sha256sum` was not found 20+ times; no package of your configuration has it.'],
    ['python3.13', 137, '`python3.13` was not found 100+ times; no package of your configuration has it.'],
    [
      'x86_64-linux-gnu-ld',
      40,
      '`x86_64-linux-gnu-ld` was not found 20+ times; no package of your configuration has it.',
    ],
    [
      'mkfs.fat32-2026-11-28',
      1234,
      '`mkfs.fat32-2026-11-28` was not found 1000+ times; no package of your configuration has it.',
    ],
  ])('%s, %i failures', (command, failures, expected) => {
    const insight = { kind: 'not found' as const, command, package: null, notFound: failures, attempts: failures };
    const [sentence] = sentencesOf(
      presentFailurePatterns({
        schemaVersion: 1,
        takenOn: '2026-06-30',
        sources: ['capture'],
        from: null,
        to: null,
        lines: 0,
        undecided: 0,
        notFoundUnknown: 0,
        commands: [],
        insights: [{ ...insight, evidence: ['/commands/0'] }],
      }),
    );
    expect(sentence).toBe(expected);
  });
});
