import { expect, test } from 'vitest';
import type { Shell } from '../../../generators/lang/shell/shells.ts';
import { createLineCounter } from '../../../generators/snapshot/shell/line-counts.ts';

const names = new Set(
  'ls wc make curl tee unbuffer echo kill sudo sh bash fish watch xargs command apt-get gh'.split(' '),
);
for (const name of 'docker env rg test source git eval nix'.split(' ')) names.add(name);
const countLine = createLineCounter(
  { has: (name) => names.has(name), foundIn: () => null },
  { textOf: () => undefined },
);

function counted(line: string, shell: Shell): string {
  const { uses, builtins, unknown, dynamic, pipelines } = countLine(line, shell);
  return [
    ...uses.map(({ name, subcommand }) => (subcommand === null ? name : `${name} ${subcommand}`)),
    ...builtins.map((name) => `(${name})`),
    ...(unknown > 0 ? [`unknown ${unknown}`] : []),
    ...(dynamic > 0 ? [`dynamic ${dynamic}`] : []),
    ...pipelines.map((stages) => stages.replaceAll('\n', '|')),
  ].join(', ');
}

test.each<[string, Shell, string]>([
  // a shell's own is that of the shell that runs the script
  ["sudo sh -c 'echo 1 > x; ls'", 'fish', 'sudo, sh, ls, (echo)'],
  ["bash -lc 'source x; export A=1; ls'", 'fish', 'bash, ls, (source), (export)'],
  ["fish -c 'if test -f x; set y 1; end'", 'bash', 'fish, (test), (set)'],
  ['sh -c "ls; exit 1"', 'zsh', 'sh, ls, (exit)'],
  ["eval 'echo a; ls'", 'bash', 'ls, (eval), (echo)'],
  ["eval 'set x (ls); and echo $x'", 'fish', 'ls, (eval), (set), (echo)'],
  ["watch 'echo x | wc'", 'fish', 'watch, wc, (echo), echo|wc'],
  // what starts no shell does not run a shell's own
  ['sudo echo x', 'bash', 'sudo, echo'],
  ["xargs sh -c 'sudo kill 1; kill 2'", 'bash', 'xargs, sh, sudo, kill, (kill)'],
  ['env test -f x', 'fish', 'env, test'],
  ["sh -c 'env echo x'", 'bash', 'sh, env, echo'],
  ['command echo x', 'bash', '(command), (echo)'],
  ['command echo x', 'zsh', 'echo, (command)'],
  ['command echo x', 'fish', 'echo, (command)'],
  // names
  ['~/.cargo/bin/rg x', 'bash', 'rg'],
  ['/opt/x/bin/rg x', 'bash', 'rg'],
  ['./bin/rg x; ~/rg x', 'bash', 'unknown 2'],
  ['unbuffer make | tee x', 'bash', 'unbuffer, make, tee, make|tee'],
  // subcommands behind options
  ['docker compose -f a.yml --profile dev up -d', 'bash', 'docker compose up'],
  ['docker compose --ansi never up', 'bash', 'docker compose'],
  ['docker --context x compose --project-name=y logs', 'bash', 'docker compose logs'],
  ['gh -R a/b pr list; gh pr -R a/b list', 'bash', 'gh pr list, gh pr list'],
  ['git stash -m list', 'bash', 'git stash'],
  ['sudo apt-get -o a=b install x', 'bash', 'sudo, apt-get install'],
  ['nix --option sandbox false build', 'bash', 'nix build'],
])('%s in %s counts %s', (line, shell, expected) => {
  expect(counted(line, shell)).toBe(expected);
});
