import { UserError } from '../errors.ts';
import { openOutput } from '../lookup/open-output.ts';
import { placeText } from '../lookup/places.ts';
import { type EditPlace, whereOf } from '../lookup/where/where.ts';
import { plainText } from '../text.ts';
import { defineCommand } from './command.ts';
import { dirOption, jsonOption } from './look-up-options.ts';

const shownHosts = 6;

export const command = defineCommand({
  name: 'where',
  usage: '[--user | --system] [--json] [--dir DIR] NAME',
  description: `
The file and line to edit for a package or an option: where it is declared; for something new, the list that has
most packages of its scope, or the file that sets its neighbours, and the line after which it belongs. Lists that
are computed or in generated files are never named.

Reads the output of the last rebuild; asks neither Nix nor the network. Exit status 1: there is no such place.`,
  options: {
    user: { type: 'boolean', help: 'for the user only: home-manager, users.users.<name>.packages' },
    system: { type: 'boolean', help: 'for all users' },
    ...jsonOption,
    ...dirOption,
  },
  completes: 'package',
  async run({ values, positionals }) {
    const [name, ...more] = positionals;
    if (name === undefined || name === '' || more.length > 0 || (values.user && values.system)) {
      throw new UserError('usage', 'expected one NAME, and --user or --system at most', {
        hint: 'nixos-intelligence where --help',
      });
    }
    const output = await openOutput(values.dir);
    const answer = whereOf(
      {
        source: output.source,
        profiles: output.read('tool_profiles').profiles,
        options: output.table('options'),
        wanted: values.user ? 'user' : values.system ? 'system' : null,
      },
      name,
    );
    const { places, alternatives, refused } = answer;
    if (values.json) process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
    else if (refused !== undefined) process.stdout.write(`no place for ${plainText(name, 100)}: ${refused}\n`);
    else {
      const others = alternatives.map(({ reason, ...place }) => `  or ${placeText(place)} (${reason})`);
      process.stdout.write(`${[...places.flatMap(lines), ...others].join('\n')}\n`);
    }
    return places.length > 0 ? 0 : 1;
  },
});

const verbs = { declared: '', insert: 'insert after ', 'insert in line': 'insert in ', beside: 'insert beside ' };

function lines({ kind, reason, hosts = [], scope, user, ...place }: EditPlace): string[] {
  const verb = verbs[kind];
  const rest = hosts.length - shownHosts;
  return [
    `${verb}${plainText(placeText(place))} (${user === undefined ? scope : `${scope}, ${user}`}): ${reason}`,
    ...(hosts.length > 0
      ? [`  imported by ${hosts.slice(0, shownHosts).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`]
      : []),
  ];
}
