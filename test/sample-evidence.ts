import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Commands } from '../generators/evidence/commands.ts';
import type { Evaluated, EvaluatedPackage } from '../generators/evidence/evaluated.ts';

/** A package that a file of the user's declares, with what a test says of it. */
export function samplePackage(one: Partial<EvaluatedPackage> & { name: string }): EvaluatedPackage {
  return {
    id: one.name,
    version: '1.0',
    description: null,
    mainProgram: null,
    homepage: null,
    licenses: [],
    scopes: ['system'],
    base: false,
    declarations: [{ list: 'environment.systemPackages', file: 'modules/packages.nix', by: null }],
    ...one,
  };
}

/** A NixOS host of one user, valid and small, with what a test says of it. */
export function sampleEvaluated(one: Partial<Evaluated> = {}): Evaluated {
  return {
    schemaVersion: 1,
    platform: 'nixos',
    host: {
      name: 'elm',
      system: 'x86_64-linux',
      stateVersion: '26.05',
      release: '26.11',
      kernel: '6.12.54',
      desktop: ['gnome'],
    },
    user: { name: 'ann', home: '/home/ann', shell: 'fish', groups: ['wheel', 'docker'], homeManager: false },
    nixpkgs: { release: '26.11', revision: null },
    nixVersion: '2.31.2',
    flake: { used: true, checkout: '/home/ann/config', attribute: 'elm', inputs: [] },
    packages: [
      samplePackage({ name: 'ripgrep', mainProgram: 'rg', description: 'Utility that searches directories' }),
      samplePackage({ name: 'jq', mainProgram: 'jq', description: 'Command-line JSON processor' }),
    ],
    options: [
      {
        option: 'virtualisation.docker',
        scope: 'system',
        places: [{ file: 'modules/docker.nix' }],
        description: 'Whether to enable docker, a daemon that manages linux containers.',
      },
    ],
    aliases: [],
    agents: [],
    mcpServers: [],
    skipped: [],
    ...one,
  };
}

/** Each package's main program, or its name, as its command. */
export function sampleCommands({ packages }: Pick<Evaluated, 'packages'>): Commands {
  return {
    schemaVersion: 1,
    packages: Object.fromEntries(packages.map(({ id, name, mainProgram }) => [id, [mainProgram ?? name]])),
  };
}

/** Writes an input folder; a value that is no text is written as JSON. */
export function plantEvidence(folder: string, files: Readonly<Record<string, unknown>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    const raw = typeof content === 'string' || Buffer.isBuffer(content);
    writeFileSync(join(folder, path), raw ? content : JSON.stringify(content));
  }
}
