import { expect, test } from 'vitest';
import type { Machine } from '../../../generators/evidence/machine.ts';
import { analyzeDrift } from '../../../generators/questions/drift-report/analyze.ts';
import { presentDrift } from '../../../generators/questions/drift-report/present.ts';
import { driftReport } from '../../../generators/questions/drift-report/schema.ts';
import { sampleCommands, sampleEvaluated } from '../../sample-evidence.ts';
import { sentencesOf } from '../plain.ts';

const evaluated = sampleEvaluated();

function report(more: Partial<Machine>, available: string[] = []) {
  const machine: Machine = {
    schemaVersion: 1,
    takenOn: '2026-11-20',
    programs: [],
    otherPrograms: [],
    packages: [],
    running: null,
    generations: { current: null, newest: null, byMonth: [] },
    ...more,
  };
  return driftReport.parse(analyzeDrift({ evaluated, commands: { ...sampleCommands(evaluated), available }, machine }));
}

const sentences = (more: Partial<Machine>) => sentencesOf(presentDrift(report(more)));
const program = (name: string, source: Machine['programs'][number]['source'], hides = false) => ({
  name,
  source,
  hides,
});

test('programs that no package of the configuration has, by source', () => {
  expect(
    sentences({ programs: [program('tokei', '~/.local/bin'), program('fd', 'cargo'), program('bat', 'cargo')] }),
  ).toEqual([
    'You have `tokei` in PATH but not in your configuration (~/.local/bin).',
    'You have `fd` and `bat` in PATH but not in your configuration (cargo).',
  ]);
});

test('a program of which the configuration has one too is not missing there; it may hide it', () => {
  expect(sentences({ programs: [program('jq', '~/.local/bin')] })).toEqual([]);
  expect(sentences({ programs: [program('jq', '~/.local/bin', true)] })).toEqual([
    '`jq` (~/.local/bin) hides the one of your configuration in PATH.',
  ]);
});

test('packages of installers', () => {
  expect(sentences({ packages: [{ installer: 'pip', count: 12 }] })).toEqual([
    '12 pip packages are installed outside Nix.',
  ]);
  expect(sentences({ packages: [{ installer: 'cargo', count: 1 }] })).toEqual([
    '1 cargo package is installed outside Nix.',
  ]);
  expect(
    sentences({
      packages: [
        { installer: 'nix profile', count: 2 },
        { installer: 'pip', count: 12 },
        { installer: 'npm', count: 1 },
      ],
    }),
  ).toEqual([
    '12 pip packages and 1 npm package are installed outside Nix.',
    '2 packages are installed with `nix profile` and not in your configuration.',
  ]);
});

test('rolled back: an older generation than the newest runs', () => {
  const generations = (current: number, newest: number) => ({ generations: { current, newest, byMonth: [] } });
  expect(sentences(generations(41, 44))).toEqual(['The system was rolled back: generation 41 runs, 44 is the newest.']);
  expect(sentences(generations(44, 44))).toEqual([]);
});

test('nothing outside: no sentence', () => {
  expect(sentences({})).toEqual([]);
});

test('the package that would replace a program, versions, and what did not run', () => {
  const { manual, versions, notRunning } = report(
    {
      programs: [program('bat', 'cargo'), program('http', 'pipx'), program('tokei', 'cargo')],
      running: [{ command: 'rg', version: '0.9' }],
    },
    ['tokei'],
  );
  expect(manual.map((row) => [row.command, row.package])).toEqual([
    ['bat', null],
    ['http', 'httpie'],
    ['tokei', 'tokei'],
  ]);
  expect(versions).toEqual([{ package: 'ripgrep', command: 'rg', running: '0.9', declared: '1.0' }]);
  expect(notRunning).toEqual([{ package: 'jq', command: 'jq' }]);
});
