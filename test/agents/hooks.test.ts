import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type AgentHook, agents } from '../../generators/agents/agents.ts';
import { pluginFolder } from '../policy/plugin-folder.ts';
import { policiesWith } from '../policy/policies.ts';
import { driveAgent, driven, requiresDriver } from './driven.ts';

let plugin: string;
/** A plugin whose hook has gone. */
let broken: string;
beforeAll(async () => {
  if (requiresDriver.missing !== null) return;
  plugin = await pluginFolder(policiesWith({}));
  broken = await pluginFolder(policiesWith({}));
  rmSync(join(broken, 'hooks'), { recursive: true });
});

/** A home with a project, and what starts the agent's hook linked as it would be installed. */
function homeOf(from: string, id: string, { source, target }: AgentHook): { home: string; project: string } {
  const home = mkdtempSync(join(tmpdir(), 'agent-home-'));
  const link = join(home, agents[id]?.folder ?? '', target);
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(join(from, 'agents', id, source), link);
  const project = join(home, 'project');
  execFileSync('git', ['init', '-q', project]);
  return { home, project };
}

async function run(id: string, calls: object[], place: { home: string; project: string }) {
  const file = join(place.home, 'calls.json');
  writeFileSync(file, JSON.stringify(calls));
  return driveAgent(id, place.home, place.project, file, '--trust-hooks', '--timeout', '120');
}

const hooked = Object.entries(agents).flatMap(([id, { hook }]) =>
  hook !== undefined && Object.hasOwn(driven, id) ? [[id, hook] as const] : [],
);

describe.skipIf(requiresDriver.missing)(`the real agents${requiresDriver.why}`, () => {
  test.each(hooked)('%s: refuses what the policies block, with the reason, and runs the rest', async (id, hook) => {
    const place = homeOf(plugin, id, hook);
    const calls = [
      'nix-env -iA nixpkgs.jq',
      'printf allowed-%s 42',
      'git push --force origin main; printf pushed-%s 42',
    ];
    const { toolResults, stderr, timedOut } = await run(
      id,
      calls.map((shell) => ({ shell })),
      place,
    );
    expect(timedOut, stderr).toBe(false);
    const [blocked, allowed, asked] = toolResults.map(({ text }) => text);
    expect(blocked).toContain('installs software outside the configuration');
    expect(allowed).toContain('allowed-42');
    expect(asked).toContain('rewrite `main` for everybody');
    expect(asked).not.toContain('pushed-42');
  });

  test.each(hooked)('%s: refuses every call when the hook is gone', async (id, hook) => {
    const place = homeOf(broken, id, hook);
    const { toolResults } = await run(id, [{ shell: 'printf ran-%s 42' }], place);
    expect(toolResults[0]?.text).toContain('could not be started');
    expect(toolResults[0]?.text).not.toContain('ran-42');
  });
});
