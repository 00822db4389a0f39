import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { planChange, type Request } from '../../generators/edit/change.ts';
import { isRefusal, type Plan } from '../../generators/edit/plan.ts';
import { openCheckout } from '../../generators/edit/proof/checkout.ts';
import { type Proof, prove } from '../../generators/edit/proof/prove.ts';
import { readFlake } from '../../generators/edit/read-flake.ts';
import { diffOf } from '../../generators/edit/unified-diff.ts';
import { flakes, repository, repositoryUrl, requiresNix } from '../nix/world.ts';
import { plant, survey, type Tree } from '../tree.ts';

const nix = requiresNix('nixpkgs');
const scratch = mkdtempSync(join(tmpdir(), 'prove-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const nixOptions = [
  ...['--override-input', 'nixpkgs', flakes.nixpkgs],
  ...['--override-input', 'nixos-intelligence', repositoryUrl],
  ...['--override-input', 'extra', flakes.nixpkgs],
];

/** The template with a second host that does not import packages.nix, and with further files. */
function checkoutOf(name: string, extra: Tree): string {
  const folder = join(scratch, name);
  cpSync(join(repository, 'templates/nixos'), folder, { recursive: true });
  const flake = readFileSync(join(folder, 'flake.nix'), 'utf8');
  const server = `nixosConfigurations.server = nixpkgs.lib.nixosSystem {
        specialArgs = { inherit inputs; };
        modules = [ ./configuration.nix ./extra.nix ];
      };
      nixosConfigurations.broken = nixpkgs.lib.nixosSystem { modules = [ ./packages.nix { no.such = 1; } ]; };
      nixosConfigurations.laptop`;
  const modules = './packages.nix\n          ./extra.nix';
  plant(folder, {
    'flake.nix': flake.replace('nixosConfigurations.laptop', server).replace('./packages.nix\n', `${modules}\n`),
    'extra.nix': '{ }\n',
    ...extra,
  });
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, stdio: 'ignore' });
  git('init', '-q');
  git('add', '.');
  // Not known to git: not part of the flake.
  plant(folder, { 'untracked.nix': 'syntax error' });
  return folder;
}

async function proofOf(folder: string, request: Request): Promise<{ plan: Plan; proof: Proof }> {
  const checkout = await openCheckout(folder);
  const tree = await readFlake(checkout);
  const plan = planChange(tree, request, { scope: null, host: null, file: null });
  if (isRefusal(plan)) throw new Error(plan.refused);
  const diff = diffOf(tree, plan.edits);
  const before = survey(folder);
  const proof = await prove({ checkout, tree, plan, diff, nixOptions, onProgress: () => {} });
  expect(survey(folder)).toEqual(before);
  return { plan, proof };
}

describe.skipIf(nix.missing)(`a change is proved by evaluating${nix.why}`, () => {
  test('removes a package from the one host that imports the list', async () => {
    const folder = checkoutOf('remove', {});
    const { plan, proof } = await proofOf(folder, { verb: 'remove', package: 'ripgrep' });
    expect(plan.claim.hosts).toEqual(['broken', 'laptop']);
    expect(proof.differs).toEqual([]);
    expect(proof.hosts).toMatchObject([
      {
        name: 'laptop',
        claimed: [expect.stringMatching(/^environment\.systemPackages: - ripgrep-/)],
        consequences: [],
        // Our own module sees every edit, and is off.
        containsSource: false,
        comparesValues: true,
      },
    ]);
    expect(proof.hosts[0]?.before).not.toBe(proof.hosts[0]?.after);
    expect(proof.notImporting).toEqual(['server']);
    expect(proof.failed).toMatchObject([
      { name: 'broken', error: "The option `no' does not exist. Definition values:" },
    ]);
  });

  test('sees another effect of the edit', async () => {
    const reader = `{ config, lib, ... }: {
  environment.variables.COUNT = toString (lib.count (p: lib.getName p == "cowsay") config.environment.systemPackages);
}\n`;
    const folder = checkoutOf('effect', { 'extra.nix': reader });
    const { proof } = await proofOf(folder, { verb: 'add', package: 'cowsay', why: null });
    expect(proof.differs).toEqual(['laptop: environment.variables changes']);
  });

  test('knows that a configuration contains its own source', async () => {
    const folder = checkoutOf('source', {
      // Every configuration, whoever imports it: imports are computed.
      'extra.nix':
        '{ inputs, ... }: { environment.etc.nixos.source = inputs.self; imports = builtins.attrNames (removeAttrs (builtins.readDir ./none) [ "keep" ]); }\n',
      'none/keep': '',
    });
    const { proof } = await proofOf(folder, { verb: 'remove', package: 'fd' });
    expect(proof.differs).toEqual([]);
    expect(proof.hosts.map(({ name, claimed, containsSource }) => [name, claimed.length, containsSource])).toEqual([
      ['laptop', 1, false],
      ['server', 0, true],
    ]);
  });

  test('sets an option, and lists what follows from it', async () => {
    const folder = checkoutOf('option', {});
    const request = { verb: 'set', option: 'services.openssh.enable', value: 'false' } as const;
    const { plan, proof } = await proofOf(folder, request);
    expect(plan.claim.options).toMatchObject([{ file: 'configuration.nix', value: 'false' }]);
    expect(proof.differs).toEqual([]);
    expect(proof.hosts.map(({ name, claimed }) => [name, claimed])).toEqual([
      ['laptop', ['services.openssh.enable = false']],
      ['server', ['services.openssh.enable = false']],
    ]);
    expect(proof.hosts[0]?.consequences).not.toEqual([]);
  });

  test('renames an option: every configuration stays the same', async () => {
    const folder = checkoutOf('rename', {
      'extra.nix': `{ lib, config, ... }: {
  imports = [ (lib.mkRenamedOptionModule [ "my" "old" ] [ "my" "new" ]) ];
  options.my.new = lib.mkOption { type = lib.types.str; default = ""; };
  config.environment.variables.MINE = config.my.new;
  config.my.old = "x";
}\n`,
    });
    const renames = [{ name: 'my.old', to: 'my.new' }];
    const { plan, proof } = await proofOf(folder, { verb: 'rename', option: null, renames });
    expect(plan.edits).toMatchObject([{ file: 'extra.nix', text: 'config.my.new' }]);
    expect(proof.differs).toEqual([]);
    for (const { before, after } of proof.hosts) expect(after).toBe(before);
  });

  test('drops an input: every configuration stays the same', async () => {
    const folder = checkoutOf('input', {});
    const flake = readFileSync(join(folder, 'flake.nix'), 'utf8');
    plant(folder, { 'flake.nix': flake.replace('inputs = {', 'inputs = {\n    extra.url = "path:/nonexistent";') });
    const { proof } = await proofOf(folder, { verb: 'drop-input', input: 'extra' });
    expect(proof).toMatchObject({ differs: [], notImporting: [], failed: [{ name: 'broken' }] });
    for (const { before, after } of proof.hosts) expect(after).toBe(before);
    expect(proof.hosts.map(({ name }) => name)).toEqual(['laptop', 'server']);
  });

  test('an attribute that does not exist is no proof', async () => {
    const folder = checkoutOf('missing', {});
    const { proof } = await proofOf(folder, { verb: 'add', package: 'nosuchpackage', why: null });
    expect(proof.differs).toEqual([
      "laptop no longer evaluates: undefined variable 'nosuchpackage'",
      expect.stringMatching(/^no configuration evaluates; broken: /),
    ]);
  });
});
