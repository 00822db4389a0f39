import type { Inline } from '../content.ts';
import type { EnabledOption } from '../evidence/evaluated.ts';
import { code, inline, joined, limited } from '../inline.ts';
import { textOfManual } from '../manual-text.ts';
import { plainText } from '../text.ts';
import { purposeOf } from '../tools/purpose.ts';
import { type Block, fromEvaluated, type Line, linesOf } from './block.ts';
import type { ContextInput } from './input.ts';

const longestOption = 80;
const longestPath = 120;
const longestDescription = 90;
const shownPlaces = 8;
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
  const remarkable = services.filter((service) => remarks(service, input).length > 0);
  const relevant = services
    .filter((service) => !remarkable.includes(service) && isRelevant(service, input))
    .slice(0, shownPlaces);
  const others = services
    .filter((service) => !remarkable.includes(service) && !relevant.includes(service))
    .map(({ option }) => plainText(option, longestOption));
  const pointerOf = (service: EnabledOption): string => `/options/${options.indexOf(service)}`;
  return {
    id: 'services',
    place: 48,
    title: 'Services',
    intro: inline`Enabled by the configuration; ${code('systemctl status')} shows whether they run.`,
    lines: linesOf(
      [
        ...localModels(input),
        ...remarkable.map((service) =>
          fromEvaluated(joined([placed(service), ...remarks(service, input)], '; '), pointerOf(service)),
        ),
        ...(relevant.length === 0 ? [] : [fromEvaluated(joined(relevant.map(placed)), ...relevant.map(pointerOf))]),
        ...(others.length === 0
          ? []
          : [fromEvaluated(inline`Also enabled: ${limited(others, shownOthers)}.`, '/options')]),
      ],
      120,
    ),
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

/** The option and where the user enables it. */
function placed({ option, places: [place] }: EnabledOption): Inline[] {
  const text = `${place?.file ?? ''}${place?.line === undefined ? '' : `:${place.line}`}`;
  return inline`${code(plainText(option, longestOption))} (${code(plainText(text, longestPath))})`;
}

/** What a model cannot know of a service: what an option of another flake is, and what the user's groups allow. */
function remarks(service: EnabledOption, { evidence: { evaluated } }: ContextInput): Inline[][] {
  const { option, description } = service;
  const name = lastName(service);
  const isForeign = (evaluated.foreignOptions ?? []).some((one) => one.name.startsWith(`${option}.`));
  const phrase = isForeign ? plainText(nounPhrase(description), longestDescription) : '';
  const sudo = isVirtualisation(service) ? ': no sudo needed' : '';
  return [
    ...(phrase === '' ? [] : [[phrase]]),
    ...(evaluated.user.groups.includes(name)
      ? [inline`${code(evaluated.user.name)} is in group ${code(name)}${sudo}`]
      : []),
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
