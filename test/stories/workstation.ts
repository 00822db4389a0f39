import type { Evaluated } from '../../generators/evidence/evaluated.ts';
import type { OptionDocs } from '../../generators/evidence/option-docs.ts';
import type { PolicyOptions } from '../../generators/evidence/policies.ts';
import type { Settings } from '../../generators/evidence/settings.ts';
import type { Story } from './take-snapshots.ts';
import { evaluatedPackages, moduleFiles, packageClosure, packageCommands } from './workstation-packages.ts';

/** A large host of one user with a home-manager configuration, written for the golden output. */
const evaluated: Evaluated = {
  schemaVersion: 1,
  platform: 'nixos',
  host: {
    name: 'workstation',
    system: 'x86_64-linux',
    stateVersion: '24.05',
    release: '26.11',
    kernel: '6.12.54',
    desktop: ['hyprland'],
  },
  user: {
    name: 'kim',
    home: '/home/kim',
    shell: 'fish',
    groups: ['wheel', 'networkmanager', 'video', 'dialout'],
    homeManager: true,
  },
  nixpkgs: { release: '26.11', revision: '0123456789abcdef0123456789abcdef01234567' },
  nixVersion: '2.32.4',
  flake: {
    used: true,
    checkout: '/home/kim/src/machines',
    attribute: 'workstation',
    inputs: [
      { name: 'home-manager', revision: 'fedcba9876543210fedcba9876543210fedcba98', lastModified: 1_793_000_000 },
      { name: 'nixpkgs', revision: '0123456789abcdef0123456789abcdef01234567', lastModified: 1_794_000_000 },
    ],
  },
  packages: [
    ...evaluatedPackages(),
    {
      id: 'git',
      name: 'git',
      version: '2.51.2',
      description: 'Distributed version control system',
      mainProgram: 'git',
      homepage: 'https://example.org/git',
      licenses: ['GPL-2.0-only'],
      scopes: ['home'],
      base: false,
      declarations: [{ list: 'home.packages', file: 'home/git.nix', by: 'programs.git' }],
    },
  ],
  options: [
    option('services.openssh', 'services/remote.nix', 'Whether to enable the OpenSSH secure shell daemon.'),
    option('services.tailscale', 'services/remote.nix', 'Whether to enable Tailscale client daemon.'),
    option('services.postgresql', 'services/databases.nix', 'Whether to enable PostgreSQL Server.'),
    option('services.redis', 'services/databases.nix', null),
    option('services.pipewire', 'hosts/workstation.nix', 'Whether to enable PipeWire service.'),
    option('services.printing', 'hosts/workstation.nix', 'Whether to enable printing support through the CUPS daemon.'),
    option('services.fwupd', 'hosts/workstation.nix', 'Whether to enable fwupd, a firmware update daemon.'),
    option('networking.networkmanager', 'hosts/workstation.nix', 'Whether to use NetworkManager.'),
    option('programs.hyprland', 'hosts/workstation.nix', 'Whether to enable Hyprland, a tiling compositor.'),
    option('programs.fish', 'modules/shell.nix', 'Whether to configure fish as an interactive shell.'),
    { ...option('programs.git', 'home/git.nix', 'Whether to enable Git.'), scope: 'home' },
    { ...option('programs.direnv', 'home/shell.nix', 'Whether to enable direnv.'), scope: 'home' },
    { ...option('programs.neovim', 'home/writing.nix', 'Whether to enable Neovim.'), scope: 'home' },
  ],
  aliases: [
    alias('ls', 'all', 'alias', ['eza']),
    alias('cat', 'fish', 'alias', ['bat']),
    alias('top', 'fish', 'alias', ['btop']),
    alias('k', 'fish', 'abbreviation', ['kubectl']),
    alias('gco', 'fish', 'abbreviation', ['git']),
    alias('big', 'fish', 'alias', ['dust', 'head']),
  ],
  agents: ['claude-code', 'codex', 'opencode'].map((name) => ({ name, scope: 'home', files: ['home/agents.nix'] })),
  mcpServers: [
    { name: 'github', type: 'stdio', option: 'programs.claude-code.mcpServers' },
    { name: 'postgres', type: 'stdio', option: 'programs.claude-code.mcpServers' },
    { name: 'issues', type: 'http', option: 'programs.claude-code.mcpServers' },
  ],
  skipped: [
    { what: 'steam', why: 'its license is unfree, and the configuration does not allow it' },
    { what: 'services.minetest', why: 'removed' },
  ],
};

/** The index: documentation and settings of the options that the files enable. */
const optionDocs: OptionDocs = {
  schemaVersion: 1,
  options: evaluated.options.map(({ option: name, scope, description }) => ({
    name: `${name}.enable`,
    scope,
    type: 'boolean',
    default: 'false',
    ...(description === null ? {} : { description }),
    declaredIn: [{ file: `${scope === 'home' ? 'home-manager' : 'nixos'}/modules/${name.replaceAll('.', '/')}.nix` }],
  })),
  renamed: [],
  missing: [],
};
const settingsOfOptions: Evaluated['settings'] = evaluated.options.map(({ option: name, scope, places }) => ({
  option: `${name}.enable`,
  scope,
  priority: 100,
  places,
  value: 'true',
}));

function option(name: string, file: string, description: string | null): Evaluated['options'][number] {
  return { option: name, scope: 'system', places: [{ file }], description };
}

function alias(
  name: string,
  shell: Evaluated['aliases'][number]['shell'],
  kind: Evaluated['aliases'][number]['kind'],
  commands: string[],
): Evaluated['aliases'][number] {
  return { name, shell, kind, commands, files: ['modules/shell.nix'] };
}

const closure = packageClosure({ 'services.openssh': 'openssh' });
const git = { path: '00000000000000000000000000000017-git-2.51.2', references: [], narSize: 50_000_000 };

const policies: PolicyOptions = {
  schemaVersion: 1,
  decisions: {
    modernCli: 'advise',
    nativeCli: 'ask',
    declarativeInstalls: 'block',
    generatedFiles: 'block',
    destructive: 'block',
    secrets: 'block',
  },
  settings: { keep: ['find'] },
  unclear: 'ask',
  count: true,
  rules: {
    'no-production-cluster': {
      command: ['kubectl', 'helm'],
      subcommand: ['delete'],
      flags: null,
      path: null,
      tool: null,
      decision: 'ask',
      reason: 'The context may be the production cluster.',
      instead: 'kubectl --context staging',
    },
    'generated-clients': {
      command: null,
      subcommand: null,
      flags: null,
      path: ['**/generated/**'],
      tool: ['Write', 'Edit'],
      decision: 'block',
      reason: 'Clients are generated from the schema.',
      instead: 'just generate',
    },
    'force-push': {
      command: ['git'],
      subcommand: ['push'],
      flags: ['--force'],
      path: null,
      tool: null,
      decision: 'advise',
      reason: 'Somebody may have pushed meanwhile.',
      instead: 'git push --force-with-lease',
    },
  },
  generated: [
    { target: '/etc/ssh/sshd_config', files: ['services/remote.nix'], by: 'services.openssh' },
    { target: '.config/git/config', files: ['home/git.nix'], by: 'programs.git' },
    { target: '.config/nvim/init.lua', files: ['home/writing.nix'], by: 'programs.neovim' },
    { target: '.config/kitty/kitty.conf', files: ['home/shell.nix'], by: 'home.file' },
  ],
  rebuildCommand: 'nh os switch',
  text: '# House rules\n\n- Write commit messages in English.\n- Ask before you touch `hosts/`.\n',
};

const settings: Partial<Settings> = {
  schemaVersion: 1,
  budget: { lines: null, tokens: null },
  agents: {},
  folder: '~/.claude',
  rebuildCommand: 'nh os switch',
  parts: null,
};

/** The input folder but its snapshots, by file. */
export const workstationEvidence: Readonly<Record<string, unknown>> = {
  'evaluated.json': { ...evaluated, settings: settingsOfOptions },
  'options.json': optionDocs,
  'commands.json': withGit(packageCommands()),
  'closure.json': { ...closure, roots: { ...closure.roots, git: [git.path] }, paths: [...closure.paths, git] },
  'policies.json': policies,
  'settings.json': settings,
};

function withGit({ packages, ...rest }: ReturnType<typeof packageCommands>): ReturnType<typeof packageCommands> {
  return { ...rest, packages: { ...packages, git: ['git', 'gitk', 'scalar'] } };
}

const files = {
  ...moduleFiles(),
  'services/remote.nix': '{\n  services.openssh.enable = true;\n  services.tailscale.enable = true;\n}\n',
  'services/databases.nix': '{\n  services.postgresql.enable = true;\n  services.redis.enable = true;\n}\n',
  'home/git.nix': '{\n  programs.git.enable = true; # signs with the YubiKey\n}\n',
  'flake.nix': '{\n  outputs = inputs: { };\n}\n',
};

/** The past of the large host: many packages at once, then changes with and without reasons. */
export const workstation: Story = {
  takenOn: '2026-11-20',
  repository: {
    files,
    former: [
      ['modules/files.nix', 'with pkgs', '    mc'],
      ['modules/shell.nix', 'with pkgs', '    alacritty'],
      ['modules/containers.nix', 'with pkgs', '    terraform'],
      ['modules/containers.nix', 'with pkgs', '    minikube'],
      ['modules/languages.nix', 'with pkgs', '    yarn'],
      ['modules/languages.nix', 'with pkgs', '    nodejs_20'],
      ['modules/git.nix', 'with pkgs', '    mercurial'],
      ['home/writing.nix', 'with pkgs', '    emacs'],
      ['modules/network.nix', 'with pkgs', '    httpie'],
    ],
    commits: [
      { day: '2024-06-01', author: 'Kim Example', message: 'Move the workstation to a flake' },
      {
        day: '2024-08-12',
        author: 'Kim Example',
        message: 'kitty in place of alacritty, for its tabs',
        adds: ['kitty'],
        removes: ['alacritty'],
      },
      {
        day: '2024-11-03',
        author: 'Robin Example',
        message: 'containers: terraform -> opentofu\n\nThe license of terraform no longer fits our customers.',
        adds: ['opentofu'],
        removes: ['terraform'],
      },
      {
        day: '2025-01-15',
        author: 'Kim Example',
        message: 'Add duckdb\n\nThe monthly report reads ten gigabytes of Parquet.',
        adds: ['duckdb'],
      },
      {
        day: '2025-02-02',
        author: 'Kim Example',
        message: 'Add tools for network measurements',
        adds: ['iperf3', 'mtr', 'oha'],
      },
      { day: '2025-03-09', author: 'Kim Example', message: 'drop mercurial', removes: ['mercurial'] },
      {
        day: '2025-04-27',
        author: 'Kim Example',
        message: 'Replace yarn with pnpm, which does not copy packages',
        adds: ['pnpm'],
        removes: ['yarn'],
      },
      {
        day: '2025-06-21',
        author: 'Kim Example',
        message: 'languages: nodejs_20 -> nodejs_22',
        adds: ['nodejs_22'],
        removes: ['nodejs_20'],
      },
      {
        day: '2025-07-05',
        author: 'Robin Example',
        message: 'Remove minikube because kind starts in a quarter of the time',
        adds: ['kind'],
        removes: ['minikube'],
      },
      {
        day: '2025-09-14',
        author: 'Kim Example',
        message: 'Try helix; see <https://example.org/helix> and mail kim@example.org',
        adds: ['helix'],
      },
      {
        day: '2025-11-30',
        author: 'Kim Example',
        message: 'Remove emacs, nobody has started it for a year',
        removes: ['emacs'],
      },
      {
        day: '2026-01-11',
        author: 'Kim Example',
        message: 'Add age and sops to keep secrets in this repository',
        adds: ['age', 'sops'],
        tag: 'secrets',
      },
      {
        day: '2026-03-08',
        author: 'Kim Example',
        message: 'Replace httpie with xh',
        adds: ['xh'],
        removes: ['httpie'],
      },
      {
        day: '2026-05-17',
        author: 'Kim Example',
        message: 'Databases for the shop: PostgreSQL and Redis, as in production',
        adds: ['services.postgresql', 'services.redis'],
      },
      {
        day: '2026-07-19',
        author: 'Kim Example',
        message: 'Add agents: claude-code for the shop, codex and opencode to compare',
        adds: ['claude-code', 'codex', 'opencode'],
      },
      { day: '2026-07-20', author: 'Kim Example', message: 'Add mc', adds: ['mc'] },
      { day: '2026-07-26', author: 'Kim Example', message: 'Revert "Add mc"', removes: ['mc'] },
      { day: '2026-08-30', author: 'Kim Example', message: 'Add yazi, which shows pictures in kitty', adds: ['yazi'] },
      { day: '2026-11-01', author: 'Kim Example', message: 'Add jujutsu', adds: ['jujutsu'] },
    ],
  },
  programs: ['.cargo/bin/tokei', '.npm-global/bin/serve', '.local/bin/terraform'],
  sessions: [
    {
      shell: 'zsh',
      from: '2024-06-02',
      to: '2024-09-30',
      lines: [
        ['git status', 20],
        ['grep -r handler src', 9],
        ['vim notes.md', 7],
        ['make test', 12],
        ['ps aux | grep node', 6],
      ],
    },
    {
      shell: 'bash',
      from: '2025-01-01',
      to: '2026-11-15',
      lines: [
        ['kubectl get pods ;; kubectl logs shop', 24],
        ['ssh build', 15],
        ['journalctl -u shop | tail -n 50', 11],
        ['sudo systemctl restart shop ;; systemctl status shop', 8],
      ],
    },
    {
      shell: 'fish',
      from: '2024-10-01',
      to: '2026-11-19',
      lines: [
        ['rg "Handler%" src', 140],
        ['grep -r "old%" legacy', 12],
        ['fd "test%" .', 66],
        ['find . -name "*.test%.ts"', 14],
        ['nvim src/%.ts', 210],
        ['hx notes/%.md', 12],
        ['git add src/% ;; git commit -m "step %"', 160],
        ['git pull --rebase origin topic-%', 45],
        ['git rebase -i HEAD~%', 20],
        ['lazygit -p shop-%', 12],
        ['just test module%', 130],
        ['make module%', 11],
        ['pnpm add package-%', 33],
        ['pnpm run build-%', 48],
        ['npm publish package-%', 9],
        ['uv sync --group g%', 40],
        ['ruff check src/% ;; ruff format src/%', 22],
        ['cargo build -p crate% ;; cargo test -p crate%', 37],
        ['go test ./pkg%', 19],
        ['kubectl logs -f pod-%', 52],
        ['helm upgrade shop-% .', 17],
        ['k9s -n shop%', 28],
        ['tofu plan -out p% ;; tofu apply p%', 18],
        ['terraform plan -out %', 21],
        ['jq ".[%]" report.json', 44],
        ['curl -s localhost:% | jq .', 37],
        ['wget https://example.org/%', 8],
        ['xh :80% status', 61],
        ['duckdb report%.db', 16],
        ['psql -d shop%', 25],
        ['poetry install --only g%', 5],
        ['cat log% | grep WARN', 23],
        ['sort names% | uniq', 9],
        ['grep WARN log% | wc -l', 6],
        ['tokei src%', 26],
        ['serve dist%', 22],
        ['nix run nixpkgs#cowsay -- %', 6],
        ['nix shell nixpkgs#ffmpeg-full -c ffmpeg -i in%.mkv out%.mp4', 5],
        ['nh os switch --ask . -- --option a %', 41],
        ['restic backup folder%', 12],
        ['pandoc notes%.md -o notes%.pdf', 13],
        ['typst compile report%.typ', 10],
        ['ffmpeg -i cut%.mov cut%.mp4', 9],
        ['dust folder%', 24],
        ['btop --preset %', 30],
        ['tmux new -s shop%', 35],
        ['zellij attach %', 6],
        ['claude "explain %"', 55],
        ['codex "review %"', 12],
        ['gh pr create -t "Change %" ;; gh pr view %', 27],
        ['sudo journalctl -u service%', 10],
        ['cd src/%', 180],
      ],
    },
    {
      shell: 'atuin',
      from: '2026-08-01',
      to: '2026-11-19',
      lines: [
        ['lazydocker --debug broken-%', 5],
        ['bluetoothctl connect broken-%', 6],
        ['helm upgrade broken-% .', 6],
        ['helm upgrade shop-% . --wait', 4],
        ['git push origin shop-%', 30],
        ['git push origin broken-%', 2],
        ['cargo run -p broken-%', 9],
        ['jj log -r %', 15],
        ['gcloud auth broken-%', 7],
        ['gcloud run deploy shop-%', 5],
        ['aws s3 ls s3://bucket-%', 9],
      ],
    },
  ],
};
