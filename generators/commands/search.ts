import { UserError } from '../errors.ts';
import { openOutput } from '../lookup/open-output.ts';
import { type Kind, kinds, search } from '../lookup/search/search.ts';
import { plainText, visible } from '../text.ts';
import { defineCommand } from './command.ts';
import { dirOption, jsonOption } from './look-up-options.ts';

const defaultLimit = 10;
const longestSummary = 56;

export const command = defineCommand({
  name: 'search',
  usage: '[--in KINDS] [--limit N] [--count] [--json] [--dir DIR] WORD…',
  description: `
Finds options, installed packages and commands by the words of their names and descriptions, the best first. All
words must be there, in any order. With --count and no WORD: how many there are. Packages that are not installed are
found if programs.nixos-intelligence.index.nixpkgs.enable is set.

Reads the output of the last rebuild; asks neither Nix nor the network. Exit status 1: nothing found.`,
  options: {
    in: { type: 'string', value: 'KINDS', help: `only these, separated by commas: ${kinds.join(', ')}` },
    limit: { type: 'string', value: 'N', help: `at most N results (default: ${defaultLimit})` },
    count: { type: 'boolean', help: 'only how many' },
    ...jsonOption,
    ...dirOption,
  },
  async run({ values, positionals }) {
    const words = positionals.flatMap((text) => text.split(/\s+/)).filter((word) => word !== '');
    const wanted = kindsFrom(values.in);
    const limit = limitFrom(values.limit);
    const output = await openOutput(values.dir);
    const searched = {
      options: () => output.table('options'),
      profiles: () => output.read('tool_profiles').profiles,
      aliases: () => output.source.aliases,
      nixpkgs: output.nixpkgs,
    };
    if (words.length === 0) {
      if (!values.count) throw new UserError('usage', 'expected a WORD', { hint: 'nixos-intelligence search --help' });
      const counts = all(searched);
      process.stdout.write(
        values.json
          ? `${JSON.stringify(counts)}\n`
          : `${counts.options} options (${counts.set} set), ${counts.packages} packages, ${counts.commands} commands\n`,
      );
      return 0;
    }
    const answer = search(searched, words, wanted, limit);
    if (values.json) {
      const { counts, near, ...rest } = answer;
      process.stdout.write(
        `${JSON.stringify(values.count ? { ...counts, total: answer.total } : { ...rest, near })}\n`,
      );
    } else if (values.count) {
      const { options, packages, commands } = answer.counts;
      process.stdout.write(`${options} options, ${packages} packages, ${commands} commands\n`);
    } else if (answer.total === 0) {
      const similar = answer.near.length > 0 ? `; similar names: ${answer.near.join(', ')}` : '';
      process.stdout.write(`nothing found for ${plainText(words.join(' '), 100)}${similar}\n`);
    } else {
      for (const { kind, name, scope, summary, set, installed } of answer.results) {
        const isMissing = kind === 'package' && !installed;
        const marks = [scope, set ? 'set' : undefined, isMissing ? 'not installed' : undefined]
          .filter((mark) => mark !== undefined)
          .join(', ');
        const text = summary === '' ? '' : `: ${plainText(summary, longestSummary)}`;
        process.stdout.write(`${kind} ${name}${marks === '' ? '' : ` (${marks})`}${text}\n`);
      }
      const rest = answer.total - answer.results.length;
      if (rest > 0) process.stdout.write(`${rest} more: --limit ${answer.total}\n`);
    }
    return answer.total > 0 ? 0 : 1;
  },
});

function all(searched: Parameters<typeof search>[0]): Record<Kind | 'set', number> {
  const table = searched.options();
  const places = table.names();
  const commands = new Set(searched.profiles().flatMap(({ commands }) => commands ?? []));
  for (const { name } of searched.aliases()) commands.add(name);
  return {
    options: places.length,
    set: places.filter(({ at }) => table.lineAt(at).split('\t', 5)[4] !== '').length,
    packages: searched.profiles().length,
    commands: commands.size,
  };
}

function kindsFrom(text: string | undefined): readonly Kind[] {
  if (text === undefined) return kinds;
  const names = text.split(',');
  const wanted = kinds.filter((kind) => names.includes(kind) || names.includes(kind.slice(0, -1)));
  if (wanted.length !== new Set(names).size) {
    throw new UserError('usage', `--in: expected some of ${kinds.join(', ')}, got \`${visible(text)}\``);
  }
  return wanted;
}

function limitFrom(text: string | undefined): number {
  if (text === undefined) return defaultLimit;
  if (!/^[1-9]\d{0,5}$/.test(text)) {
    throw new UserError('usage', `--limit: expected a number from 1, got \`${visible(text)}\``);
  }
  return Number(text);
}
