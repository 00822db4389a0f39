import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { agents } from '../../generators/agents/agents.ts';
import { contexts, pluginFolder } from '../policy/plugin-folder.ts';
import { policiesWith } from '../policy/policies.ts';
import { plant, type Tree } from '../tree.ts';
import { driveAgent, driven, requiresDriver } from './driven.ts';

let plugin: string;
/** A plugin whose hook has gone. */
let broken: string;
/** A plugin without hooks. */
let silent: string;
beforeAll(async () => {
  if (requiresDriver.missing !== null) return;
  plugin = await pluginFolder(policiesWith({}));
  silent = await pluginFolder(policiesWith({}), 'none');
  broken = await pluginFolder(policiesWith({}));
  rmSync(join(broken, 'hooks'), { recursive: true });
});

const skill = fileURLToPath(new URL('../../generators/skills/nixos', import.meta.url));

/** A home with a project, and the agent's files of the plugin and the skill linked as they are installed. */
function homeOf(from: string, id: string, before: Tree = {}): { home: string; project: string } {
  const home = mkdtempSync(join(tmpdir(), 'agent-home-'));
  plant(home, before);
  const link = (target: string, path: string) => {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    symlinkSync(target, join(home, path));
  };
  const source = join(from, 'clients', id);
  for (const file of readdirSync(source, { recursive: true, withFileTypes: true })) {
    const path = join(file.parentPath, file.name);
    if (file.isFile()) link(path, join(agents[id]?.folder ?? '', path.slice(source.length + 1)));
  }
  link(skill, '.agents/skills/nixos');
  const project = join(home, 'project');
  execFileSync('git', ['init', '-q', project]);
  return { home, project };
}

async function run(id: string, calls: object[], place: { home: string; project: string }) {
  const file = join(place.home, 'calls.json');
  writeFileSync(file, JSON.stringify(calls));
  const seen = await driveAgent(id, place.home, place.project, file, '--trust-hooks', '--schemas', '--timeout', '120');
  expect(seen.timedOut, seen.stderr).toBe(false);
  return seen;
}

const count = (text: string, part: string): number => text.split(part).length - 1;
const facts = 'Facts about it, for any agent.';

/** The file at which a user writes what an agent is to know everywhere. */
const userFiles: Readonly<Record<string, string>> = {
  codex: '.codex/AGENTS.md',
  droid: '.factory/AGENTS.md',
  'gemini-cli': '.gemini/GEMINI.md',
  'github-copilot-cli': '.copilot/copilot-instructions.md',
  'kilocode-cli': '.claude/CLAUDE.md',
  opencode: '.claude/CLAUDE.md',
  'pi-coding-agent': '.pi/agent/AGENTS.md',
  'qwen-code': '.qwen/QWEN.md',
};

const hooked = Object.keys(agents).filter((id) => agents[id]?.hook !== undefined && Object.hasOwn(driven, id));

describe.skipIf(requiresDriver.missing)(`the real agents${requiresDriver.why}`, () => {
  test.each(hooked)(
    "%s: has the context and the skill beside the user's file, and refuses what is blocked",
    async (id) => {
      const place = homeOf(plugin, id, { [userFiles[id] ?? '']: 'Never use tabs.\n' });
      const calls = [
        'nix-env -iA nixpkgs.jq',
        'printf allowed-%s 42',
        'git push --force origin main; printf pushed-%s 42',
      ];
      const { toolResults, contextText, tools } = await run(
        id,
        calls.map((shell) => ({ shell })),
        place,
      );
      expect(count(contextText, facts)).toBe(1);
      expect(count(contextText, 'Never use tabs.')).toBe(1);
      expect(contextText + JSON.stringify(tools)).toContain('answering what is installed, where it is declared');
      const [blocked, allowed, asked] = toolResults.map(({ text }) => text);
      expect(blocked).toContain('installs software outside the configuration');
      expect(allowed).toContain('allowed-42');
      expect(asked).toContain('rewrite `main` for everybody');
      expect(asked).not.toContain('pushed-42');
    },
  );

  test.each(hooked)('%s: refuses every call when the hook is gone', async (id) => {
    const { toolResults } = await run(id, [{ shell: 'printf ran-%s 42' }], homeOf(broken, id));
    expect(toolResults[0]?.text).toContain('could not be started');
    expect(toolResults[0]?.text).not.toContain('ran-42');
  });

  test.each(hooked)('%s: has the context without policies', async (id) => {
    const { toolResults, contextText } = await run(
      id,
      [{ shell: 'nix-env -iA x; printf ran-%s 42' }],
      homeOf(silent, id),
    );
    expect(count(contextText, facts)).toBe(1);
    expect(toolResults[0]?.text).toContain('ran-42');
  });

  test.each([
    ['codex', { '.codex/AGENTS.md': contexts.any }],
    ['codex', { '.codex/AGENTS.md': 'hidden\n', '.codex/AGENTS.override.md': `Never use tabs.\n${contexts.any}` }],
    ['opencode', { '.claude/CLAUDE.md': contexts.claude }],
    ['kilocode-cli', { '.claude/CLAUDE.md': contexts.claude }],
    ['opencode', { '.claude/CLAUDE.md': 'hidden\n', '.config/opencode/AGENTS.md': 'Never use tabs.\n' }],
    ['kilocode-cli', { '.claude/CLAUDE.md': 'hidden\n', '.config/kilo/AGENTS.md': 'Never use tabs.\n' }],
  ])('%s: has the context once beside %j', async (id, before) => {
    const { contextText } = await run(id, [], homeOf(silent, id, before as Tree));
    expect(count(contextText, '# This machine')).toBe(1);
    expect(count(contextText, facts)).toBe(1);
    expect(count(contextText, 'Never use tabs.')).toBe(JSON.stringify(before).includes('tabs') ? 1 : 0);
  });
});
