import { execFileSync, spawn } from 'node:child_process';

/** What a shell is to print when it asks for a line, in the `printf` of any shell. */
export const readyMark = '\\e]9;ready\\a';
const ready = '\u001b]9;ready\u0007';

/**
 * Types lines into a shell on a terminal of its own, each when the shell says that it is ready.
 *
 * @param shell its name, found on PATH, which the shell itself does not get
 * @throws Error with what the shell said, where it ended or hung before the last line
 */
export async function typeAtPrompts(
  shell: string,
  args: string,
  lines: readonly string[],
  { folder, env = {} }: { folder: string; env?: Record<string, string> },
): Promise<void> {
  const [program, script] = [shell, 'script'].map((name) =>
    execFileSync('sh', ['-c', 'command -v "$0"', name], { encoding: 'utf8' }).trim(),
  ) as [string, string];
  const child = spawn(script, ['-qec', `exec ${program} ${args}`, '/dev/null'], {
    cwd: folder,
    env: { HOME: folder, PATH: '/usr/bin:/bin', SHELL: '/bin/sh', TERM: 'dumb', LANG: 'C.UTF-8', ...env },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  // A leading blank keeps a line out of the history. Where jobs run, the first is only a warning.
  const rest = [...lines, ' exit', ' exit'];
  let screen = '';
  child.stdin.on('error', () => {});
  child.stdout.setEncoding('utf8').on('data', (said: string) => {
    screen += said;
    if (!screen.includes(ready)) return;
    screen = '';
    const line = rest.shift();
    if (line !== undefined) child.stdin.write(`${line}\n`);
  });
  const stuck = setTimeout(() => child.kill(), 240_000);
  await new Promise((resolve) => child.on('close', resolve));
  clearTimeout(stuck);
  if (rest.length > 1) throw new Error(`${shell} did not ask for \`${rest[0]}\`; it said: ${screen}`);
}
