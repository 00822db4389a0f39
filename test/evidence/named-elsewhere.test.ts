import { expect, test } from 'vitest';
import { addNamedElsewhere } from '../../generators/evidence/named-elsewhere.ts';
import { sampleEvaluated, samplePackage } from '../sample-evidence.ts';

const packagesFile = {
  file: 'packages.nix',
  text: '{ pkgs, ... }: {\n  home.packages = with pkgs; [\n    ripgrep # rg, for searching\n    dust\n  ];\n}\n',
};

test.each<[text: string, named: boolean]>([
  ['{ bind = [ "SUPER, S, exec, rg --files" ]; }', true],
  ['{ lib, pkgs, ... }: { x = lib.getExe pkgs.ripgrep; }', true],
  ['{ pkgs, ... }: { x = "${pkgs.ripgrep}/bin/rg"; }', true],
  ['{ shellAliases.s = "rg"; }', true],
  ['{ pkgs, ... }: { x = pkgs.writeShellScript "find-todo" "exec rg TODO"; }', true],
  ['{ systemd.user.services.x.serviceConfig.ExecStart = "/run/current-system/sw/bin/rg x"; }', true],
  ['{ programs.git.hooks.pre-commit = "rg --quiet FIXME && exit 1"; }', true],
  ['{ x = "argument rgb ripgrep2"; }', false],
  ['{ pkgs, ... }: { environment.systemPackages = [ pkgs.ripgrep ]; }', false],
])('%s names ripgrep: %s', (text, named) => {
  const declarations = [{ list: 'home.packages', file: 'packages.nix', line: 3, by: null }];
  const evaluated = sampleEvaluated({ packages: [samplePackage({ name: 'ripgrep', declarations })] });
  const commands = { schemaVersion: 1 as const, packages: { ripgrep: ['rg'] } };
  const [found] = addNamedElsewhere(evaluated, commands, [packagesFile, { file: 'other.nix', text }]).packages;
  expect(found?.namedElsewhere).toEqual(named ? [{ file: 'other.nix', line: 1 }] : []);
});
