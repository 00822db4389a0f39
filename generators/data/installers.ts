/** Where a program of PATH may come from other than the configuration. */
export const programSources = [
  '~/.local/bin',
  '/usr/local',
  'a folder of the home',
  'another folder',
  'nix profile',
  'store path',
  'pip',
  'pipx',
  'uv tool',
  'cargo',
  'rustup',
  'go',
  'npm',
  'deno',
  'bun',
  'gem',
  'mise',
  'asdf',
  'brew',
  'flatpak',
  'snap',
  'AppImage',
] as const;

export type ProgramSource = (typeof programSources)[number];

/** Installers whose packages are counted. */
export const installers = [
  'nix profile',
  'pip',
  'pipx',
  'uv tool',
  'cargo',
  'go',
  'npm',
  'brew',
  'flatpak',
  'snap',
] as const;

export type Installer = (typeof installers)[number];
