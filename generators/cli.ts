import type { CommandEntry } from './commands/command.ts';
import { commands } from './commands/commands.ts';
import { isUserError, systemErrorCode, UserError } from './errors.ts';
import { visible } from './text.ts';

function overview(): string {
  const width = Math.max(0, ...commands.map(({ name }) => name.length));
  return [
    'usage: nixos-intelligence COMMAND …',
    '',
    'Compiles an evaluated NixOS or home-manager configuration into context for coding agents.',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    'For details: nixos-intelligence COMMAND --help. Exit status: 0 fine, 1 findings, 2 bad input.',
    '',
  ].join('\n');
}

/** The command with the longest name at the start of the arguments: `snapshot git --json` is `snapshot git`. */
function findCommand(argv: readonly string[]): { entry: CommandEntry; rest: string[] } | undefined {
  const found = commands
    .map((entry) => ({ entry, words: entry.name.split(' ') }))
    .filter(({ words }) => words.every((word, index) => argv[index] === word))
    .sort((a, b) => b.words.length - a.words.length)[0];
  return found && { entry: found.entry, rest: argv.slice(found.words.length) };
}

async function main(argv: readonly string[]): Promise<number> {
  const [first] = argv;
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    process.stdout.write(overview());
    return first === undefined ? 2 : 0;
  }
  const found = findCommand(argv);
  if (found === undefined) {
    throw new UserError('usage', `no such command: \`${visible(first)}\``, { hint: 'nixos-intelligence --help' });
  }
  const { command } = await found.entry.load();
  return command.run(found.rest);
}

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    // What the system refused is no defect of ours: no stack.
    if (systemErrorCode(error) !== undefined && error instanceof Error && 'syscall' in error) {
      console.error(`nixos-intelligence: ${visible(error.message)}`);
      process.exitCode = 2;
      return;
    }
    if (!isUserError(error)) throw error;
    console.error(`nixos-intelligence: ${error.message}${error.hint ? `\n  ${error.hint}` : ''}`);
    process.exitCode = error.status;
  },
);
