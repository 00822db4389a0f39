import { describe, expect, test } from 'vitest';
import type { Evidence } from '../../generators/evidence/evidence.ts';
import { defaultSettings } from '../../generators/evidence/settings.ts';
import { buildOutput } from '../../generators/output/build-output.ts';
import { dependencyGraph } from '../../generators/questions/dependency-graph/schema.ts';
import { requires } from '../requires.ts';
import { historyOf, packages, repository, type Step } from '../snapshot/git/repositories.ts';
import { declared, evidenceOf, somePackage, storePath } from './dependency-graph/closure-evidence.ts';
import { busy, type Case, evidenceOfCase, type Lines, recorded, takenOn, type World } from './shell-world.ts';

const git = requires('git');

type Given = () => Promise<Evidence>;

/** CLAUDE.md without a limit, and the findings about dependencies, which are too long for it. */
async function textOf(given: Given): Promise<string> {
  const settings = { ...defaultSettings, budget: { lines: 1000, tokens: 100_000 } };
  const { files } = buildOutput({ evidence: await given(), settings, inputs: [], missing: [], rejected: [] });
  const graph = files.get('intelligence/dependency_graph.json');
  const findings = graph === undefined ? [] : dependencyGraph.parse(JSON.parse(graph)).insights;
  return [files.get('CLAUDE.md'), ...findings.map(({ text }) => text)].join('\n');
}

const typed = (given: Case): Given => {
  return () => evidenceOfCase(given);
};

/** A host with a git history of its packages. */
const written = (steps: readonly Step[], given: Case = {}): Given => {
  return async () => ({
    ...(await evidenceOfCase(given)),
    gitHistory: await historyOf(repository(steps), { takenOn }),
  });
};
const lists = (...rows: [message: string, day: number, ...lines: string[]][]): Step[] =>
  rows.map(([message, day, ...lines]) => ({ message, day, files: { 'packages.nix': packages(...lines) } }));

const search: World = { packages: { ripgrep: ['rg'], gnugrep: ['grep'] } };
const dust: World = { packages: { dust: ['dust'] }, named: [], references: {} };
const dustSince: Step[] = lists(['begin', 0, 'dust']);

/** Python, which brings a compiler; `declares`: the compiler is declared as well. */
const python = (declares: boolean, references: string[] = ['gcc-14']): Given => {
  return async () => {
    const ids = declares ? ['python313', 'gcc'] : ['python313'];
    const outputs: Record<string, string[]> = { python313: [storePath('python3-3.13.1')], gcc: [storePath('gcc-14')] };
    return evidenceOf(
      ids.map((id) => somePackage(id)),
      {
        roots: Object.fromEntries(ids.map((id) => [id, outputs[id] ?? []])),
        services: {},
        paths: [
          {
            path: storePath('python3-3.13.1'),
            references: references.map((name) => storePath(name)),
            narSize: 1,
            commands: ['python3'],
          },
          { path: storePath('gcc-14'), references: [], narSize: 1, commands: ['gcc', 'cc'] },
        ],
      },
    );
  };
};

/** Five tools without dependents; `lines`: what was typed; `by`: the option that adds them. */
const five = (lines: Lines, { by = null, named = [] }: { by?: string | null; named?: string[] } = {}): Given => {
  const names = ['dust', 'procs', 'tokei', 'hyperfine', 'duf'];
  return async () => {
    const world = { packages: Object.fromEntries(names.map((name) => [name, [name]])), named, references: {} };
    const evidence = await evidenceOfCase({ world, lines });
    for (const entry of evidence.evaluated.packages) entry.declarations = [declared(by)];
    return evidence;
  };
};

const docker = recorded('docker', 'ps', 1, 5);
const rebuilds = (failed: number, worked: number): Case => ({
  recorded: recorded('nixos-rebuild', 'switch', 1, failed) + recorded('nixos-rebuild', 'switch', 0, worked),
});

/**
 * The example sentences of the capabilities A to E, each with evidence for it, and with evidence that looks like it and
 * for which the sentence would be false.
 */
const rows: [sentence: RegExp, appears: Given, absent: Record<string, Given>][] = [
  [
    /You installed `ripgrep` 5 months ago for “faster text search”/,
    written(lists(['begin', 0, 'ripgrep # faster text search']), { world: search }),
    {
      'the comment only restates the name': written(lists(['add ripgrep', 0, 'ripgrep # ripgrep (rg)']), {
        world: search,
      }),
      'nothing states a reason': written(lists(['update', 0, 'ripgrep']), { world: search }),
      'another tool has the comment': written(lists(['begin', 0, 'fd # faster text search']), { world: search }),
    },
  ],
  [
    /Your config has been stable \(3 changes\/year\)\. Major changes may need testing\./,
    written(lists(['a', -300, 'fd'], ['b', -180, 'fd', 'jq'], ['c', 10, 'fd', 'jq', 'rg'], ['d', 100, 'fd'])),
    {
      'a change every fifth day': written(
        lists(...Array.from({ length: 36 }, (_, index): [string, number, string] => ['x', index * 5, `p${index}`])),
      ),
      'the repository is a month old': written(lists(['a', 150, 'fd'], ['b', 170, 'jq'])),
    },
  ],
  [
    /You need gcc for Python native modules\. It's already installed via python313\./,
    python(false),
    { 'gcc is declared': python(true), 'Python does not refer to it': python(false, []) },
  ],
  [
    /These 5 packages are unused \(no dependents, not in Fish history\)\./,
    five(busy),
    {
      'they are typed': five([...busy, ['dust /x ;; procs ;; tokei x ;; hyperfine x ;; duf', 1]]),
      'an option adds them': five(busy, { by: 'programs.x' }),
      'false case: a key binding runs them': five(busy, { named: ['dust', 'procs', 'tokei', 'hyperfine', 'duf'] }),
    },
  ],
  [
    /You have `dust` installed but never typed it since .*\. Consider removing it/,
    written(dustSince, { world: dust }),
    {
      'false case: a key binding runs it': written(dustSince, { world: { ...dust, named: ['dust'] } }),
      'it was typed once': written(dustSince, { world: dust, lines: [...busy, ['dust /x', 1]] }),
      'the history covers ten days': written(dustSince, { world: dust, days: 10 }),
    },
  ],
  [
    /You frequently use `jq` \(100\+ distinct lines\) but it's not in your nix config: fetched with `nix-shell`/,
    typed({ lines: [...busy, ['nix-shell -p jq --run "jq .%"', 142]] }),
    {
      'it is declared': typed({
        world: { packages: { jq: ['jq'] } },
        lines: [...busy, ['nix-shell -p jq --run "jq .%"', 142]],
      }),
      'the shell of a project has it': typed({ lines: [...busy, ['jq .%', 142]] }),
    },
  ],
  [
    /When searching files, you prefer `rg` over `grep` \(80 vs 5 uses\)/,
    typed({
      world: { shell: 'zsh' },
      shell: 'zsh',
      lines: [
        ['rg x%', 80],
        ['grep y% f', 5],
      ],
    }),
    {
      'false case: fish keeps each line once': typed({
        world: search,
        lines: [
          ['rg x%', 80],
          ['grep y% f', 5],
        ],
      }),
      'both are used': typed({
        world: { ...search, shell: 'zsh' },
        shell: 'zsh',
        lines: [
          ['rg x%', 80],
          ['grep y% f', 60],
        ],
      }),
      'the recorder has run for a week': typed({
        world: search,
        recorded: recorded('rg', '', 0, 80, 7) + recorded('grep', '', 0, 5, 7),
      }),
    },
  ],
  [
    /You often run `fd` then `bat`\./,
    typed({ lines: [...busy, ['fd x% ;; bat y%', 9]] }),
    {
      'false case: two terminals side by side': typed({ lines: [...busy, ['fd x% ;; bat y% ;; fd z% ;; bat w%', 9]] }),
      'minutes lie between': typed({ lines: [...busy, ['fd x%', 12], ['bat y%', 12]] }),
    },
  ],
  [
    /Instead of `cat file \| grep pattern`, use `rg pattern file` directly\./,
    typed({ world: search, lines: [...busy, ['cat f% | grep x', 9]] }),
    {
      'rg is not installed': typed({
        world: { packages: { gnugrep: ['grep'] } },
        lines: [...busy, ['cat f% | grep x', 9]],
      }),
      'other output is searched': typed({ world: search, lines: [...busy, ['ps aux | grep x%', 9]] }),
    },
  ],
  [
    /You've tried `docker ps` 5\+ times with failures\. Docker is not enabled in your configuration\./,
    typed({ recorded: docker }),
    {
      'docker is enabled': typed({ world: { options: ['virtualisation.docker'] }, recorded: docker }),
      'false case: red tests': typed({
        recorded: recorded('cargo', 'test', 1, 100) + recorded('cargo', 'test', 0, 100),
      }),
    },
  ],
  [
    /`nixos-rebuild` fails frequently \(6 of 14 attempts\)\. Check the config for errors before a rebuild\./,
    typed(rebuilds(6, 8)),
    {
      'it rarely fails': typed(rebuilds(3, 27)),
      'false case: the linter finds something': typed({
        recorded: recorded('shellcheck', '', 1, 6) + recorded('shellcheck', '', 0, 8),
      }),
    },
  ],
];

describe.skipIf(git.missing !== null)('the example sentences', () => {
  describe.each(rows)('%s', (sentence, appears, absent) => {
    test('appears', async () => expect(await textOf(appears)).toMatch(sentence));
    // Without its figures: another figure would be as false.
    const claim = new RegExp(sentence.source.replace(/ \\\(.*?\\\)|\d+\\\+|\b\d+\b/g, '.*'));
    test.each(Object.entries(absent))('does not appear: %s', async (_, given) => {
      expect(await textOf(given)).not.toMatch(claim);
    });
    test('has two cases in which it would be false', () => {
      expect(Object.keys(absent).length).toBeGreaterThanOrEqual(2);
    });
  });
});
