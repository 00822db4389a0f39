import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { agents } from '../../../agents/agents.ts';
import { checkContext } from '../../check/check-context.ts';
import { anyCheckout, openCheckout } from '../../check/checkout.ts';
import type { KnownFacts } from '../../check/known-facts.ts';
import { type Check, finding, notApplicable, ok } from '../check.ts';
import { checkoutOf } from '../checkout.ts';
import { at, claudeFolder, counted, destination, firstOf, type Machine, namesIn, textOf } from '../machine.ts';

export const staleContext: Check = {
  id: 'stale-context',
  severity: 'warning',
  reads: 'context files that you wrote, in the home and in the checkout, as `check` does',
  run(machine) {
    const { output } = machine;
    if (output === null) return notApplicable(machine.noOutput);
    const facts = factsOf(machine, output);
    if (facts === undefined) return notApplicable('the commands of the packages are not known');
    const located = checkoutOf(machine);
    const files = [
      ...ownFiles(machine).map((path) => ({ shown: path.replace(`${machine.home}/`, '~/'), path, root: null })),
      ...('why' in located
        ? []
        : ['CLAUDE.md', 'AGENTS.md', '.claude/CLAUDE.md', 'README.md']
            .map((name) => ({
              shown: name,
              path: join(located.source.flake.checkout ?? '', name),
              root: located.checkout,
            }))
            .filter(({ path }) => existsSync(at(machine, path)))),
    ];
    if (files.length === 0) return notApplicable('there is no context file of yours');
    const findings = files.flatMap(({ path, shown, root }) =>
      checkContext(textOf(machine, path) ?? '', shown, {
        facts,
        // Paths in a text about all projects belong to none.
        checkout: root === null ? anyCheckout : openCheckout(root),
        place: at(machine, path),
      }),
    );
    if (findings.length === 0) return ok(`${counted(files.length, 'context file')} without an outdated statement`);
    return finding(
      counted(findings.length, 'outdated statement'),
      firstOf(findings.map(({ file, line, message }) => `${file}${line === null ? '' : `:${line}`}: ${message}`)),
      'correct or delete these lines',
    );
  },
};

/** Files at the places of context in the home that lead into no store: the user wrote them. */
function ownFiles(machine: Machine): string[] {
  const claude = claudeFolder(machine);
  const places = [
    join(claude, 'CLAUDE.md'),
    ...namesIn(machine, join(claude, 'rules')).map((name) => join(claude, 'rules', name)),
    ...Object.values(agents).flatMap(({ folder, context }) =>
      folder === undefined || context === undefined ? [] : [join(machine.home, folder, context)],
    ),
  ];
  return [...new Set(places)].filter((path) => {
    const target = destination(machine, path);
    return target !== undefined && !target.startsWith('/nix/store/');
  });
}

/** What the configuration installs and what PATH has. */
function factsOf(machine: Machine, output: NonNullable<Machine['output']>): KnownFacts | undefined {
  const { profiles } = output.read('tool_profiles');
  if (!profiles.some(({ commands }) => commands !== null)) return undefined;
  const folders = (machine.env.PATH ?? '').split(':').filter((folder) => folder.startsWith('/'));
  const commands = new Set([
    ...profiles.flatMap((one) => one.commands ?? []),
    ...folders.flatMap((folder) => namesIn(machine, folder)),
  ]);
  const options = output.table('options');
  const enabled = options
    .matching(/\.enable\t[^\t]*\t[^\t]*\ttrue\t/)
    .map((at) => options.rowAt(at).name.split('.').at(-2) ?? '');
  const installed = [...profiles.map(({ name }) => name), ...commands, ...enabled];
  return {
    evaluated: { packages: profiles, aliases: output.source.aliases },
    installed: new Set(installed.map((name) => name.toLowerCase())),
    commands,
  };
}
