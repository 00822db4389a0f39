import * as z from 'zod';
import { commandName, packageId, place, sourceFile } from './common.ts';
import { optionDoc } from './option-docs.ts';

/** A declaration of a package: an entry in a list, or an enabled option whose module adds it. */
export const declaration = z.strictObject({
  list: z
    .string()
    .describe(
      'the option that contains the list: `environment.systemPackages`, `users.users.ann.packages`, `home.packages`',
    ),
  file: sourceFile.describe("the user's file that declares it; with `by`, the file that enables that option"),
  line: z.int().positive().optional().describe('from 1; absent where unknown'),
  attribute: z.string().optional().describe('as written in the file: `kdePackages.okular`; absent where unknown'),
  renamedTo: z
    .string()
    .optional()
    .describe('the current name of the attribute, where nixpkgs has `attribute` only as a former name'),
  by: z
    .string()
    .nullable()
    .describe(
      'the enabled option whose module adds the package, as `programs.git`; null where a file names the package itself',
    ),
});

/** Why nixpkgs refuses a package unless the configuration allows it. */
const packageMark = z.strictObject({
  kind: z.enum(['broken', 'insecure', 'unfree']),
  why: z.array(z.string()).describe('the licenses, or the known vulnerabilities as nixpkgs words them'),
  allowedBy: z
    .array(z.strictObject({ option: z.string(), places: z.array(place) }))
    .optional()
    .describe('options below `nixpkgs.config` that the configuration sets and that can allow it'),
});

/** How a declared package differs from that of the plain nixpkgs. Each part is absent where it does not differ. */
export const provenance = z.strictObject({
  origin: place
    .optional()
    .describe(
      'where its version is written, outside of the nixpkgs of this configuration: `overlay.nix`, or `nixpkgs-unstable:pkgs/…` in another input',
    ),
  overlay: place.optional().describe('the overlay that defines the attribute'),
  plainVersion: z.string().optional().describe('version of the attribute of this name in nixpkgs without overlays'),
  marks: z.array(packageMark).optional(),
});

export const evaluatedPackage = z.strictObject({
  id: packageId,
  name: z.string().describe('pname, or the name without its version'),
  version: z.string().nullable(),
  description: z.string().nullable().describe('meta.description'),
  mainProgram: z.string().nullable().describe('meta.mainProgram; commands.json has the commands that exist'),
  homepage: z.string().nullable(),
  licenses: z.array(z.string()).describe('SPDX identifiers, or nixpkgs short names where there is none'),
  scopes: z
    .array(z.enum(['system', 'user', 'home']))
    .describe('system: environment.systemPackages; user: users.users.<name>.packages; home: home.packages'),
  base: z.boolean().describe('true: added by NixOS, not by a file of the user'),
  declarations: z.array(declaration).describe('every declaration; empty for base packages'),
  ...provenance.shape,
  namedElsewhere: z
    .array(place)
    .optional()
    .describe(
      'other places in the files of the flake that name it or one of its commands; absent: the files were not read',
    ),
});

export const enabledOption = z.strictObject({
  option: z.string().describe('without the final `.enable`: `services.openssh`'),
  scope: z.enum(['system', 'home']),
  places: z.array(place).min(1).describe('where the user sets it'),
  description: z
    .string()
    .nullable()
    .describe("the noun phrase of the option's description, without `whether to enable`"),
  by: z
    .string()
    .optional()
    .describe("the option of another flake's module that enables this one: `wsl`; `places` are those of that option"),
});

/** An option, possibly in a submodule, that a file of the user sets. */
const setting = z.strictObject({
  option: z.string().describe('`services.openssh.ports`, `users.users.ann.shell`, `fileSystems."/nas".options`'),
  scope: z.enum(['system', 'home']),
  priority: z.int().describe('highestPrio: 50 mkForce, 100 a plain definition, 1000 mkDefault; the lowest wins'),
  places: z.array(place).min(1).describe('where the user sets it'),
  value: z
    .string()
    .optional()
    .describe(
      'in Nix notation, if its type is a boolean, number, enumeration, null or package; else absent. A package is ' +
        '`pkgs.postgresql_16` where the source text plainly says so, else its name and version: `postgresql-16.4`',
    ),
});

const alias = z.strictObject({
  name: z.string(),
  shell: z.enum(['fish', 'bash', 'zsh', 'all']),
  kind: z.enum(['alias', 'abbreviation']),
  commands: z.array(commandName).describe('the commands of its text in order, never arguments'),
  files: z.array(sourceFile),
});

const agent = z.strictObject({
  name: z
    .string()
    .describe('id in the table of coding agents, else the name of the option in `programs`: `claude-code`, `codex`'),
  scope: z.enum(['system', 'home']),
  files: z.array(sourceFile),
});

const mcpServer = z.strictObject({
  name: z.string(),
  type: z
    .enum(['stdio', 'http', 'sse', 'ws', 'unknown'])
    .describe('transport; its command, arguments, address and environment are not recorded'),
  option: z.string().describe('where it is configured: `programs.claude-code.mcpServers`'),
});

const flakeInput = z.strictObject({
  name: z.string(),
  revision: z.string().nullable(),
  lastModified: z.int().nullable().describe('seconds since 1970 UTC, from the lock file'),
  unused: place
    .optional()
    .describe(
      'where flake.nix declares it, if no expression of the configuration names it; absent: used, or not known',
    ),
});

/** Evidence from the module system about one user of one host. Written by `nix/evidence`. */
export const evaluated = z.strictObject({
  schemaVersion: z.literal(1),
  platform: z
    .enum(['nixos', 'home-manager', 'unknown'])
    .describe(
      'home-manager: standalone, the operating system is unknown; unknown: read from a running machine without evaluating a configuration',
    ),
  host: z.strictObject({
    name: z.string().nullable().describe('networking.hostName; null for a standalone home'),
    system: z.string().describe('`x86_64-linux`'),
    stateVersion: z.string().nullable(),
    release: z.string().nullable().describe('NixOS release, `26.11`; null for a standalone home'),
    kernel: z.string().nullable().describe('version of the configured kernel'),
    desktop: z.array(z.string()).describe('enabled desktops and window managers by option name, e.g. `gnome`'),
  }),
  user: z.strictObject({
    name: z.string(),
    home: z.string().nullable().describe('home directory'),
    shell: z.string().nullable().describe('login shell, a command name'),
    groups: z.array(z.string()).describe('extraGroups: wheel, docker, …'),
    homeFile: sourceFile
      .nullable()
      .optional()
      .describe(
        'the file that defines `home-manager.users.<name>` as a function: the module system does not report it',
      ),
    homeManager: z.boolean().describe('whether home-manager manages this user'),
  }),
  nixpkgs: z.strictObject({ release: z.string(), revision: z.string().nullable() }),
  nixVersion: z.string().nullable(),
  flake: z.strictObject({
    used: z.boolean().describe('false: not a flake, rebuilt without an attribute'),
    checkout: z.string().nullable().describe('folder of the configuration, if an option names it'),
    attribute: z.string().nullable().describe('the name after `#`'),
    elevate: z
      .enum(['sudo', 'doas'])
      .nullable()
      .optional()
      .describe('runs a rebuild of NixOS as root; null: the configuration enables neither'),
    wrapper: z
      .string()
      .nullable()
      .optional()
      .describe("the repository's command for a rebuild: `./rebuild`, `just switch`"),
    inputs: z.array(flakeInput),
  }),
  packages: z.array(evaluatedPackage),
  options: z.array(enabledOption),
  foreignOptions: z
    .array(optionDoc)
    .optional()
    .describe("options of other flakes' modules that the user's files set, entirely or in part"),
  settings: z.array(setting).optional().describe('absent when the index is disabled'),
  formerOptions: z
    .array(
      z.strictObject({
        name: z.string().describe('as the file names it: `hardware.opengl.enable`'),
        to: z.string().describe('its current name'),
        file: sourceFile,
        line: z.int().positive(),
      }),
    )
    .optional()
    .describe('options that files of the user set by a name that a module renamed; absent: not looked for'),
  aliases: z.array(alias),
  agents: z.array(agent),
  mcpServers: z.array(mcpServer),
  skipped: z
    .array(z.strictObject({ what: z.string().describe('option or package'), why: z.string() }))
    .describe(
      'options and packages that cannot be evaluated (removed, renamed, unfree, broken), so that none is missing silently',
    ),
});

export type Evaluated = z.infer<typeof evaluated>;
export type EvaluatedPackage = z.infer<typeof evaluatedPackage>;

export type Provenance = z.infer<typeof provenance>;
export type Declaration = z.infer<typeof declaration>;
export type EnabledOption = z.infer<typeof enabledOption>;
export type Setting = z.infer<typeof setting>;
