import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readyMark, typeAtPrompts } from './type-at-prompts.ts';

/** Whether the fish on PATH accepts this as a whole command line. It exits with 0 either way, so its messages decide. */
export function fishAccepts(line: string): boolean {
  return spawnSync('fish', ['--no-execute', '-c', line], { encoding: 'utf8' }).stderr === '';
}

/**
 * Types lines into the real fish on its own terminal, each at a new prompt, and returns the path of the history file
 * that fish wrote. No program is on its PATH, so that fish records what is typed and runs nothing.
 *
 * @param startUp further commands for config.fish
 */
export async function typeIntoFish(folder: string, lines: readonly string[], startUp = ''): Promise<string> {
  const config = path.join(folder, '.config/fish');
  mkdirSync(config, { recursive: true });
  // Else fish generates completions in the background.
  mkdirSync(path.join(folder, '.local/share/fish/generated_completions'), { recursive: true });
  writeFileSync(
    path.join(config, 'config.fish'),
    `set -gx PATH '${path.join(folder, 'no-programs')}'
function fish_command_not_found; end
function ready --on-event fish_prompt; printf '${readyMark}'; end
${startUp}
`,
  );
  await typeAtPrompts('fish', '-i', lines, { folder });
  return path.join(folder, '.local/share/fish/fish_history');
}
