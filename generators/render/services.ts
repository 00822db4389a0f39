import type { Inline } from '../frame.ts';
import type { ContextInput } from './context.ts';
import type { Block } from './fit.ts';
import { plainText } from './plain-text.ts';
import { join } from './words.ts';

/** What the user's files switch on, and what follows from it for whoever works here. */
export function servicesBlock({ evidence: { evaluated }, profiles, settings }: ContextInput): Block | null {
  const services = evaluated.options.filter(({ option }) => /^(services|virtualisation)\./.test(option));
  if (services.length === 0) return null;
  const lines = services.map(({ option, files, description }) => {
    const name = option.split('.').at(-1) as string;
    const commands = profiles.profiles
      .filter(({ declarations }) => declarations.some(({ by }) => by === option))
      .flatMap((profile) => profile.commands ?? []);
    const member = evaluated.user.groups.includes(name);
    const content: Inline[] = [
      { code: option },
      ' (',
      { code: files[0] as string },
      ')',
      ...(description ? [`: ${plainText(description, 90)}`] : []),
      ...(commands.length > 0 ? ['; commands ', ...join(commands.slice(0, 4))] : []),
      ...(member
        ? [
            '; ',
            { code: evaluated.user.name },
            ' is in group ',
            { code: name },
            option.startsWith('virtualisation.') ? ': no sudo needed' : '',
          ]
        : []),
    ];
    return {
      content,
      weight: (commands.length > 0 ? 2 : 0) + (member ? 2 : 0) + (option.startsWith('virtualisation.') ? 1 : 0),
    };
  });
  lines.sort((a, b) => b.weight - a.weight);
  return {
    id: 'services',
    place: 40,
    title: 'Services switched on',
    intro: null,
    lines: lines.map(({ content }, index) => ({ content, group: null, value: 70 / (1 + index / 10) })),
    rest: (left) => [`${left} more: `, { code: `${settings.folder}/intelligence/manifest.json` }, '.'],
  };
}
