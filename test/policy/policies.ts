import type { Policies } from '../../generators/policy/schema.ts';

const tool = (command: string, by: string, name: string) => ({
  command,
  by,
  package: name,
  file: 'modules/packages.nix',
});

/** Every ready-made rule at its default, on a host that has all the modern tools. */
export const allDefaults: Policies = {
  schemaVersion: 1,
  unclear: 'ask',
  count: false,
  rules: [
    {
      rule: 'modern-cli',
      decision: 'advise',
      replacements: [
        tool('grep', 'rg', 'ripgrep'),
        tool('egrep', 'rg', 'ripgrep'),
        tool('fgrep', 'rg', 'ripgrep'),
        tool('find', 'fd', 'fd'),
        tool('ls', 'eza', 'eza'),
        tool('tree', 'eza', 'eza'),
        tool('cat', 'bat', 'bat'),
        tool('sed', 'sd', 'sd'),
        tool('du', 'dust', 'du-dust'),
        tool('df', 'duf', 'duf'),
        tool('ps', 'procs', 'procs'),
      ],
    },
    {
      rule: 'native-cli',
      decision: 'advise',
      clis: [
        { command: 'gh', servers: ['github', 'gh'], package: 'gh', file: 'modules/packages.nix' },
        { command: 'kubectl', servers: ['kubernetes', 'k8s'], package: 'kubectl', file: null },
      ],
    },
    {
      rule: 'declarative-installs',
      decision: 'block',
      declareIn: '`environment.systemPackages` in `modules/packages.nix`',
      rebuild: 'sudo nixos-rebuild switch --flake .#host',
    },
    {
      rule: 'generated-files',
      decision: 'block',
      checkout: '~/nixos',
      targets: [
        { target: '.config/fish/config.fish', files: ['home/fish.nix'], by: 'programs.fish' },
        { target: '.config/git/config', files: ['home/git.nix'], by: 'programs.git' },
        { target: '/etc/hosts', files: ['hosts.nix'], by: 'networking.hosts' },
        { target: '/etc/ssh/sshd_config', files: ['ssh.nix'], by: 'services.openssh' },
      ],
    },
    { rule: 'destructive', decision: 'ask' },
    { rule: 'secrets', decision: 'block' },
  ],
  inactive: [],
};
