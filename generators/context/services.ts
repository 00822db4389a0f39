import type { Inline } from '../content.ts';
import type { EnabledOption } from '../evidence/evaluated.ts';
import { code, codes, inline, joined, limited } from '../inline.ts';
import { textOfManual } from '../manual-text.ts';
import { plainText } from '../text.ts';
import { purposeOf } from '../tools/purpose.ts';
import { type Block, fromEvaluated, type Line, linesOf, onlyCounted } from './block.ts';
import type { ContextInput } from './input.ts';

const longestOption = 80;
const longestPath = 120;
const longestDescription = 90;
const shownCommands = 3;
const shownOthers = 20;

/** Purposes of the services that work on code uses. */
const purposesForCode = new Set([
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

/** The services that the user's files enable, and what follows for an agent. */
export function servicesBlock(input: ContextInput): Block {
  const { options } = input.evidence.evaluated;
  const services = options.filter(
    ({ option }) => /^(?:services|virtualisation)\./.test(option) && !modelServers.has(option),
  );
  const relevant = services
    .filter((service) => isRelevant(service, input))
    .sort((a, b) => Number(isVirtualisation(b)) - Number(isVirtualisation(a)));
  const others = services
    .filter((service) => !relevant.includes(service))
    .map(({ option }) => plainText(option, longestOption));
  return {
    id: 'services',
    place: 40,
    title: 'Services',
    intro: inline`Enabled by the configuration; ${code('systemctl status')} shows whether they run.`,
    lines: [
      ...linesOf(localModels(input), () => 120),
      ...linesOf(
        relevant.map((service) => fromEvaluated(serviceLine(service, input), `/options/${options.indexOf(service)}`)),
        (index) => 118 / (1 + index / 10),
      ),
      ...(others.length === 0
        ? []
        : linesOf([fromEvaluated(inline`Also enabled: ${limited(others, shownOthers)}.`, '/options')], () => 40)),
    ],
    leftOut: onlyCounted,
  };
}

/** Servers of language models, with the port that they have by default. */
const modelServers: ReadonlyMap<string, { name: string; port: number }> = new Map([
  ['services.ollama', { name: 'Ollama', port: 11434 }],
  ['services.llama-cpp', { name: 'llama.cpp', port: 8080 }],
  ['services.open-webui', { name: 'Open WebUI', port: 8080 }],
  ['services.tabby', { name: 'Tabby', port: 11029 }],
  ['services.vllm', { name: 'vLLM', port: 8000 }],
]);

/** Local language models in one line: where they answer, what they run on. */
function localModels({ evidence: { evaluated } }: ContextInput): Pick<Line, 'content' | 'evidence'>[] {
  const { options, settings = [] } = evaluated;
  const settingOf = (option: string): string | undefined => settings.find((one) => one.option === option)?.value;
  const isSet = (option: string): boolean => settings.some((one) => one.option === option);
  const servers = options.flatMap(({ option, places: [place] }, index) => {
    const server = modelServers.get(option);
    if (server === undefined) return [];
    // A port that is set and not known here is not guessed.
    const port = isSet(`${option}.port`) ? settingOf(`${option}.port`) : String(server.port);
    const acceleration = settingOf(`${option}.acceleration`)?.replaceAll('"', '');
    const declared = settings.find((one) => one.option === `${option}.loadModels`)?.places[0];
    const at = declared ?? place;
    return [
      {
        pointer: `/options/${index}`,
        text: [
          `${server.name} (`,
          code(plainText(`${at?.file ?? ''}${at?.line === undefined ? '' : `:${at.line}`}`, longestPath)),
          ')',
          ...(port === undefined ? [] : inline` at ${code(`http://127.0.0.1:${plainText(port, 6)}`)}`),
          ...(acceleration === undefined ? [] : [`, ${plainText(acceleration, 20)}`]),
          ...(declared === undefined ? [] : [', models declared there']),
        ],
      },
    ];
  });
  if (servers.length === 0) return [];
  const gpu = isSet('hardware.nvidia.open') || isSet('hardware.nvidia.package') ? '; NVIDIA driver configured' : '';
  return [
    fromEvaluated(
      [
        'Local AI: ',
        ...joined(
          servers.map(({ text }) => text),
          '; ',
        ),
        `${gpu}.`,
      ],
      ...servers.map(({ pointer }) => pointer),
    ),
  ];
}

/** Whether work on code may use the service, by its description or by that of the packages that it adds. */
function isRelevant(service: EnabledOption, { evidence, profiles }: ContextInput): boolean {
  const name = lastName(service);
  if (isVirtualisation(service) || evidence.evaluated.user.groups.includes(name)) return true;
  const { purpose } = purposeOf({ name, description: nounPhrase(service.description) });
  return (
    purposesForCode.has(purpose.id) ||
    profiles.profiles.some(
      (profile) =>
        profile.purpose !== null &&
        purposesForCode.has(profile.purpose) &&
        profile.declarations.some(({ by }) => by === service.option),
    )
  );
}

function serviceLine(service: EnabledOption, { evidence: { evaluated }, profiles }: ContextInput): Inline[] {
  const {
    option,
    places: [place],
    description,
  } = service;
  const name = lastName(service);
  const phrase = plainText(nounPhrase(description), longestDescription);
  const commands = profiles.profiles
    .filter(({ kind, declarations }) => kind === 'tool' && declarations.some(({ by }) => by === option))
    .flatMap((profile) => profile.commands?.slice(0, 1) ?? []);
  const isMember = evaluated.user.groups.includes(name);
  const sudo = isVirtualisation(service) ? ': no sudo needed' : '';
  return [
    ...inline`${code(plainText(option, longestOption))} (${code(plainText(`${place?.file ?? ''}${place?.line === undefined ? '' : `:${place.line}`}`, longestPath))})`,
    phrase === '' ? '' : `: ${phrase}`,
    ...(commands.length > 0 ? inline`; ${codes(commands.slice(0, shownCommands))}` : []),
    ...(isMember ? inline`; ${code(evaluated.user.name)} is in group ${code(name)}${sudo}` : []),
  ];
}

/** "Whether to enable the OpenSSH secure shell daemon, which …" -> "the OpenSSH secure shell daemon". */
function nounPhrase(description: string | null): string {
  return plainText(textOfManual(description ?? ''))
    .replace(/^(?:whether to (?:enable|use|run|configure)|(?:this option )?enables?)\s+/i, '')
    .replace(/(?:, which|, that|\. |\.$| \().*$/, '');
}

function isVirtualisation({ option }: EnabledOption): boolean {
  return option.startsWith('virtualisation.');
}

/** `services.openssh` -> `openssh` */
function lastName({ option }: EnabledOption): string {
  return option.slice(option.lastIndexOf('.') + 1);
}
