import { type CommandEntry, commandHelp, parseCommand } from './commands/command.ts';
import { commands } from './commands/commands.ts';
import { isUserError, UserError } from './errors.ts';

function overview(): string {
  const width = Math.max(0, ...commands.map(({ name }) => name.length));
  return [
    'usage: nixos-intelligence COMMAND …',
    '',
    'Compiles an evaluated NixOS or home-manager configuration into context for coding agents.',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    'nixos-intelligence COMMAND --help tells more. Exit status: 0 fine, 1 findings, 2 bad input.',
    '',
  ].join('\n');
}

/** The longest command whose words begin the arguments: `snapshot git --json` is `snapshot git`. */
function findCommand(argv: readonly string[]): { entry: CommandEntry; rest: string[] } | undefined {
  const found = commands
    .map((entry) => ({ entry, words: entry.name.split(' ') }))
    .filter(({ words }) => words.every((word, index) => argv[index] === word))
    .sort((a, b) => b.words.length - a.words.length)[0];
  return found && { entry: found.entry, rest: argv.slice(found.words.length) };
}

async function main(argv: readonly string[]): Promise<number> {
  if (argv.length === 0 || argv[0] === '--help' || argv[0] === '-h' || argv[0] === 'help') {
    process.stdout.write(overview());
    return argv.length === 0 ? 2 : 0;
  }
  const found = findCommand(argv);
  if (found === undefined) {
    throw new UserError('usage', `no such command: \`${argv[0]}\``, { hint: 'nixos-intelligence --help' });
  }
  const { command } = await found.entry.load();
  const args = parseCommand(command, found.rest);
  if (args.values.help) {
    process.stdout.write(commandHelp(command));
    return 0;
  }
  return command.run(args);
}

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    if (!isUserError(error)) throw error;
    console.error(`nixos-intelligence: ${error.message}${error.hint ? `\n  ${error.hint}` : ''}`);
    process.exitCode = error.status;
  },
);
