import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readyMark, typeAtPrompts } from './type-at-prompts.ts';

/** Whether the fish on PATH takes this for a whole command line. Its status does not tell, its complaint does. */
export function fishAccepts(line: string): boolean {
  return spawnSync('fish', ['--no-execute', '-c', line], { encoding: 'utf8' }).stderr === '';
}

/**
 * Types lines into the real fish on a terminal of its own, each when fish asks for the next, and answers the
 * history file that it wrote. No program is on its PATH: what is typed is read and recorded, and nothing happens.
 */
export async function typeIntoFish(folder: string, lines: readonly string[]): Promise<string> {
  const config = path.join(folder, '.config/fish');
  mkdirSync(config, { recursive: true });
  // Else fish generates completions in the background.
  mkdirSync(path.join(folder, '.local/share/fish/generated_completions'), { recursive: true });
  writeFileSync(
    path.join(config, 'config.fish'),
    `set -gx PATH ${path.join(folder, 'no-programs')}
function fish_command_not_found; end
function ready --on-event fish_prompt; printf '${readyMark}'; end
`,
  );
  await typeAtPrompts('fish', '-i', lines, { folder });
  return path.join(folder, '.local/share/fish/fish_history');
}
