import type { Setup } from './setup.ts';

/** Lines to add. */
export interface InitStep {
  /**
   * Where they belong, one of these or each, relative to the checkout; a line of null: anywhere in the file; no place: a
   * command to type, or a module of the user's choice.
   */
  places: { file: string; line: number | null; name?: string }[];
  /** Where in the file, in words. */
  where: string;
  lines: string[];
}

/** What a user does to get our module into a configuration. */
export interface InitPlan {
  /** How the configuration gets its sources. */
  kind: 'flake' | 'npins' | 'channels';
  /** Where our options are set already: then there are no steps. */
  enabled: { file: string; line: number } | null;
  steps: InitStep[];
  /** Commands that show the result, and activate nothing. */
  next: string[];
}

const repository = 'github:nixos-intelligence/nixos-intelligence';

/**
 * @param user whose context is built where the files name nobody
 * @param host the name of this machine
 */
export function initPlan(setup: Setup, user: string, host: string): InitPlan {
  const { flake } = setup;
  if (setup.enabled !== null) {
    return { kind: flake === null ? 'channels' : 'flake', enabled: setup.enabled, steps: [], next: [] };
  }
  if (flake === null) return withoutFlake(setup, user);
  const { calls } = setup;
  const needsName = calls.some(({ input }) => input === 'nixos-intelligence');
  const called = (['nixos', 'home-manager'] as const).filter((kind) => calls.some((call) => call.kind === kind));
  const isHidden = !called.includes('nixos') && (setup.hasNixos || calls.length === 0);
  const kinds = isHidden ? (['nixos', ...called] as const) : called;
  const steps: InitStep[] = [
    ...(flake.ours === null ? [inputStep(flake)] : []),
    ...(needsName && flake.closedArguments !== null
      ? [{ places: [flake.closedArguments], where: 'among the arguments of `outputs`', lines: ['nixos-intelligence'] }]
      : []),
    ...moduleSteps(calls),
    ...(isHidden ? [hiddenModuleStep(calls.length === 0)] : []),
    ...kinds.map((kind) => enableStep(kind, kinds, peopleOf(setup, user))),
  ];
  const isNixos = kinds[0] === 'nixos';
  const names = isNixos ? flake.nixos : flake.homes;
  const name = names.includes(host) ? host : (names[0] ?? (isNixos ? host : (peopleOf(setup, user)[0] ?? user)));
  return { kind: 'flake', enabled: null, steps, next: [`nix run ${repository} -- preview .#${name}`] };
}

/** The user, if the files name this one, else all that they name. */
function peopleOf({ users }: Setup, user: string): readonly string[] {
  if (users.includes(user)) return [user];
  if (users.length > 0) return users;
  return [user === 'root' ? 'me' : user];
}

function inputStep({ inputs, hasNixpkgs }: NonNullable<Setup['flake']>): InitStep {
  const prefix = inputs.isSet ? '' : 'inputs.';
  return {
    places: [{ file: inputs.file, line: inputs.line }],
    where: 'among the inputs',
    lines: [
      `${prefix}nixos-intelligence.url = "${repository}";`,
      ...(hasNixpkgs ? [`${prefix}nixos-intelligence.inputs.nixpkgs.follows = "nixpkgs";`] : []),
    ],
  };
}

type SystemKind = Setup['calls'][number]['kind'];
const attribute = { nixos: 'nixosModules', 'home-manager': 'homeModules' } as const;
const calledFunction = { nixos: 'nixosSystem', 'home-manager': 'homeManagerConfiguration' } as const;

/** Calls that get the same lines are one step: of each host that is to have it. */
function moduleSteps(calls: Setup['calls']): InitStep[] {
  const steps = new Map<string, InitStep>();
  for (const { kind, file, line, name, hasList, input, self, passesInputs } of calls) {
    const where = `${hasList ? 'in the `modules` of' : 'among the modules of'} \`${calledFunction[kind]}\``;
    // Where no input is in scope, the file must be given them.
    const lines = [
      `${input ?? 'inputs.nixos-intelligence'}.${attribute[kind]}.default`,
      // A module that gets `inputs` finds the flake by itself.
      ...(passesInputs || self === null ? [] : [`{ programs.nixos-intelligence.flake.self = ${self}; }`]),
    ];
    const key = [where, ...lines].join('\n');
    const step = steps.get(key) ?? { places: [], where, lines };
    step.places.push({ file, line, ...(name === null ? {} : { name }) });
    steps.set(key, step);
  }
  return [...steps.values()];
}

/** Frameworks such as clan, snowfall and blueprint call nixosSystem themselves. */
function hiddenModuleStep(isMaybeHome: boolean): InitStep {
  return {
    places: [],
    where: 'in a module that gets `inputs`, as these files do not call `nixosSystem` themselves',
    lines: [
      `imports = [ inputs.nixos-intelligence.nixosModules.default ];${isMaybeHome ? ' # home-manager alone: homeModules' : ''}`,
    ],
  };
}

function enableStep(kind: SystemKind, kinds: readonly SystemKind[], people: readonly string[]): InitStep {
  return {
    places: [],
    where:
      kind === 'nixos'
        ? 'in a module of the host'
        : `in a module of the home${kinds.length > 1 ? ', only where the host is not NixOS: each writes ~/.claude' : ''}`,
    lines: [
      'programs.nixos-intelligence.enable = true;',
      ...(kind === 'nixos'
        ? [`programs.nixos-intelligence.users = [ ${people.map((name) => JSON.stringify(name)).join(' ')} ];`]
        : []),
    ],
  };
}

function withoutFlake(setup: Setup, user: string): InitPlan {
  const { modules, hasNpins } = setup;
  const source = hasNpins ? '(import ./npins).nixos-intelligence' : '<nixos-intelligence>';
  const isNixos = modules.length === 0 || modules.some(({ kind }) => kind === 'nixos');
  const chosen = modules.filter(({ kind }) => (kind === 'nixos') === isNixos);
  const kind: SystemKind = isNixos ? 'nixos' : 'home-manager';
  const url = 'https://github.com/nixos-intelligence/nixos-intelligence/archive/main.tar.gz';
  const sudo = isNixos ? 'sudo ' : '';
  const pin: InitStep = {
    places: [],
    where: 'once, in a terminal',
    lines: hasNpins
      ? ['npins add github nixos-intelligence nixos-intelligence --branch main']
      : [`${sudo}nix-channel --add ${url} nixos-intelligence`, `${sudo}nix-channel --update`],
  };
  const imported = `(import ${source}).${attribute[kind]}.default`;
  const settings = enableStep(kind, [kind], peopleOf(setup, user)).lines;
  const steps = (chosen.length > 0 ? chosen : [{ file: 'configuration.nix', imports: null }]).map(
    ({ file, imports }): InitStep => ({
      places: [{ file, line: imports?.line ?? null }],
      where: imports === null ? 'in the module' : 'in `imports`; the options beside it',
      lines: [imports === null ? `imports = [ ${imported} ];` : imported, ...settings],
    }),
  );
  return {
    kind: hasNpins ? 'npins' : 'channels',
    enabled: null,
    steps: [pin, ...steps],
    next: [isNixos ? 'nixos-rebuild build' : 'home-manager build'],
  };
}
