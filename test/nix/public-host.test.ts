import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { functionCalls, publicHostFlake, publicHostInputs, requiresPublicHost } from './public-host.ts';
import { nix } from './world.ts';

const missing = requiresPublicHost();

const scratch = mkdtempSync(join(tmpdir(), 'public-host-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface Told {
  packages: { name: string; base: boolean; declarations: { file: string; by: string | null; list: string }[] }[];
}

const inputs = publicHostInputs;

describe(`jacopone/nixos-config, thinkpad-x1-jacopo${missing.why}`, () => {
  const url = missing.missing ? '' : publicHostFlake(scratch);

  test.skipIf(missing.missing)('every package of its lists is there with its file, and nothing else is', async () => {
    const attribute = `${url}#on.config.programs.nixos-intelligence.users.guyfawkes.output.evaluated`;
    const told: Told = JSON.parse(await nix(['eval', '--json', attribute], inputs));
    const inFile = (file: string) =>
      told.packages.filter(({ declarations }) => declarations.some((one) => one.file === file && one.by === null));
    const counts = Object.fromEntries(
      ['modules/core/packages.nix', 'modules/common/packages.nix', 'modules/home-manager/development/lsp.nix'].map(
        (file) => [file, inFile(file).length],
      ),
    );
    expect(counts).toEqual({
      'modules/core/packages.nix': 93,
      'modules/common/packages.nix': 42,
      'modules/home-manager/development/lsp.nix': 6,
    });
    const names = inFile('modules/core/packages.nix').map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['python313', 'ltrace', 'openspec', 'gogcli', 'claude-seccomp']));
  });

  test.skipIf(missing.missing)('CLAUDE.md keeps its budget and holds no path of the store', async () => {
    const output = await nix(['build', '--no-link', '--print-out-paths', `${url}#built`], inputs);
    const context = readFileSync(join(output, 'CLAUDE.md'), 'utf8');
    expect(context.trimEnd().split('\n').length).toBeLessThanOrEqual(100);
    expect(context).toMatch(/^- \*\*.*`rg`/m);
    for (const name of readdirSync(output, { recursive: true, withFileTypes: true })) {
      if (name.isFile()) {
        expect(readFileSync(join(name.parentPath, name.name), 'utf8')).not.toMatch(/\/nix\/store\/[0-9a-z]{32}-/);
      }
    }
  });

  test.skipIf(missing.missing)('costs at most 3 % more function calls', async () => {
    const calls = (host: string) => functionCalls(`${url}#${host}.config.system.build.toplevel.drvPath`, scratch);
    const ratio = calls('on') / calls('off');
    expect(ratio).toBeGreaterThan(1);
    expect(ratio).toBeLessThan(1.03);
  });
});
