import type { PolicyOptions } from '../../generators/evidence/policies.ts';
import { compilePolicies } from '../../generators/policy/compile.ts';
import type { Policies } from '../../generators/policy/schema.ts';
import { sampleCommands, sampleEvaluated, samplePackage } from '../sample-evidence.ts';

const evaluated = sampleEvaluated({
  flake: { used: true, checkout: '~/nixos', attribute: 'host', inputs: [] },
  packages: Object.entries({
    ...{ ripgrep: 'rg', fd: 'fd', eza: 'eza', bat: 'bat', sd: 'sd', 'du-dust': 'dust', duf: 'duf', procs: 'procs' },
    ...{ gh: 'gh', kubectl: 'kubectl' },
  }).map(([name, mainProgram]) => samplePackage({ name, mainProgram })),
});

const options: PolicyOptions = {
  schemaVersion: 1,
  decisions: {},
  settings: {},
  rules: {},
  unclear: 'ask',
  count: false,
  generated: [
    { target: '.config/fish/config.fish', files: ['home/fish.nix'], by: 'programs.fish' },
    { target: '.config/git/config', files: ['home/git.nix'], by: 'programs.git' },
    { target: '/etc/hosts', files: ['hosts.nix'], by: 'networking.hosts' },
    { target: '/etc/ssh/sshd_config', files: ['ssh.nix'], by: 'services.openssh' },
  ],
  rebuildCommand: null,
  text: null,
};

/** The policies compiled from these options, every other option at its default, on a host with all the modern tools. */
export function policiesWith(changes: Partial<PolicyOptions>, flake = evaluated.flake): Policies {
  return compilePolicies(
    { ...options, ...changes },
    { evaluated: { ...evaluated, flake }, commands: sampleCommands(evaluated) },
  );
}

/** Every ready-made rule at its default, on a host with all the modern tools. */
export const allDefaults = policiesWith({});

/** With every replacement that `modernCli` knows. */
export const allReplacements = policiesWith({
  settings: { replaced: ['grep', 'egrep', 'fgrep', 'find', 'ls', 'tree', 'cat', 'sed', 'du', 'df', 'ps'] },
});
