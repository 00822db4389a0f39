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
    "You've tried `docker ps` 5 times with failures. Docker is not enabled in your configuration.",
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
    "You've tried `docker ps` 10 times, 9 of them with failures.",
    { 'nine of ten': { ...withDocker, recorded: recorded('docker', 'ps', 1, 9) + recorded('docker', 'ps', 0, 1) } },
    { 'five of ten': { ...withDocker, recorded: recorded('docker', 'ps', 1, 5) + recorded('docker', 'ps', 0, 5) } },
  ],
  [
    '`nixos-rebuild` fails frequently (6 of 14 attempts).',
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
    '`jq` was not found 5 times; no package of your configuration has it.',
    { 'no package has it': { recorded: recorded('jq', '', 127, 5) } },
    {
      'a package has it now': { world: { packages: { jq: ['jq'] } }, recorded: recorded('jq', '', 127, 5) },
      'it was mistyped twice': { recorded: recorded('jq', '', 127, 2) },
    },
  ],
  [
    '`jq` was not found 5 times; the package `toolbox` has it now.',
    { 'a package has it': { world: { packages: { toolbox: ['jq'] } }, recorded: recorded('jq', '', 127, 5) } },
    { 'no package has it': { recorded: recorded('jq', '', 127, 5) } },
  ],
  [
    '`mount` was denied, or repeated with sudo, 4 times.',
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
  // Without its figures: another figure would be as false.
  const claim = sentence.replace(/ \(.*/, '');
  test.each(Object.entries(absent))('does not appear: %s', async (_, one) => {
    expect((await sentences(one)).join('\n')).not.toContain(claim);
  });
});

test('a grep that finds nothing has not failed', async () => {
  expect(await sentences({ recorded: recorded('grep', '', 1, 30) })).toEqual([]);
});

test('no service is named for commands whose server may be on another machine, or that need none', async () => {
  const failing = ['psql', 'pg_dump', 'redis-cli', 'make'].map((command) => recorded(command, '', 2, 9)).join('');
  const found = await sentences({ recorded: failing });
  expect(found).toHaveLength(4);
  expect(found.join('\n')).not.toContain('is not enabled');
});

describe('counts are rounded, and digits in names are not', () => {
  test.each([
    ['sha256sum', 40, '`sha256sum` fails frequently (40 of 60 attempts).'],
    ['python3.13', 137, '`python3.13` fails frequently (140 of 160 attempts).'],
    ['x86_64-linux-gnu-ld', 40, '`x86_64-linux-gnu-ld` fails frequently (40 of 60 attempts).'],
    ['mkfs.fat32-2026-11-28', 1234, '`mkfs.fat32-2026-11-28` fails frequently (1200 of 1300 attempts).'],
  ])('%s, %i failures', (command, failures, expected) => {
    const insight = { kind: 'often fails' as const, command, package: null, failures, attempts: failures + 20 };
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

  test('through the recorder: 40 failing runs of sha256sum', async () => {
    const log = recorded('sha256sum', '', 1, 40) + recorded('sha256sum', '', 0, 88);
    expect(await sentences({ recorded: log })).toEqual(['`sha256sum` fails frequently (40 of 130 attempts).']);
  });
});
