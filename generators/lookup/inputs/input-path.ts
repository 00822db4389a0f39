import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { UserError } from '../../errors.ts';
import { nixEvalText } from '../../evidence/flake/nix.ts';
import { byText } from '../../order.ts';
import { visible } from '../../text.ts';

/** A file or a folder of a flake's input. */
export type InputPath = { path: string } & ({ entries: string[] } | { text: string });

const largest = 2 ** 20;

/**
 * Reads a file or the names in a folder of a flake's input; Nix is asked for its store path.
 *
 * @param flake the flake of the configuration, as Nix names it
 * @throws UserError `not-found` (status 1) without such a path, `usage` for a path that leads out of the input
 */
export async function readInputPath(flake: string, name: string, path: string): Promise<InputPath> {
  const expression = `(builtins.getFlake ${quoted(flake)}).inputs.${quoted(name)}.outPath`;
  const root = await nixEvalText(
    ['--raw', '--impure', '--expr', expression],
    `the path of the input \`${visible(name)}\``,
  );
  const wanted = join(root, path);
  let real: string;
  try {
    real = realpathSync(wanted);
  } catch (cause) {
    throw new UserError('not-found', `the input \`${visible(name)}\` has no \`${visible(path)}\``, {
      status: 1,
      cause,
    });
  }
  const top = realpathSync(root);
  if (real !== top && !real.startsWith(`${top}${sep}`)) {
    throw new UserError('usage', `\`${visible(path)}\` leads out of the input \`${visible(name)}\``);
  }
  const stat = statSync(real);
  if (stat.isDirectory()) {
    const entries = readdirSync(real, { withFileTypes: true }).map(
      (entry) => `${entry.name}${entry.isDirectory() ? '/' : ''}`,
    );
    return { path, entries: entries.sort(byText) };
  }
  const text = stat.size <= largest ? readFileSync(real, 'utf8') : '\0';
  if (text.includes('\0')) throw new UserError('usage', `\`${visible(path)}\` is no text, or too large`);
  return { path, text };
}

/** A text as a Nix string. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll('${', '\\${');
}
