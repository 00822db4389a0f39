import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { machine } from '../../../generators/evidence/machine.ts';
import { takeMachine } from '../../../generators/snapshot/machine/take-machine.ts';
import { requirement, requires, requiresUsableNix } from '../../requires.ts';
import { plant } from '../../tree.ts';
import { leaked, secretsOf } from '../secrets.ts';

const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'machine-')));
afterAll(() => {
  spawnSync('chmod', ['-R', 'u+w', scratch]);
  rmSync(scratch, { recursive: true, force: true });
});

let homes = 0;
const newHome = (): string => {
  const home = join(scratch, String(++homes));
  mkdirSync(home);
  return home;
};
const names = new Set(['jq', 'rg', 'fd', 'tokei', 'http', 'cowsay', 'black', 'bat', 'gopls', 'cargo', 'node', 'uv']);

function take(home: string, folders: readonly string[]) {
  return machine.parse(
    takeMachine({
      home,
      user: 'me',
      path: folders.map((folder) => (folder.startsWith('/') ? folder : join(home, folder))).join(':'),
      isPublic: (name) => names.has(name),
      isDenied: (name) => name === 'uv',
      takenOn: '2026-11-20',
    }),
  );
}

function program(home: string, file: string, text = '#!/bin/sh\n'): void {
  plant(home, { [file]: text });
  chmodSync(join(home, file), 0o755);
}

/** source -> names of the programs */
const bySource = ({ programs }: ReturnType<typeof take>) =>
  Object.fromEntries(
    [...new Set(programs.map(({ source }) => source))]
      .sort()
      .map((source) => [source, programs.filter((one) => one.source === source).map(({ name }) => name)]),
  );

test('programs by the folder that they lie in, or that their link leads to', () => {
  const home = newHome();
  program(home, '.local/bin/jq');
  program(home, '.local/bin/private-tool');
  program(home, '.cargo/bin/tokei');
  program(home, '.cargo/bin/rustup');
  symlinkSync('rustup', join(home, '.cargo/bin/cargo'));
  program(home, 'go/bin/gopls');
  program(home, '.local/share/pipx/venvs/httpie/bin/http');
  symlinkSync('../share/pipx/venvs/httpie/bin/http', join(home, '.local/bin/http'));
  program(home, '.local/share/uv/tools/black/bin/black');
  symlinkSync('../share/uv/tools/black/bin/black', join(home, '.local/bin/black'));
  program(home, '.local/share/mise/shims/node');
  program(home, 'bin/rg');
  program(home, '.local/bin/uv');
  plant(home, {
    '.cargo/.crates.toml': '[v1]\n"tokei 12.1.2 (registry+x)" = ["tokei"]\n"bat 1.0.0 (registry+x)" = ["bat"]\n',
    '.local/bin/readme.txt': 'x',
  });
  const snapshot = take(home, ['.local/bin', '.cargo/bin', 'go/bin', '.local/share/mise/shims', 'bin']);
  expect(bySource(snapshot)).toEqual({
    'a folder of the home': ['rg'],
    cargo: ['tokei'],
    go: ['gopls'],
    mise: ['node'],
    pipx: ['http'],
    rustup: ['cargo'],
    'uv tool': ['black'],
    '~/.local/bin': ['jq'],
  });
  expect(snapshot.otherPrograms).toEqual([
    { source: 'rustup', count: 1 },
    { source: '~/.local/bin', count: 2 },
  ]);
  expect(snapshot.packages).toEqual([
    { installer: 'pipx', count: 1 },
    { installer: 'uv tool', count: 1 },
    { installer: 'cargo', count: 2 },
    { installer: 'go', count: 1 },
  ]);
});

test('no drift: the distribution, wrappers, project environments, editor servers, our own', () => {
  const home = newHome();
  for (const file of [
    '.vscode-server/bin/x/bin/node',
    'src/app/node_modules/.bin/jq',
    'src/app/.venv/bin/black',
    '.local/bin/nixos-intelligence',
  ]) {
    program(home, file);
  }
  const snapshot = take(home, [
    '.vscode-server/bin/x/bin',
    'src/app/node_modules/.bin',
    'src/app/.venv/bin',
    '.local/bin',
    '/usr/bin',
    '/bin',
    '/run/wrappers/bin',
  ]);
  expect({ ...snapshot, takenOn: '', generations: null }).toMatchObject({
    programs: [],
    otherPrograms: [],
    packages: [],
    running: null,
  });
});

const pip = requirement(spawnSync('python3', ['-c', 'import pip']).status === 0 ? null : 'no python3 with pip');
test.skipIf(pip.missing)(
  `pip install --user, by the real pip${pip.why}`,
  () => {
    const home = newHome();
    const info = 'cowsay-1.0.dist-info';
    const wheel = join(scratch, 'cowsay-1.0-py3-none-any.whl');
    const files = {
      'cow.py': 'def main(): pass\n',
      [`${info}/METADATA`]: 'Metadata-Version: 2.1\nName: cowsay\nVersion: 1.0\n',
      [`${info}/WHEEL`]: 'Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
      [`${info}/entry_points.txt`]: '[console_scripts]\ncowsay = cow:main\n',
      [`${info}/RECORD`]: '',
    };
    const zip =
      'import json, sys, zipfile\nwith zipfile.ZipFile(sys.argv[1], "w") as z:\n  for name, text in json.loads(sys.argv[2]).items(): z.writestr(name, text)\n';
    execFileSync('python3', ['-c', zip, wheel, JSON.stringify(files)]);
    const options = ['--user', '--no-index', '--break-system-packages', '-q'];
    // A shim of pyenv would do more than pip.
    const python = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim();
    execFileSync(python, ['-m', 'pip', 'install', ...options, wheel], {
      env: { ...process.env, PYTHONUSERBASE: join(home, '.local') },
      stdio: 'pipe',
    });
    const snapshot = take(home, ['.local/bin']);
    expect(bySource(snapshot)).toEqual({ pip: ['cowsay'] });
    expect(snapshot.packages).toEqual([{ installer: 'pip', count: 1 }]);
  },
  60_000,
);

const npm = requires('npm');
test.skipIf(npm.missing)(
  `npm install -g, by the real npm${npm.why}`,
  () => {
    const home = newHome();
    const source = join(scratch, 'npm-package');
    plant(source, {
      'package.json': JSON.stringify({ name: 'tokei', version: '1.0.0', bin: { tokei: 'x.js' } }),
      'x.js': '#!/usr/bin/env node\n',
    });
    const archive = execFileSync('npm', ['pack', '--silent', '--pack-destination', scratch], {
      cwd: source,
      encoding: 'utf8',
    }).trim();
    execFileSync(
      'npm',
      ['install', '-g', '--offline', '--silent', '--prefix', join(home, '.npm-global'), join(scratch, archive)],
      {
        env: { PATH: process.env.PATH, HOME: home },
        stdio: 'pipe',
      },
    );
    const snapshot = take(home, ['.npm-global/bin']);
    expect(bySource(snapshot)).toEqual({ npm: ['tokei'] });
    expect(snapshot.packages).toEqual([{ installer: 'npm', count: 1 }]);
  },
  60_000,
);

const nix = requiresUsableNix();
describe.skipIf(nix.missing)(`nix profile, by the real Nix${nix.why}`, () => {
  const run = (home: string, ...args: string[]): string => {
    mkdirSync(join(home, '.local/state/nix'), { recursive: true });
    return execFileSync('nix', ['--extra-experimental-features', 'nix-command flakes', '--offline', ...args], {
      env: { ...process.env, HOME: home, USER: 'me', XDG_STATE_HOME: join(home, '.local/state') },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  };
  const storeProgram = (home: string, name: string): string => {
    const folder = join(home, 'store-source', `${name}-1.7`);
    program(folder, `bin/${name}`);
    return run(home, 'store', 'add-path', '--name', `${name}-1.7`, folder);
  };

  test('a package of the profile, and a link into the store', () => {
    const home = newHome();
    run(home, 'profile', 'install', '--profile', join(home, '.local/state/nix/profile'), storeProgram(home, 'jq'));
    mkdirSync(join(home, '.local/bin'));
    symlinkSync(`${storeProgram(home, 'fd')}/bin/fd`, join(home, '.local/bin/fd'));
    const snapshot = take(home, ['.local/bin', '.local/state/nix/profile/bin']);
    expect(bySource(snapshot)).toEqual({ 'nix profile': ['jq'], 'store path': ['fd'] });
    expect(snapshot.packages).toEqual([{ installer: 'nix profile', count: 1 }]);
  }, 60_000);

  test('packages of home-manager are declared, those beside them are not; a program before one hides it', () => {
    const home = newHome();
    const managed = join(home, 'store-source/home-manager-path');
    program(managed, 'bin/rg');
    program(managed, 'bin/private-declared');
    const profile = join(home, '.local/state/nix/profile');
    run(
      home,
      'profile',
      'install',
      '--profile',
      profile,
      run(home, 'store', 'add-path', '--name', 'home-manager-path', managed),
    );
    run(home, 'profile', 'install', '--profile', profile, storeProgram(home, 'jq'));
    program(home, '.local/bin/rg');
    program(home, '.local/bin/private-declared');
    const snapshot = take(home, ['.local/bin', '.local/state/nix/profile/bin']);
    expect(snapshot.programs).toEqual([
      { name: 'jq', source: 'nix profile', hides: false },
      { name: 'private-declared', source: '~/.local/bin', hides: true },
      { name: 'rg', source: '~/.local/bin', hides: true },
    ]);
    expect(snapshot.running?.map(({ command }) => command)).toEqual(['rg']);
    expect(snapshot.packages).toEqual([{ installer: 'nix profile', count: 1 }]);
  }, 60_000);
});

test('generations of home-manager by month, and the current one', () => {
  const home = newHome();
  const profiles = join(home, '.local/state/nix/profiles');
  mkdirSync(profiles, { recursive: true });
  for (const [number, month] of [
    [7, '2026-09'],
    [8, '2026-09'],
    [9, '2026-10'],
  ] as const) {
    const link = join(profiles, `home-manager-${number}-link`);
    symlinkSync('/nowhere', link);
    execFileSync('touch', ['-h', '-d', `${month}-10T12:00:00Z`, link]);
  }
  symlinkSync('home-manager-8-link', join(profiles, 'home-manager'));
  const isNixos = readdirSync('/').includes('nix') && spawnSync('ls', ['/nix/var/nix/profiles/system']).status === 0;
  if (!isNixos) {
    expect(take(home, []).generations).toEqual({
      current: 8,
      newest: 9,
      byMonth: [
        { month: '2026-09', count: 2 },
        { month: '2026-10', count: 1 },
      ],
    });
  }
});

test('40 secrets and private names of programs and packages are neither in the snapshot nor in the output', () => {
  const home = newHome();
  const secrets = secretsOf('machine', 40);
  for (const secret of secrets) {
    for (const folder of ['.local/bin', '.cargo/bin', 'go/bin', `${secret}/bin`, '.npm-global/bin'])
      program(home, `${folder}/${secret}`);
    writeFileSync(join(home, '.local/bin', `jq-${secret}`), '');
    plant(home, {
      [`.local/share/pipx/venvs/${secret}/x`]: '',
      [`.local/lib/python3.13/site-packages/${secret}-1.dist-info/METADATA`]: '',
      [`.npm-global/lib/node_modules/${secret}/package.json`]: '{}',
    });
  }
  program(home, `${secrets[0]}/bin/jq`);
  mkdirSync(dirname(join(home, '.cargo/.crates.toml')), { recursive: true });
  writeFileSync(
    join(home, '.cargo/.crates.toml'),
    `[v1]\n${secrets.map((secret) => `"${secret} 1.0.0 (path+file:///home/${secret})" = ["${secret}"]`).join('\n')}\n`,
  );
  const snapshot = take(home, [
    '.local/bin',
    '.cargo/bin',
    'go/bin',
    '.npm-global/bin',
    ...secrets.map((secret) => `${secret}/bin`),
  ]);
  expect(snapshot.packages).toContainEqual({ installer: 'cargo', count: 40 });
  expect(bySource(snapshot)).toEqual({ 'a folder of the home': ['jq'] });
  expect(leaked(secrets, { machine: snapshot })).toEqual([]);
});
