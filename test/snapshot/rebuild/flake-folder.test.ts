import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { flakeFolder } from '../../../generators/snapshot/rebuild/flake-folder.ts';

const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'flake-folder-')));
afterAll(() => rmSync(scratch, { recursive: true }));

describe('the flake that a command rebuilds', () => {
  const home = join(scratch, 'flakes');
  const config = join(home, 'my config');
  const below = join(config, 'hosts/box');
  mkdirSync(below, { recursive: true });
  writeFileSync(join(config, 'flake.nix'), '{ }');
  mkdirSync(join(home, '.config/home-manager'), { recursive: true });
  symlinkSync(join(config, 'flake.nix'), join(home, '.config/home-manager/flake.nix'));
  const etc = join(home, 'etc');
  mkdirSync(etc);
  symlinkSync(join(config, 'flake.nix'), join(etc, 'flake.nix'));

  test.each([
    [['sudo', 'nixos-rebuild', 'switch', '--flake', `${config}#box`], config],
    [['nixos-rebuild', 'switch', `--flake=${config}`, '--impure'], config],
    [['nixos-rebuild', 'build', '--flake', `path:${config.replace(' ', '%20')}?dir=.#box`], config],
    [['nixos-rebuild', 'build', '--flake', `git+file://${config.replace(' ', '%20')}#box`], config],
    [['nixos-rebuild', 'build', '--flake', below], config],
    [['nixos-rebuild', 'build', '--flake', 'github:me/config#box'], null],
    [['nixos-rebuild', 'build', '--flake', 'my-registry-name#box'], null],
    [['nixos-rebuild', 'build', '--flake', join(home, 'nowhere')], null],
    [['sudo', 'nixos-rebuild', 'switch'], config],
    [['/run/current-system/sw/bin/home-manager', 'switch', '-b', 'bak'], config],
    [['nh', 'os', 'switch', config, '--ask'], config],
    [['nh', 'os', 'switch', '--ask'], config],
    [['nh', 'os', 'switch', '-H', 'box', '-o', './result', config, '--', '--impure'], config],
    [['nh', 'os', 'switch', 'github:me/config'], null],
    [['nh', 'home', 'switch'], null],
    [['./switch.sh'], undefined],
  ])('%j', (command, expected) => {
    const environment = { NH_OS_FLAKE: config, NH_FLAKE: 'github:me/config' };
    expect(flakeFolder(command, { home, environment, etc })).toBe(expected);
  });

  test('is not known without a flake in the default folder', () => {
    for (const command of [
      ['nixos-rebuild', 'switch'],
      ['home-manager', 'switch'],
      ['nh', 'os', 'switch'],
    ]) {
      expect(flakeFolder(command, { home: scratch, environment: {}, etc: scratch })).toBeUndefined();
    }
  });
});
