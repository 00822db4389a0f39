import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Whether the fish on PATH takes this for a whole command line. Its status does not tell, its complaint does. */
export function fishAccepts(line: string): boolean {
  return spawnSync('fish', ['--no-execute', '-c', line], { encoding: 'utf8' }).stderr === '';
}

/**
 * Types lines into the real fish on a terminal of its own, each when fish asks for the next, and answers the
 * history file that it wrote. No program is on its PATH: what is typed is read and recorded, and nothing happens.
 */
export async function typeIntoFish(folder: string, lines: readonly string[]): Promise<string> {
  const [fish, script] = ['fish', 'script'].map((program) =>
    execFileSync('sh', ['-c', 'command -v "$0"', program], { encoding: 'utf8' }).trim(),
  ) as [string, string];
  const config = path.join(folder, '.config/fish');
  mkdirSync(config, { recursive: true });
  // Else fish generates completions in the background.
  mkdirSync(path.join(folder, '.local/share/fish/generated_completions'), { recursive: true });
  writeFileSync(
    path.join(config, 'config.fish'),
    `set -gx PATH ${path.join(folder, 'no-programs')}
function fish_command_not_found; end
function ready --on-event fish_prompt; printf '\\e]9;ready\\a'; end
`,
  );
  const child = spawn(script, ['-qec', `exec ${fish} -i`, '/dev/null'], {
    cwd: folder,
    env: { HOME: folder, PATH: '/usr/bin:/bin', SHELL: '/bin/sh', TERM: 'dumb', LANG: 'C.UTF-8' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  // A leading blank keeps a line out of the history.
  const rest = [...lines, ' exit'];
  let screen = '';
  child.stdin.on('error', () => {});
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen += text;
    if (!screen.includes('\u001b]9;ready\u0007')) return;
    screen = '';
    const line = rest.shift();
    if (line !== undefined) child.stdin.write(`${line}\n`);
  });
  const stuck = setTimeout(() => child.kill(), 60_000);
  await new Promise((resolve) => child.on('close', resolve));
  clearTimeout(stuck);
  if (rest.length > 0) throw new Error(`fish did not ask for \`${rest[0]}\`; it said: ${screen}`);
  return path.join(folder, '.local/share/fish/fish_history');
}
