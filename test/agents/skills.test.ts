import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir, hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { commands } from '../../generators/commands/commands.ts';
import { driveClient, requiresClient } from '../claude-client/client.ts';
import { flakes, requiresNix } from '../nix/world.ts';
import { pluginFolder } from '../policy/plugin-folder.ts';
import { policiesWith } from '../policy/policies.ts';
import { requirement } from '../requires.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const skills = readdirSync(join(root, 'generators/skills')).map((name) => {
  const text = readFileSync(join(root, 'generators/skills', name, 'SKILL.md'), 'utf8');
  const [, head = '', body = ''] = /^---\n(.*?)\n---\n(.*)$/s.exec(text) ?? [];
  return { name, text, head: parse(head), body };
});

/** The command lines in a skill: indented, or in a code span. */
function commandLines(body: string): string[] {
  const indented = [...body.matchAll(/^ {4}(.*nixos-intelligence .*)$/gm)].map(([, line = '']) => line);
  const spans = [...body.matchAll(/`([^`\n]*nixos-intelligence [^`]*)`/g)].map(([, line = '']) => line);
  return [...indented, ...spans].map((line) => line.replace(/\s+# .*$/, '').replaceAll('\n', ' '));
}

describe.each(skills)('the skill $name', ({ name, text, head, body }) => {
  test('has what the specification asks for', () => {
    expect(Object.keys(head).sort()).toEqual(['description', 'name']);
    expect(head.name).toBe(name);
    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    // Four bytes a token: at most 100 tokens. The specification allows 1024 characters.
    expect(Buffer.byteLength(head.description)).toBeLessThanOrEqual(400);
    expect(text.split('\n').length).toBeLessThan(500);
  });

  test('names only commands and options that exist', () => {
    const lines = commandLines(body);
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      const words = line.slice(line.indexOf('nixos-intelligence ')).split(' ').slice(1);
      const names = commands
        .map((command) => command.name)
        .filter((one) => `${words.join(' ')} `.startsWith(`${one} `));
      expect(names, line).not.toEqual([]);
      const help = cli(homedir(), [...(names.at(-1) ?? '').split(' '), '--help']).stdout;
      for (const option of words.filter((word) => word.startsWith('--'))) expect(help, line).toContain(` ${option}`);
    }
  });
});

function cli(home: string, args: readonly string[]) {
  return spawnSync(process.execPath, [join(root, 'dist/cli.mjs'), ...args], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: home },
  });
}

const bin = process.env.CLAUDE_BIN ?? join(homedir(), '.cache/claude-client/claude');
const bundled = existsSync(join(root, 'dist/cli.mjs')) ? null : 'nothing is bundled: npm run build';
const client = requirement(requiresClient.missing ?? bundled);
const session = requirement(client.missing ?? requiresNix('nixpkgs').missing);

describe(`the real client with the skills${client.why}`, () => {
  let plugin: string;
  beforeAll(async () => {
    if (client.missing !== null) return;
    plugin = await pluginFolder(policiesWith({}));
    cpSync(join(root, 'generators/skills'), join(plugin, 'skills'), { recursive: true });
  });

  /** A home with the plugin, the output of the example, and a checkout that Nix can evaluate. */
  function homeWithSkills(): { folder: string; checkout: string } {
    const home = mkdtempSync(join(tmpdir(), 'skills-'));
    const folder = join(home, '.claude');
    mkdirSync(join(folder, 'skills'), { recursive: true });
    symlinkSync(plugin, join(folder, 'skills/nixos-intelligence'));
    const checkout = join(home, 'config');
    mkdirSync(checkout);
    writeFileSync(
      join(checkout, 'flake.nix'),
      `{
  inputs.nixpkgs.url = "${flakes.nixpkgs}";
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.box = nixpkgs.lib.nixosSystem {
      system = "x86_64-linux";
      modules = [ ./packages.nix { system.stateVersion = "25.05"; boot.isContainer = true; } ];
    };
  };
}
`,
    );
    writeFileSync(
      join(checkout, 'packages.nix'),
      '{ pkgs, ... }: {\n  environment.systemPackages = [\n    pkgs.ripgrep\n    pkgs.fd\n  ];\n}\n',
    );
    const git = ['-C', checkout, '-c', 'user.name=me', '-c', 'user.email=me@example.org'];
    execFileSync('git', [...git, 'init', '-q']);
    execFileSync('git', [...git, 'add', '.']);
    execFileSync('nix', ['flake', 'lock', checkout], { stdio: 'pipe' });
    execFileSync('git', [...git, 'add', '.']);
    execFileSync('git', [...git, 'commit', '-qm', 'start']);
    const evidence = join(home, 'evidence');
    cpSync(join(root, 'generators/example'), evidence, { recursive: true });
    const evaluated = JSON.parse(readFileSync(join(evidence, 'evaluated.json'), 'utf8'));
    // A look-up answers only for its own host.
    evaluated.host.name = hostname();
    writeFileSync(join(evidence, 'evaluated.json'), JSON.stringify(evaluated));
    const generated = cli(home, ['generate', '--in', evidence, '--out', join(home, 'output')]);
    expect(generated.stderr).toBe('');
    symlinkSync(join(home, 'output/intelligence'), join(folder, 'intelligence'));
    return { folder, checkout };
  }

  test.skipIf(client.missing)('finds the plugin and every skill valid', () => {
    const { status, stdout, stderr } = spawnSync(bin, ['plugin', 'validate', plugin], {
      encoding: 'utf8',
      env: { ...process.env, HOME: mkdtempSync(join(tmpdir(), 'validate-')) },
    });
    expect({ status, out: stdout + stderr }).toMatchObject({ status: 0, out: expect.stringMatching(/passed/i) });
    // It names only what it objects to.
    expect(stdout + stderr).not.toContain('Validating skill');
  });

  test.skipIf(session.missing)(
    `knows every description from the first request on, and runs every skill's commands${session.why}`,
    async () => {
      const { folder, checkout } = homeWithSkills();
      const calls = [
        ...skills.map(({ name }) => ({ name: 'Skill', input: { skill: `nixos-intelligence:${name}` } })),
        ...[
          'nixos-intelligence option services.openssh.enable && nixos-intelligence where ripgrep',
          'nixos-intelligence doctor --only home-claude-md',
          'printf "error: attribute \'ripgerp\' missing\\n       at $PWD/packages.nix:3:5:\\n" | nixos-intelligence diagnose --root .',
          'nixos-intelligence recommend --limit 3',
          'nixos-intelligence change add jq --why "reads JSON"',
          'nixos-intelligence doctor --only channels --only end-of-life; nixos-intelligence input',
        ].map((command) => ({
          name: 'Bash',
          input: {
            command: command.replaceAll(
              'nixos-intelligence ',
              `"${process.execPath}" "${join(root, 'dist/cli.mjs')}" `,
            ),
            description: 'x',
          },
        })),
      ];
      const file = join(checkout, '../calls.json');
      writeFileSync(file, JSON.stringify(calls));
      const { contextText, toolResults, stderr } = await driveClient(
        folder,
        '--calls',
        file,
        '--cwd',
        checkout,
        '--timeout',
        '300',
      );
      expect(toolResults, stderr).toHaveLength(calls.length);
      for (const { name, head } of skills)
        expect(contextText).toContain(`nixos-intelligence:${name}: ${head.description}`);
      const atRest = skills.map(({ name, head }) => `- nixos-intelligence:${name}: ${head.description}\n`).join('');
      expect(Math.ceil(Buffer.byteLength(atRest) / 4)).toBeLessThanOrEqual(500);
      const texts = toolResults.map(({ text }) => text);
      for (const [index, { name }] of skills.entries()) expect(texts[index]).toContain(name);
      const [looked, doctor, diagnosed, recommended, changed, migrated] = texts.slice(skills.length);
      expect(looked).toMatch(/services\.openssh\.enable[\s\S]*packages\.nix:\d+/);
      expect(doctor).toContain('fine: home-claude-md');
      expect(diagnosed).toContain('packages.nix:3');
      expect(recommended).toMatch(/\w/);
      expect(changed).toMatch(/^\+ {4}pkgs\.jq # reads JSON$/m);
      expect(migrated).toContain('end-of-life');
    },
  );
});
