import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { budgetFor, estimateTokens } from '../../generators/context/fit.ts';
import { contextEvidence } from '../../generators/context/schema.ts';
import type { Evaluated } from '../../generators/evidence/evaluated.ts';
import { manifest } from '../../generators/evidence/manifest.ts';
import { defineQuestion, type Question } from '../../generators/evidence/question.ts';
import { type ReadEvidence, readEvidence } from '../../generators/evidence/read-evidence.ts';
import { parseJson } from '../../generators/evidence/read-json.ts';
import { defaultSettings } from '../../generators/evidence/settings.ts';
import { buildOutput } from '../../generators/output/build-output.ts';
import { questions } from '../../generators/output/questions.ts';
import { toolProfiles } from '../../generators/tools/schema.ts';
import { plantEvidence, sampleCommands, sampleEvaluated, samplePackage } from '../sample-evidence.ts';

const cli = fileURLToPath(new URL('../../dist/cli.mjs', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'output-'));
afterAll(() => rmSync(scratch, { recursive: true }));

function output(evaluated: Evaluated, budget = defaultSettings.budget, list?: readonly Question[]) {
  const read: ReadEvidence = {
    evidence: { evaluated, commands: sampleCommands(evaluated) },
    settings: { ...defaultSettings, budget },
    inputs: [],
    missing: [],
    rejected: [],
  };
  return buildOutput(read, list);
}

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 120 }),
  fc.constantFrom(
    '*'.repeat(90),
    '`'.repeat(90),
    '_a '.repeat(40),
    '\\'.repeat(90),
    '& < > [ ] | # !'.repeat(8),
    '😀'.repeat(60),
  ),
);
const packages = fc.array(fc.tuple(text, text, fc.option(text)), { maxLength: 400 }).map((list) =>
  list.map(([name, command, description], index) =>
    samplePackage({
      id: `p${index}`,
      name: name || 'x',
      mainProgram: command.replace(/[/\s\p{C}]/gu, '').slice(0, 100) || 'x',
      description,
    }),
  ),
);

/** A question that adds a section of many lines and a note to every tool. */
const talkative: Question = defineQuestion({
  file: 'talk',
  title: 'has many lines',
  schema: z.unknown(),
  needs: [],
  analyze: () => ({}),
  present: (_, { evaluated }) => ({
    tools: new Map(
      evaluated.packages.map(({ id }) => [id, [{ kind: 'use' as const, text: 'used *much* `always`', pointer: '/x' }]]),
    ),
    sections: [
      {
        id: 'talk',
        title: 'Talk *about* it',
        place: 60,
        weight: 500,
        intro: ['Much to say'],
        items: Array.from({ length: 300 }, (_, index) => ({
          content: [`line ${index} `, { code: '`'.repeat(index % 9) }],
          evidence: [`/lines/${index}`],
        })),
        more: 'talk.json',
      },
    ],
  }),
});

describe('the budget', () => {
  test.each([
    ['by the frame alone', []],
    ['with a question that has many lines', [talkative]],
  ])('is never exceeded, whatever the packages, %s', (_, list) => {
    fc.assert(
      fc.property(
        packages,
        fc.integer({ min: 20, max: 300 }),
        fc.option(fc.integer({ min: 400, max: 9000 })),
        (some, lines, tokens) => {
          const { files } = output(sampleEvaluated({ packages: some }), { lines, tokens }, list);
          for (const name of ['CLAUDE.md', 'AGENTS.md']) {
            const file = files.get(name) as string;
            expect(file.trimEnd().split('\n').length).toBeLessThanOrEqual(lines);
            expect(estimateTokens(file)).toBeLessThanOrEqual(tokens ?? Number.POSITIVE_INFINITY);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  test('lines that are left out are counted, with the file that has them', () => {
    const some = Array.from({ length: 500 }, (_, n) =>
      samplePackage({ name: `tool-${n}`, description: 'Search tool' }),
    );
    const { files } = output(sampleEvaluated({ packages: some }), defaultSettings.budget, []);
    const file = files.get('CLAUDE.md') as string;
    const shown = file.match(/`tool-\d+`/g)?.length ?? 0;
    expect(shown).toBeGreaterThan(10);
    expect(file).toContain(`, ${500 - shown} more\n`);
  });
});

test('neither the order of keys nor that of lists changes a byte', async () => {
  const some = ['ripgrep', 'fd', 'jq', 'git', 'podman'].map((name) =>
    samplePackage({
      name,
      description: `The ${name} search tool`,
      licenses: ['mit', 'asl20'],
      declarations: ['a.nix', 'b.nix'].map((file) => ({ list: 'environment.systemPackages', file, by: null })),
    }),
  );
  const evaluated = sampleEvaluated({
    packages: some,
    aliases: ['ls', 'cat'].map((name) => ({ name, shell: 'fish', kind: 'alias', commands: ['x'], files: ['a', 'b'] })),
    mcpServers: ['a', 'b'].map((name) => ({ name, type: 'stdio', option: 'programs.x.mcpServers' })),
  });
  const files = {
    'evaluated.json': evaluated,
    'commands.json': sampleCommands(evaluated),
    'closure.json': {
      schemaVersion: 1,
      roots: Object.fromEntries(some.map(({ id }) => [id, [`h-${id}`]])),
      services: {},
      paths: some.map(({ id }) => ({ path: `h-${id}`, references: [], narSize: 5 })),
    },
  };
  const written = async (input: object) => {
    const folder = mkdtempSync(join(scratch, 'order-'));
    plantEvidence(folder, input as Record<string, unknown>);
    return JSON.stringify([...buildOutput(readEvidence(folder)).files]);
  };
  const expected = await written(files);
  await fc.assert(
    fc.asyncProperty(fc.noShrink(fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true }))), async (numbers) => {
      const random = () => numbers.next().value as number;
      expect((await written(shuffled(files, random) as object)) === expected).toBe(true);
    }),
    { numRuns: 25 },
  );
});

/** The same data with keys and lists in another order; an alias's commands keep theirs, it means something. */
function shuffled(value: unknown, random: () => number, key = ''): unknown {
  const mix = <T>(list: T[]): T[] =>
    list
      .map((one) => [random(), one] as const)
      .sort(([a], [b]) => a - b)
      .map(([, one]) => one);
  if (Array.isArray(value)) {
    const inner = value.map((one) => shuffled(one, random));
    return key === 'commands' ? inner : mix(inner);
  }
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(mix(Object.entries(value).map(([name, one]) => [name, shuffled(one, random, name)])));
}

test('a question that fails costs only its own file', () => {
  const broken: Question = {
    ...talkative,
    file: 'broken',
    answer: () => {
      throw new TypeError('undefined is not a function');
    },
  };
  const { files, manifest } = output(sampleEvaluated(), defaultSettings.budget, [broken, talkative]);
  expect(files.has('intelligence/broken.json')).toBe(false);
  expect(files.has('intelligence/talk.json')).toBe(true);
  expect(manifest.questions.map(({ file, status, because }) => [file, status, because])).toEqual([
    ['broken', 'failed', 'undefined is not a function'],
    ['talk', 'written', null],
  ]);
});

test('what is written agrees with its schema', () => {
  const { files } = output(sampleEvaluated());
  const read = (file: string) => files.get(`intelligence/${file}.json`) as string;
  parseJson(read('manifest'), 'manifest.json', manifest);
  parseJson(read('tool_profiles'), 'tool_profiles.json', toolProfiles);
  for (const { file, schema } of questions)
    if (files.has(`intelligence/${file}.json`)) parseJson(read(file), file, schema);
  expect(Object.keys(JSON.parse(files.get('intelligence/schemas/manifest.json') as string))).toContain('properties');
});

test('no store path is written, wherever it is in the evidence', () => {
  const path = '/nix/store/0c0d0f0g0h0i0j0k0l0m0n0p0q0r0s0v-ripgrep-14.1.1';
  const evaluated = sampleEvaluated({
    packages: [samplePackage({ name: 'ripgrep', mainProgram: 'rg', description: `Search, from ${path}/bin/rg` })],
  });
  const all = JSON.stringify([...output(evaluated).files]);
  expect(all).not.toContain('/nix/store/0');
  expect(all).toContain('Search, from ripgrep-14.1.1/bin/rg');
});

test('the same package in two files is shown once, with both in its profile', () => {
  const declarations = ['a.nix', 'b.nix'].map((file) => ({ list: 'home.packages', file, by: null }));
  const { files } = output(
    sampleEvaluated({ packages: [samplePackage({ name: 'jq', description: 'JSON tool', declarations })] }),
  );
  expect(files.get('CLAUDE.md')?.match(/`jq`/g)).toHaveLength(1);
  expect(JSON.parse(files.get('intelligence/tool_profiles.json') as string).profiles[0].declarations).toHaveLength(2);
});

test('the lines of CLAUDE.md point to what they rest on', () => {
  const { files } = buildOutput(readEvidence(fileURLToPath(new URL('../../generators/example', import.meta.url))));
  const text = files.get('CLAUDE.md')?.split('\n') ?? [];
  const { lines } = contextEvidence.parse(JSON.parse(files.get('intelligence/context_evidence.json') ?? ''));
  const evaluated = JSON.parse(
    readFileSync(new URL('../../generators/example/evaluated.json', import.meta.url), 'utf8'),
  );
  expect(lines.length).toBeGreaterThan(20);
  for (const { line, text: expected, evidence } of lines) {
    expect(text[line - 1]).toBe(expected);
    for (const { file, pointer } of evidence) {
      const data = file === 'evaluated.json' ? evaluated : JSON.parse(files.get(`intelligence/${file}`) ?? 'null');
      const row = pointer
        .split('/')
        .slice(1)
        .reduce((value, key) => value?.[key], data);
      expect(row, `${file}${pointer} of “${expected}”`).toBeDefined();
    }
  }
});

test('without options the budget grows with the number of declared packages', () => {
  const size = (count: number): { lines: number; tokens: number } => {
    const packages = Array.from({ length: count }, (_, n) =>
      samplePackage({ name: `tool-${n}`, description: `Search tool ${'x'.repeat(40)}` }),
    );
    return budgetFor(defaultSettings, sampleEvaluated({ packages }));
  };
  expect([10, 40, 95, 150, 400].map(size)).toEqual([
    { lines: 60, tokens: 1000 },
    { lines: 60, tokens: 1000 },
    { lines: 80, tokens: 1500 },
    { lines: 100, tokens: 2000 },
    { lines: 100, tokens: 2000 },
  ]);
});

test('AGENTS.md knows nothing of one client', () => {
  const { files } = output(sampleEvaluated());
  expect(files.get('AGENTS.md')).not.toMatch(/claude(?!\/intelligence)/i);
});

test.each([
  { name: 'nothing', evaluated: {}, agents: '' },
  {
    name: 'a command',
    evaluated: { packages: [samplePackage({ name: 'mine', mainProgram: 'codex' })] },
    agents: 'codex\n',
  },
  { name: 'a package', evaluated: { packages: [samplePackage({ name: 'opencode' })] }, agents: 'opencode\n' },
  {
    name: 'an option',
    evaluated: { agents: [{ name: 'github-copilot-cli', scope: 'home' as const, files: ['home.nix'] }] },
    agents: 'github-copilot-cli\n',
  },
  {
    name: 'an agent without a context file',
    evaluated: { agents: [{ name: 'cursor', scope: 'home' as const, files: ['home.nix'] }] },
    agents: '',
  },
])('the agents for the linker are those installed: $name', ({ evaluated, agents }) => {
  expect(output(sampleEvaluated(evaluated)).files.get('agents')).toBe(agents);
});

test('configured agents have the names that their makers use; an unknown one has its id', () => {
  const names = ['claude-code', 'constructor'].map((name) => ({ name, scope: 'home' as const, files: ['home.nix'] }));
  expect(output(sampleEvaluated({ agents: names })).files.get('CLAUDE.md')).toContain(
    'Coding agents configured: `Claude Code`, `constructor`.',
  );
});

test.skipIf(!readdirSync(join(cli, '../..')).includes('dist'))(
  'time zone, language and folder change no byte (skipped where nothing is bundled)',
  () => {
    const input = join(scratch, 'in');
    const evaluated = sampleEvaluated();
    plantEvidence(input, { 'evaluated.json': evaluated, 'commands.json': sampleCommands(evaluated) });
    const written = [
      { TZ: 'UTC', LANG: 'C', cwd: scratch },
      { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', cwd: '/' },
    ].map(({ cwd, ...env }, index) => {
      const out = join(scratch, `deep/er-${index}/out`);
      mkdirSync(join(out, '..'), { recursive: true });
      const { status, stderr } = spawnSync(process.execPath, [cli, 'generate', '--in', input, '--out', out], {
        cwd,
        env: { ...process.env, ...env },
        encoding: 'utf8',
      });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      return readdirSync(out, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath ?? entry.path, entry.name), 'utf8'));
    });
    expect(written[1]).toEqual(written[0]);
    expect(JSON.stringify(written)).not.toContain(scratch);
  },
);
