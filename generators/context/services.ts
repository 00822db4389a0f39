import type { Inline } from '../content.ts';
import type { EnabledOption } from '../evidence/evaluated.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { codes, limited } from '../inline.ts';
import { plainText } from '../text.ts';
import { purposeOf } from '../tools/purpose.ts';
import type { ToolProfiles } from '../tools/schema.ts';
import type { Block, Line } from './fit.ts';
import type { ContextInput } from './input.ts';

const longestDescription = 90;
const commandsShown = 3;
/** Purposes of services that work on code meets. */
const met = new Set([
  'ai',
  'building',
  'cloud',
  'containers',
  'databases',
  'network',
  'nix',
  'search',
  'version-control',
]);

/** What the user's files switch on, and what follows from it for whoever works here. */
export function servicesBlock({ evidence, profiles }: ContextInput): Block | null {
  const services = evidence.evaluated.options.filter(({ option }) => /^(?:services|virtualisation)\./.test(option));
  if (services.length === 0) return null;
  const told = services
    .filter((service) => matters(service, evidence, profiles))
    .sort((a, b) => Number(isVirtual(b)) - Number(isVirtual(a)));
  const others = services.filter((service) => !told.includes(service)).map(({ option }) => plainText(option, 80));
  const lines = told.map(
    (service, index): Line => ({
      content: serviceLine(service, evidence, profiles),
      group: null,
      value: 90 / (1 + index / 10),
    }),
  );
  if (others.length > 0) lines.push({ content: ['Also on: ', ...limited(others, 20), '.'], group: null, value: 40 });
  return {
    id: 'services',
    place: 40,
    title: 'Services',
    intro: ['Switched on by the configuration; whether they run, ', { code: 'systemctl status' }, ' tells.'],
    lines,
    rest: (left) => [`${left} more left out.`],
  };
}

/** Whether someone at work on code may come across it: judged by its own description, and that of what it brings. */
function matters(service: EnabledOption, { evaluated }: Evidence, { profiles }: ToolProfiles): boolean {
  if (isVirtual(service) || evaluated.user.groups.includes(lastName(service.option))) return true;
  const { purpose } = purposeOf({ name: lastName(service.option), description: nounPhrase(service.description) });
  return (
    met.has(purpose.id) ||
    profiles.some(
      ({ declarations, purpose: of }) =>
        of !== null && met.has(of) && declarations.some(({ by }) => by === service.option),
    )
  );
}

function serviceLine(
  { option, files, description }: EnabledOption,
  { evaluated }: Evidence,
  { profiles }: ToolProfiles,
): Inline[] {
  const name = lastName(option);
  const commands = profiles
    .filter((one) => one.kind === 'tool' && one.declarations.some(({ by }) => by === option))
    .flatMap((one) => one.commands?.slice(0, 1) ?? []);
  const member = evaluated.user.groups.includes(name);
  const said = plainText(nounPhrase(description), longestDescription);
  return [
    { code: plainText(option, 80) },
    ' (',
    { code: plainText(files[0] as string, 120) },
    ')',
    said === '' ? '' : `: ${said}`,
    ...(commands.length > 0 ? ['; ', ...codes(commands.slice(0, commandsShown))] : []),
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
}

/** "Whether to enable the OpenSSH secure shell daemon, which …" -> "the OpenSSH secure shell daemon". */
function nounPhrase(description: string | null): string {
  return plainText((description ?? '').replace(/\{\w+\}`/g, '`').replaceAll('`', ''))
    .replace(/^(?:whether to (?:enable|use|run|configure)|(?:this option )?enables?)\s+/i, '')
    .replace(/(?:, which|, that|\. |\.$| \().*$/, '');
}

function isVirtual({ option }: EnabledOption): boolean {
  return option.startsWith('virtualisation.');
}

function lastName(option: string): string {
  return option.split('.').at(-1) as string;
}
