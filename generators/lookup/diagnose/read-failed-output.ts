import { messageOf, UserError } from '../../errors.ts';
import { readRegularFile } from '../../read-file.ts';
import { visible } from '../../text.ts';

/** More than the log of any build. In bytes. */
const largest = 256 * 1024 * 1024;

/**
 * The output to diagnose: the text of a file, without one that of standard input.
 *
 * @throws UserError `input` where the file cannot be read, `usage` where standard input is a terminal
 */
export async function readFailedOutput(file: string | undefined): Promise<string> {
  if (file !== undefined && file !== '-') {
    try {
      return readRegularFile(file, largest).toString();
    } catch (cause) {
      throw new UserError('input', `cannot read \`${visible(file)}\`: ${messageOf(cause)}`, { cause });
    }
  }
  if (process.stdin.isTTY) {
    throw new UserError('usage', 'expected the output of a failed rebuild in FILE or on standard input', {
      hint: 'nixos-rebuild build --flake . 2>&1 | nixos-intelligence diagnose',
    });
  }
  const pieces: Buffer[] = [];
  for await (const piece of process.stdin) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces).toString();
}
