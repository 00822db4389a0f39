import { parseArgs } from 'node:util';
import { UserError } from '../errors.ts';

/** One option of a command, in the shape of `node:util` parseArgs plus what the help prints. */
export interface Option {
  type: 'string' | 'boolean';
  short?: string;
  multiple?: boolean;
  /** Printed in place of the value: `DIR`. */
  value?: string;
  help: string;
}

/** Parsed arguments: options by name, the rest in order. */
export interface Arguments {
  values: Record<string, string | boolean | (string | boolean)[] | undefined>;
  positionals: string[];
}

/** A command of the command line: its help is made from this, and nothing else reads the arguments. */
export interface Command {
  /** As typed: `snapshot git`. */
  name: string;
  /** After the name in the usage line: `[--out DIR] FOLDER`. */
  usage: string;
  /** What it does, what it writes, what it never does: shown by `--help`. */
  description: string;
  options: Record<string, Option>;
  /** Answers the exit status: an `ExitStatus`, or that of a program which it ran in its place. */
  run: (args: Arguments) => Promise<number>;
}

/** Where commands are listed: the summary is there at once, the code is loaded when it is called. */
export interface CommandEntry {
  name: string;
  summary: string;
  load: () => Promise<{ command: Command }>;
}

/** @throws UserError `usage` for an option that the command does not have */
export function parseCommand(command: Command, argv: readonly string[]): Arguments {
  const options = Object.fromEntries(
    Object.entries({ ...command.options, help: { type: 'boolean', short: 'h' } as const }).map(([name, option]) => [
      name,
      {
        type: option.type,
        ...('short' in option && option.short ? { short: option.short } : {}),
        ...('multiple' in option && option.multiple ? { multiple: true } : {}),
      },
    ]),
  );
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
    return { values: values as Arguments['values'], positionals };
  } catch (error) {
    throw new UserError('usage', (error as Error).message, {
      hint: `nixos-intelligence ${command.name} --help`,
      cause: error,
    });
  }
}

/** The text of `--help` for one command. */
export function commandHelp(command: Command): string {
  const rows = Object.entries(command.options).map(([name, option]) => [
    `${option.short ? `-${option.short}, ` : '    '}--${name}${option.type === 'string' ? ` ${option.value ?? 'TEXT'}` : ''}`,
    option.help,
  ]);
  const width = Math.max(0, ...rows.map(([left]) => (left as string).length));
  return [
    `usage: nixos-intelligence ${command.name} ${command.usage}`.trimEnd(),
    '',
    command.description.trim(),
    ...(rows.length > 0
      ? ['', 'options:', ...rows.map(([left, right]) => `  ${(left as string).padEnd(width)}  ${right}`)]
      : []),
    '',
  ].join('\n');
}
