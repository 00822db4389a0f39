import { parseArgs } from 'node:util';
import { messageOf, UserError } from '../errors.ts';

/** One option of a command, as `parseArgs` of `node:util` reads it, with what the help prints. */
export interface Option {
  type: 'string' | 'boolean';
  short?: string;
  multiple?: boolean;
  /** What the help prints for the value of a string: `DIR`. */
  value?: string;
  help: string;
}

export type Options = Readonly<Record<string, Option>>;

/** What completion offers for the words of a command: names in the output, files, folders, or these words. */
export type Completes = 'option' | 'package' | 'command' | 'input' | 'file' | 'folder' | readonly string[];

interface Configuration<Defined extends Options> {
  args: string[];
  options: Defined;
  allowPositionals: true;
}

/** The parsed options, typed by their definitions. */
export type Values<Defined extends Options> = ReturnType<typeof parseArgs<Configuration<Defined>>>['values'];

interface Definition<Defined extends Options> {
  /** As typed: `snapshot git`. */
  name: string;
  /** The rest of the usage line: `[--out DIR] FOLDER`. */
  usage: string;
  /** What the command does, what it writes, what it never does: printed by `--help`. */
  description: string;
  options: Defined;
  /** What completion offers for the words that are no options; nothing without it. */
  completes?: Completes;
  /** @returns the exit status: an `ExitStatus`, or that of the program which the command ran */
  run: (args: { values: Values<Defined>; positionals: string[] }) => Promise<number>;
}

/** The part of a definition that completion and the manual print. */
export type Documentation = Omit<Definition<Options>, 'run'>;

/** A command of the command line. */
export interface Command {
  documentation: Documentation;
  /**
   * Parses the arguments after the command's name and runs the command; `--help` prints the help instead.
   *
   * @returns the exit status
   * @throws UserError `usage` for an option that the command does not have
   */
  run: (argv: readonly string[]) => Promise<number>;
}

/** An entry of the list of commands: the summary is there at once, the code is loaded when the command is run. */
export interface CommandEntry {
  name: string;
  summary: string;
  /** Whether only the Nix build or a shell's completion runs it: help lists it last, completion and the manual omit it. */
  internal?: true;
  load: () => Promise<{ command: Command }>;
}

export function defineCommand<const Defined extends Options>(definition: Definition<Defined>): Command {
  return {
    documentation: definition,
    async run(argv) {
      if (wantsHelp(argv)) {
        process.stdout.write(helpText(definition));
        return 0;
      }
      return definition.run(parse(definition, argv));
    },
  };
}

/** Options end at `--`: what follows may be a command with a `--help` of its own. */
function wantsHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return argv.slice(0, end < 0 ? undefined : end).some((word) => word === '--help' || word === '-h');
}

function parse<Defined extends Options>({ name, options }: Definition<Defined>, argv: readonly string[]) {
  try {
    return parseArgs<Configuration<Defined>>({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw new UserError('usage', messageOf(error), { hint: `nixos-intelligence ${name} --help`, cause: error });
  }
}

function helpText({ name, usage, description, options }: Documentation): string {
  const rows = Object.entries(options).map(([name, option]) => ({
    left: `${option.short ? '' : '    '}${optionText(name, option)}`,
    help: option.help,
  }));
  const width = Math.max(0, ...rows.map(({ left }) => left.length));
  return [
    `usage: nixos-intelligence ${name} ${usage}`.trimEnd(),
    '',
    description.trim(),
    ...(rows.length > 0 ? ['', 'options:', ...rows.map(({ left, help }) => `  ${left.padEnd(width)}  ${help}`)] : []),
    '',
  ].join('\n');
}

/** An option as it is typed: `-n, --lines N`. */
export function optionText(name: string, { short, type, value }: Option): string {
  return `${short ? `-${short}, ` : ''}--${name}${type === 'string' ? ` ${value ?? 'TEXT'}` : ''}`;
}
