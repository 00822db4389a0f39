import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Requirement, requirement } from '../requires.ts';

/** The names that the driver has for agents, by id. */
export const driven: Readonly<Record<string, string>> = {
  codex: 'codex',
  droid: 'droid',
  'gemini-cli': 'gemini',
  'github-copilot-cli': 'copilot',
  'kilocode-cli': 'kilo',
  opencode: 'opencode',
  'pi-coding-agent': 'pi',
  'qwen-code': 'qwen',
};

/** Runs a real agent offline against a stand-in for its model: `drive.mjs` in the folder of the variable below. */
const driver = join(process.env.NIXOS_INTELLIGENCE_AGENT_CLIENTS ?? '', 'drive.mjs');
export const requiresDriver: Requirement = requirement(
  process.env.NIXOS_INTELLIGENCE_AGENT_CLIENTS && existsSync(driver)
    ? null
    : 'NIXOS_INTELLIGENCE_AGENT_CLIENTS is not set',
);

/** What the driver saw of one run. */
export interface Driven {
  exitCode: number | null;
  timedOut: boolean;
  toolResults: { text: string }[];
  contextText: string;
  /** Names, with their schemas by `--schemas`. */
  tools: unknown[];
  stderr: string;
}

/** Runs the real agent; `more` are further arguments of the driver. */
export function driveAgent(id: string, home: string, cwd: string, calls: string, ...more: string[]): Promise<Driven> {
  const args = [driver, '--agent', driven[id] ?? id, '--home', home, '--cwd', cwd, '--calls', calls, ...more];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { encoding: 'utf8', maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      if (stdout === '') reject(error ?? new Error(stderr));
      else resolve(JSON.parse(stdout));
    });
  });
}
