import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Requirement, requirement } from '../requires.ts';

const bin = process.env.CLAUDE_BIN ?? join(homedir(), '.cache/claude-client/claude');

/** The real client: the program that CLAUDE_BIN names, or ~/.cache/claude-client/claude. */
export const requiresClient: Requirement = requirement(
  existsSync(bin) ? null : 'no Claude Code client: CLAUDE_BIN names none',
);

/** What `drive.mjs` saw of one run of the client. */
export interface Driven {
  exitCode: number | null;
  result?: string;
  denials: { tool: string; input: unknown }[];
  toolResults: { id: string; isError: boolean; text: string }[];
  /** All text of the first request that the user did not type. */
  contextText: string;
  tools: string[];
  transcript?: string;
  stderr: string;
}

/** Runs the client offline with `configDir` as its folder; `more` are further arguments of `drive.mjs`. */
export function driveClient(configDir: string, ...more: string[]): Promise<Driven> {
  const script = fileURLToPath(new URL('drive.mjs', import.meta.url));
  const args = [script, '--config-dir', configDir, ...more];
  return new Promise((resolve, reject) => {
    const env = { ...process.env, CLAUDE_BIN: bin };
    execFile(process.execPath, args, { encoding: 'utf8', maxBuffer: 2 ** 26, env }, (error, stdout, stderr) => {
      if (stdout === '') reject(error ?? new Error(stderr));
      else resolve(JSON.parse(stdout));
    });
  });
}
