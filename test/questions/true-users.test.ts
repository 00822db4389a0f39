import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultSettings } from '../../generators/evidence/settings.ts';
import { buildOutput } from '../../generators/output/build-output.ts';
import { requires } from '../requires.ts';
import { typeIntoFish } from '../snapshot/shell/type-into-fish.ts';
import { evidenceOf, recorded, takenOn, type World } from './shell-world.ts';

/** A made-up user of fish: what is typed in the order of the days, each several times a day. */
interface FishUser {
  does: string;
  /** Text and uses; `%` becomes the number of the use, so that fish stores each use. */
  lines: readonly (readonly [text: string, uses: number])[];
  world: World;
}

const editors: World = { packages: { neovim: ['nvim'], nano: ['nano'], vim: ['vim'] } };
const finders: World = { packages: { ripgrep: ['rg'], gnugrep: ['grep'], fd: ['fd'], findutils: ['find'] } };
const viewers: World = {
  packages: { bat: ['bat'], coreutils: ['cat', 'ls'], eza: ['eza'], htop: ['htop'], btop: ['btop'] },
};

/** fish stores a line once, so the tool of the daily habit has fewer lines than the one that is used now and then. */
const fishUsers: readonly FishUser[] = [
  {
    does: 'starts nvim bare every day, and opened 13 files with nano',
    lines: [
      ['nvim', 20],
      ['nano f%', 13],
    ],
    world: editors,
  },
  {
    does: 'starts vim bare every day, and opened 30 files with nvim',
    lines: [
      ['vim', 20],
      ['nvim f%', 30],
    ],
    world: editors,
  },
  {
    does: 'searches for one word every day, and grepped 15 words once',
    lines: [
      ['rg TODO', 20],
      ['grep -r w% .', 15],
    ],
    world: finders,
  },
  {
    does: 'lists with eza every day, and 12 folders with ls',
    lines: [
      ['eza', 20],
      ['ls d%', 12],
    ],
    world: viewers,
  },
  {
    does: 'reads one log with bat every day, and 14 files with cat',
    lines: [
      ['bat log', 20],
      ['cat f%', 14],
    ],
    world: viewers,
  },
  {
    does: 'runs btop every day, and htop with 11 filters',
    lines: [
      ['btop', 20],
      ['htop -F x%', 11],
    ],
    world: viewers,
  },
  {
    does: 'finds with one fd every day, and 16 names with find',
    lines: [
      ['fd -e ts', 20],
      ['find . -name n%', 16],
    ],
    world: finders,
  },
];

const fish = requires('fish');

/** The history that fish wrote for these lines, in a new folder. */
async function writtenByFish(lines: FishUser['lines']): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'fish-user-'));
  try {
    const typed = lines.flatMap(([text, uses]) =>
      Array.from({ length: uses }, (_, use) => text.replaceAll('%', String(use))),
    );
    return readFileSync(await typeIntoFish(folder, typed), 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Everything that an agent reads or looks up about the user. */
function saidAbout(evidence: Awaited<ReturnType<typeof evidenceOf>>): string {
  const settings = { ...defaultSettings, budget: { lines: 1000, tokens: 100_000 } };
  const { files } = buildOutput({ evidence, settings, inputs: [], missing: [], rejected: [] });
  const { recommendations } = JSON.parse(files.get('intelligence/recommendations.json') ?? '{"recommendations":[]}');
  const texts: string[] = recommendations.map(({ text }: { text: string }) => text);
  return [files.get('CLAUDE.md'), ...texts].join('\n');
}

describe.skipIf(fish.missing !== null)(`seven users of fish${fish.why}`, () => {
  test.each(fishUsers)('who $does: no preference, no count of uses, no rank', async ({ lines, world }) => {
    const history = await writtenByFish(lines);
    const said = saidAbout(await evidenceOf(world, 'fish', history));
    expect(said).not.toMatch(/prefer|not `|First choice|\d+ times|rank:/i);
    // fish stored the daily line once: the count of lines is the wrong way round.
    expect(history.match(/^- cmd: /gm)?.length).toBe(1 + (lines[1]?.[1] ?? 0));
  });
});

test('the user whose tests are red and whose linter finds something: no command is said to fail', async () => {
  const results = [
    'cargo',
    'pytest',
    'shellcheck',
    'ruff',
    'tsc',
    'make',
    'just',
    'npm',
    'go',
    'ssh',
    'nvim',
    'python3',
  ];
  const log = results.map((name) => recorded(name, '', 1, 100, 40) + recorded(name, 'test', 1, 60, 3)).join('');
  const world: World = { packages: Object.fromEntries(results.map((name) => [name, [name]])) };
  const said = saidAbout(await evidenceOf(world, 'fish', '', log));
  expect(said).not.toMatch(/\bfail|You've tried|was not found|denied/i);
});

test('the user whose tools run by key bindings, timers, hooks and other programs: none is said to be unused', async () => {
  const tools = ['grim', 'slurp', 'dust', 'procs', 'hexyl', 'tokei', 'rg', 'fd', 'jq', 'bat'];
  const packages = Object.fromEntries([...tools, 'vim'].map((name) => [name, [name]]));
  // fish wrote only the editor, for a hundred days.
  const end = Date.parse(`${takenOn}T12:00:00Z`) / 1000;
  const history = Array.from({ length: 300 }, (_, use) => `- cmd: vim f${use}\n  when: ${end - use * 28_800}\n`);
  const text = history.reverse().join('');
  const bound = saidAbout(await evidenceOf({ packages, named: tools, references: {} }, 'fish', text));
  expect(bound).not.toMatch(/never typed|unused|Consider removing/i);
  // The same tools, where nothing in the flake names them: it is the binding that makes the difference.
  const evidence = await evidenceOf({ packages, named: [], references: {} }, 'fish', text);
  const notBound = buildOutput({ evidence, settings: defaultSettings, inputs: [], missing: [], rejected: [] });
  expect(JSON.parse(notBound.files.get('intelligence/usage_alignment.json') ?? '').unused.length).toBeGreaterThan(2);
});
