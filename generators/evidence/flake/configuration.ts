import { hostname } from 'node:os';
import type * as z from 'zod';
import { UserError } from '../../errors.ts';
import { visible } from '../../text.ts';
import type { Evaluated } from '../evaluated.ts';
import { NixFailure, nixBuild, nixEval, nixHash } from './nix.ts';
import { attributeNames, configurationAnswer } from './nix-answers.ts';

/** A configuration in a flake: `FLAKE#HOST`, or for home-manager `FLAKE#user@host` or `FLAKE#user`. */
export interface Configuration {
  flake: string;
  name: string;
  /** The flake output that is searched first. */
  kind: 'nixosConfigurations' | 'homeConfigurations';
}

export interface BuiltOutput {
  /** User -> the folder with that user's CLAUDE.md. */
  folders: Map<string, string>;
  /** Whether the configuration enables the module; otherwise the module was added for this evaluation. */
  enabled: boolean;
  /** By user, where a package cannot be built: what evaluation alone gives. */
  evaluated: Map<string, Evaluated>;
  /** Why nothing was built, or null. */
  failure: string | null;
}

/**
 * Builds what a rebuild of this configuration would write. A configuration that does not import the module is
 * evaluated as if it did, for each of its normal users.
 *
 * @param source the source of our flake: needed if the configuration does not import the module
 * @param options passed to nix
 * @throws UserError listing the flake's configurations, if it does not have this one
 */
export async function buildOutputOf(
  configuration: Configuration,
  source: string | undefined,
  options: readonly string[],
): Promise<BuiltOutput> {
  const { output, evidence, evaluated, enabled, kind } = await evaluate(configuration, source, options);
  let path: string | undefined;
  try {
    [path] = await nixBuild(`${output}^out`, options);
  } catch (error) {
    const only = Object.entries(evaluated).flatMap(([user, found]) => (found === null ? [] : [[user, found] as const]));
    if (!(error instanceof NixFailure) || only.length === 0) throw error;
    return { folders: new Map(), enabled, evaluated: new Map(only), failure: error.message };
  }
  const folders = Object.keys(evidence).map(
    (user) => [user, kind === 'nixosConfigurations' ? `${path}/${user}` : (path ?? '')] as const,
  );
  return { folders: new Map(folders), enabled, evaluated: new Map(), failure: null };
}

/**
 * Builds only the evidence about one user of a configuration.
 *
 * @param wished the user; null: see {@link userAmong}
 * @returns the folder
 * @throws UserError as {@link buildOutputOf}
 */
export async function buildEvidenceOf(
  configuration: Configuration,
  wished: string | null,
  source: string | undefined,
  options: readonly string[],
): Promise<string> {
  const { evidence } = await evaluate(configuration, source, options);
  const user = userAmong(Object.keys(evidence), wished, configuration);
  const [path = ''] = await nixBuild(`${evidence[user]}^out`, options);
  return path;
}

/**
 * The user whose context is meant: `wished`, else the current user, else the first.
 *
 * @throws UserError `usage` if the configuration has no such user
 */
export function userAmong(
  users: readonly string[],
  wished: string | null,
  { flake, name }: Pick<Configuration, 'flake' | 'name'>,
): string {
  const found = wished ?? users.find((user) => user === process.env.USER) ?? users[0];
  if (found !== undefined && users.includes(found)) return found;
  throw new UserError(
    'usage',
    `\`${visible(`${flake}#${name}`)}\` has no output for ${found ? `the user \`${visible(found)}\`` : 'any user'}`,
    {
      hint: users.length > 0 ? `--user ${users.join(' or ')}` : 'set programs.nixos-intelligence.users = [ "name" ]',
    },
  );
}

async function evaluate(
  configuration: Configuration,
  source: string | undefined,
  options: readonly string[],
): Promise<z.infer<typeof configurationAnswer> & Pick<Configuration, 'kind'>> {
  const { flake, kind, name } = configuration;
  const module = source ? await moduleOf(source, kind) : 'throw "no-source"';
  const apply = kind === 'nixosConfigurations' ? applyToHost(module, name) : applyToHome(module);
  try {
    const answer = await nixEval(`${flake}#.${kind}.${nixName(name)}`, apply, configurationAnswer, options);
    return { ...answer, kind };
  } catch (error) {
    if (!(error instanceof NixFailure) || !isMissing(error)) throw explained(error, configuration);
    const existing = await configurationsIn(flake, options);
    const other = kind === 'nixosConfigurations' ? 'homeConfigurations' : 'nixosConfigurations';
    if (existing[kind].includes(name)) throw error; // something else is missing, which Nix names
    if (existing[other].includes(name)) {
      return evaluate({ ...configuration, kind: other }, source, options);
    }
    throw unknownConfiguration(configuration, existing, await namesIn(flake, 'darwinConfigurations', options));
  }
}

/**
 * `FLAKE#HOST`, `FLAKE#user@host`, `FLAKE#nixosConfigurations.HOST`. Without a name the host has that of this machine,
 * as for nixos-rebuild.
 *
 * @throws UserError `usage` for a text that names no configuration
 */
export function parseConfiguration(text: string): Configuration {
  const at = text.lastIndexOf('#');
  const flake = (at < 0 ? text : text.slice(0, at)) || '.';
  if (at < 0 && !/^[.~/]|[:/]/.test(text)) {
    throw new UserError('usage', `expected FLAKE#HOST or FLAKE#user@host, got \`${visible(text)}\``, {
      hint: 'for the configuration in this folder: nixos-intelligence preview .#HOST',
    });
  }
  const given = at < 0 ? '' : text.slice(at + 1);
  const [, kind, quoted, plain] = /^\.?(nixosConfigurations|homeConfigurations)\.(?:"([^"]+)"|(.+))$/.exec(given) ?? [];
  const name = quoted ?? plain ?? (given || hostname());
  const isHome = kind === undefined ? name.includes('@') : kind === 'homeConfigurations';
  return { flake, name, kind: isHome ? 'homeConfigurations' : 'nixosConfigurations' };
}

function applyToHost(module: string, name: string): string {
  return `c: let
    enabled = c.config.programs.nixos-intelligence.enable or false;
    people = builtins.filter (n: c.config.users.users.\${n}.isNormalUser) (builtins.attrNames c.config.users.users);
    extended = c.extendModules { modules = [ (${module}) { programs.nixos-intelligence = { enable = true; users = people; flake.attribute = ${nixString(name)}; }; } ]; };
    config = (if enabled then c else extended).config;
    asked = config.programs.nixos-intelligence.users;
    unknown = builtins.filter (n: !(config.users.users ? \${n})) (builtins.attrNames asked);
  in if unknown != [ ] then
    throw ''The option \`programs.nixos-intelligence.users' has "\${builtins.head unknown}", which is not a user.''
  else {
    inherit enabled;
    output = config.system.build.nixosIntelligence.drvPath;
    evidence = builtins.mapAttrs (_: u: u.output.evidence.drvPath) asked;
    evaluated = builtins.mapAttrs (_: u: u.output.evaluated or null) asked;
  }`;
}

function applyToHome(module: string): string {
  return `c: let
    enabled = c.config.programs.nixos-intelligence.enable or false;
    extended = c.extendModules { modules = [ (${module}) { programs.nixos-intelligence.enable = true; } ]; };
    config = (if enabled then c else extended).config;
  in {
    inherit enabled;
    output = config.programs.nixos-intelligence.output.drvPath;
    evidence.\${config.home.username} = config.programs.nixos-intelligence.output.evidence.drvPath;
    evaluated.\${config.home.username} = config.programs.nixos-intelligence.output.evaluated or null;
  }`;
}

/** Our module as an expression for pure evaluation, which reads a folder only with its hash. */
async function moduleOf(source: string, kind: Configuration['kind']): Promise<string> {
  const file = kind === 'nixosConfigurations' ? 'nixos.nix' : 'home-manager.nix';
  const tree = `builtins.fetchTree { type = "path"; path = ${JSON.stringify(source)}; narHash = "${await nixHash(source)}"; }`;
  return `(${tree}).outPath + "/nix/${file}"`;
}

function explained(error: unknown, { name }: Configuration): unknown {
  if (!(error instanceof NixFailure) || !error.stderr.includes('no-source')) return error;
  return new UserError('no-module', `\`${visible(name)}\` does not enable programs.nixos-intelligence`, {
    hint: 'run the installed nixos-intelligence, or set NIXOS_INTELLIGENCE_FLAKE to its source folder, to preview it without importing the module',
  });
}

function isMissing({ stderr }: NixFailure): boolean {
  return /does not provide attribute|attribute '[^']*' (?:missing|not found)/.test(stderr);
}

async function configurationsIn(
  flake: string,
  options: readonly string[],
): Promise<Record<Configuration['kind'], string[]>> {
  return {
    nixosConfigurations: await namesIn(flake, 'nixosConfigurations', options),
    homeConfigurations: await namesIn(flake, 'homeConfigurations', options),
  };
}

/** The names below an output of a flake; none where it is absent or does not evaluate. */
function namesIn(flake: string, output: string, options: readonly string[]): Promise<string[]> {
  return nixEval(`${flake}#.${output}`, 'builtins.attrNames', attributeNames, options).catch(() => []);
}

function unknownConfiguration(
  { flake, kind, name }: Configuration,
  names: Record<Configuration['kind'], string[]>,
  darwin: readonly string[],
): UserError {
  if (darwin.includes(name)) {
    return new UserError(
      'no-configuration',
      `\`${visible(name)}\` is a configuration of nix-darwin, which is not supported`,
      {
        hint: 'its home-manager configuration can be read if it is in homeConfigurations',
      },
    );
  }
  const existing = Object.entries(names)
    .filter(([, some]) => some.length > 0)
    .map(([each, some]) => `${each}: ${some.map((one) => `\`${visible(one)}\``).join(', ')}`);
  return new UserError('no-configuration', `\`${visible(flake)}\` has no ${kind}.${visible(nixName(name))}`, {
    hint:
      existing.length > 0
        ? `it has ${existing.join('; ')}`
        : 'it has neither nixosConfigurations nor homeConfigurations',
  });
}

/** A text as a Nix string. */
const nixString = (text: string): string => JSON.stringify(text).replaceAll('${', '\\${');

/** A name as an attribute, also with `@` or a dot in it. */
function nixName(name: string): string {
  return /^[a-zA-Z_][\w'-]*$/.test(name) ? name : JSON.stringify(name);
}
