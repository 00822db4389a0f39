import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { commands } from '../../../generators/commands/commands.ts';
import { documentedCommands } from '../../../generators/commands/share/documented-commands.ts';
import { requires } from '../../requires.ts';
import { readyMark, typeAtPrompts } from '../../snapshot/shell/type-at-prompts.ts';

const dist = fileURLToPath(new URL('../../../dist', import.meta.url));
const output = fileURLToPath(new URL('../../golden/workstation/expected', import.meta.url));
const scratch = mkdtempSync(path.join(tmpdir(), 'completion-'));
afterAll(() => rmSync(scratch, { recursive: true }));
const files = {
  bash: path.join(dist, 'share/bash-completion/completions/nixos-intelligence'),
  zsh: path.join(dist, 'share/zsh/site-functions/_nixos-intelligence'),
  fish: path.join(dist, 'share/fish/vendor_completions.d/nixos-intelligence.fish'),
};
/** The program itself answers completion; any other call only notes its words. */
const program = `nixos-intelligence() {
  if [ "$1" = complete ]; then CLAUDE_CONFIG_DIR='${output}' '${process.execPath}' '${dist}/cli.mjs' "$@"
  else printf '[%s]' "$@" >>"$HOME/out"; echo >>"$HOME/out"; fi
}`;

/** What is typed, with `\t` for the Tab key, and the words with which the program is then called. */
const typed: [line: string, words: string[]][] = [
  ['nixos-intelligence prev\t', ['preview']],
  ['nixos-intelligence snap\tmach\t--dry\t', ['snapshot', 'machine', '--dry-run']],
  ['nixos-intelligence option services.openssh.en\t', ['option', 'services.openssh.enable']],
  ['nixos-intelligence package rip\t--js\t', ['package', 'ripgrep', '--json']],
  ['nixos-intelligence completion zs\t', ['completion', 'zsh']],
  ['nixos-intelligence policy test some\t', ['policy', 'test', 'some file.tsv']],
  ['nixos-intelligence snapshot git --out onl\t', ['snapshot', 'git', '--out', 'only-folder']],
];

async function calls(shell: 'bash' | 'zsh', startUp: string, args: (file: string) => string): Promise<string[]> {
  const home = mkdtempSync(path.join(scratch, `${shell}-`));
  const file = path.join(home, shell === 'zsh' ? '.zshrc' : '.bashrc');
  spawnSync('sh', ['-c', 'mkdir only-folder && touch "some file.tsv" only-file'], { cwd: home });
  writeFileSync(file, `${program}\n${startUp}\n`);
  await typeAtPrompts(
    shell,
    args(file),
    typed.map(([line]) => line),
    { folder: home, env: { TERM: 'xterm', PATH: process.env.PATH ?? '' } },
  );
  return readFileSync(path.join(home, 'out'), 'utf8').trimEnd().replaceAll('/]', ']').split('\n');
}
const expected = typed.map(([, words]) => words.map((word) => `[${word}]`).join(''));

const bash = requires('bash', 'script');
test.skipIf(bash.missing)(`bash completes what is typed${bash.why}`, { timeout: 300_000 }, async () => {
  const startUp = `source '${files.bash}'\nPS1='\\[${readyMark}\\]'`;
  expect(await calls('bash', startUp, (file) => `--rcfile '${file}' -i`)).toEqual(expected);
});

const zsh = requires('zsh', 'script');
test.skipIf(zsh.missing)(`zsh completes what is typed${zsh.why}`, { timeout: 300_000 }, async () => {
  const startUp = `fpath=('${path.dirname(files.zsh)}' $fpath); autoload -Uz compinit; compinit -u -D
PS1=$(printf '%%{${readyMark}%%}')`;
  expect(await calls('zsh', startUp, () => '-i')).toEqual(expected);
});

const fish = requires('fish');
describe(`fish${fish.why}`, () => {
  const complete = (line: string): string[] => {
    const script = `function nixos-intelligence; CLAUDE_CONFIG_DIR='${output}' '${process.execPath}' '${dist}/cli.mjs' $argv; end
source '${files.fish}'; complete -C ${JSON.stringify(line)}`;
    const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', script], {
      encoding: 'utf8',
      cwd: scratch,
      env: { HOME: scratch, PATH: process.env.PATH, LANG: 'C.UTF-8' },
    });
    expect(stderr).toBe('');
    return stdout.split('\n').flatMap((row) => row.split('\t', 1).filter((word) => word !== ''));
  };
  test.skipIf(fish.missing)('offers commands, subcommands, options and names', { timeout: 300_000 }, () => {
    expect(complete('nixos-intelligence prev')).toEqual(['preview']);
    expect(complete('nixos-intelligence snapshot ')).toEqual(['git', 'machine', 'projects', 'sessions', 'shell']);
    expect(complete('nixos-intelligence snapshot machine --dry')).toEqual(['--dry-run']);
    expect(complete('nixos-intelligence option services.openssh.en')).toEqual(['services.openssh.enable']);
    expect(complete('nixos-intelligence package rip')).toEqual(['ripgrep']);
    expect(complete('nixos-intelligence completion zs')).toEqual(['zsh']);
  });
  test.skipIf(fish.missing)('offers the options of the command that is typed, and only those', () => {
    expect(complete('nixos-intelligence where --sy')).toEqual(['--system']);
    expect(complete('nixos-intelligence why --sy')).toEqual([]);
    expect(complete('nixos-intelligence option where')).toEqual([]);
  });
});

test('internal commands are not offered', async () => {
  const offered = (await documentedCommands()).map(({ name }) => name);
  const internal = commands.filter((one) => one.internal).map(({ name }) => name);
  expect(internal).toEqual(['assemble', 'index-nixpkgs', 'plugin', 'complete']);
  expect(offered).toEqual(commands.map(({ name }) => name).filter((name) => !internal.includes(name)));
});

test.each(Object.entries(files))('completion %s prints the file that the package installs', (shell, file) => {
  const { stdout } = spawnSync(process.execPath, [path.join(dist, 'cli.mjs'), 'completion', shell], {
    encoding: 'utf8',
  });
  expect(stdout).toBe(readFileSync(file, 'utf8'));
});

test('names without an output: nothing, also no message', () => {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [path.join(dist, 'cli.mjs'), 'complete', 'option', 'serv'],
    { encoding: 'utf8', env: { HOME: scratch } },
  );
  expect({ stdout, stderr, status }).toEqual({ stdout: '', stderr: '', status: 0 });
});

const man = requires('man');
const manPage = path.join(dist, 'share/man/man1/nixos-intelligence.1');
test.skipIf(man.missing)(`man renders the manual without warnings${man.why}`, async () => {
  const { stdout, stderr } = spawnSync('man', ['-l', '--warnings', manPage], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, MANWIDTH: '120', LANG: 'C.UTF-8' },
  });
  expect(stderr).toBe('');
  for (const { name, options } of await documentedCommands()) {
    expect(`${stdout}\n`).toMatch(new RegExp(`^ {3}${name}(?: |$)`, 'm'));
    for (const option of Object.keys(options)) expect(stdout).toContain(`--${option}`);
  }
  // Nothing of the source's markup remains, and examples keep their columns.
  expect(stdout).not.toMatch(/\\[`*_{}[\]<>#|~&!]/);
  expect(stdout).toMatch(/^ +preview FLAKE#HOST {3}a NixOS configuration/m);
});
