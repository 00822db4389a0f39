import { expect, test } from 'vitest';
import { locate } from '../../generators/evidence/places.ts';
import { sampleEvaluated, samplePackage } from '../sample-evidence.ts';

const inline = 'flake.nix (inline or imported)';

const sources = {
  'flake.nix': `{
  outputs = { nixpkgs, home-manager, ... }: { nixosModules = import ./modules;
    nixosConfigurations.server = nixpkgs.lib.nixosSystem {
      modules = [ ./hosts/server.nix { services.openssh.enable = true; } ];
    };
    nixosConfigurations.laptop = nixpkgs.lib.nixosSystem {
      modules = [
        ./hosts/laptop.nix
        (import ./modules/desktop.nix { wayland = true; })
        { services.openssh.enable = true; zramSwap.enable = true; }
        { home-manager.users.me = import ./home { inherit nixpkgs; }; }
      ];
    };
  };
}
`,
  'hosts/server.nix': '{ services.nginx.enable = true; }\n',
  'hosts/exported.nix':
    '{ self, ... }: { imports = builtins.attrValues self.nixosModules; networking.useDHCP = false; }\n',
  'modules/default.nix': '{ keys = import ./keys; backup = import ./backup.nix; }\n',
  'modules/keys/default.nix': `{ pkgs, lib, ... }: {
  services.pcscd.enable = true;
  security.pam.u2f = { enable = true; };
  environment.systemPackages = lib.flatten [
    (builtins.attrValues {
      inherit (pkgs)
        yubikey-manager
        pam_u2f
        ;
    })
  ];
}
`,
  'modules/backup.nix': '{ services.borg.enable = true; environment.systemPackages = [ ]; }\n',
  'disks/other.nix': '{ pkgs }: [ pkgs.yubikey-manager ]\n',
  'shells/other.nix': '{ services.pcscd.enable = true; security = { }; }\n',
  'hosts/laptop.nix': `{ config, lib, pkgs, user, ... }: {
  services = {
    # A comment.
    printing = lib.mkIf config.hardware.here {
      enable = true;
    };
    pipewire.alsa.enable = true;
  };
  users.users.\${user} = {
    isNormalUser = true;
    packages = with pkgs; [ steam ];
  };
  environment.systemPackages = import ./packages.nix pkgs;
  programs.nano = disabled;
}
`,
  'hosts/packages.nix': 'pkgs: with pkgs; [\n  ripgrep\n  kdePackages.okular\n]\n',
  'modules/desktop.nix': '{ wayland }: { ... }: {\n  services.xserver.enable = !wayland;\n}\n',
  'home/default.nix': `{ nixpkgs }: { pkgs, ... }: {
  home.packages = [
    pkgs.fd
  ];
  programs.git.enable = true;
  services.openssh.enable = true; # not home-manager's
}
`,
};

const evaluated = {
  ...sampleEvaluated(),
  host: { ...sampleEvaluated().host, name: 'laptop' },
  user: { ...sampleEvaluated().user, homeFile: 'home/default.nix' },
};
const texts = Object.entries(sources).map(([file, text]) => ({ file, text }));

const setting = (option: string, file: string, scope: 'system' | 'home' = 'system') => {
  const settings = [
    {
      option: 'services.printing.enable',
      scope: 'system' as const,
      priority: 100,
      places: [{ file: 'hosts/laptop.nix' }],
    },
    { option, scope, priority: 100, places: [{ file }] },
  ];
  return locate({ ...evaluated, settings }, texts).settings?.[1]?.places[0];
};

test.each<[string, string, string, 'system' | 'home', { file: string; line?: number }]>([
  ['inside mkIf', 'services.printing.enable', 'hosts/laptop.nix', 'system', { file: 'hosts/laptop.nix', line: 5 }],
  ['an option set below it', 'services.pipewire', 'hosts/laptop.nix', 'system', { file: 'hosts/laptop.nix', line: 7 }],
  [
    'a computed name',
    'users.users.me.isNormalUser',
    'hosts/laptop.nix',
    'system',
    { file: 'hosts/laptop.nix', line: 10 },
  ],
  [
    'a value that is not written out',
    'programs.nano.enable',
    'hosts/laptop.nix',
    'system',
    { file: 'hosts/laptop.nix', line: 14 },
  ],
  ['inline, this host and another', 'services.openssh.enable', inline, 'system', { file: 'flake.nix', line: 10 }],
  ['inline, this host alone', 'zramSwap.enable', inline, 'system', { file: 'flake.nix', line: 10 }],
  ['imported as a value', 'services.xserver.enable', inline, 'system', { file: 'modules/desktop.nix', line: 2 }],
  ['the function of a home', 'programs.git.enable', inline, 'home', { file: 'home/default.nix', line: 5 }],
  ['a folder as a module', 'programs.git.enable', 'home', 'home', { file: 'home', line: 5 }],
  [
    'a module of the flake, imported as a value',
    'services.pcscd.enable',
    'hosts/exported.nix',
    'system',
    { file: 'modules/keys/default.nix', line: 2 },
  ],
  [
    'in a set of a module imported as a value',
    'security.pam.u2f.enable',
    'hosts/exported.nix',
    'system',
    { file: 'modules/keys/default.nix', line: 3 },
  ],
  ['of one name, in many files', 'security', 'hosts/exported.nix', 'system', { file: 'hosts/exported.nix' }],
  [
    'a home in a file of the system',
    'programs.git.enable',
    'hosts/exported.nix',
    'home',
    { file: 'home/default.nix', line: 5 },
  ],
  ['nowhere in the text', 'services.cron.enable', inline, 'system', { file: inline }],
  ['another flake', 'services.cron.enable', 'hardware:laptop.nix', 'system', { file: 'hardware:laptop.nix' }],
])('%s: %s', (_, option, file, scope, expected) => {
  expect(setting(option, file, scope)).toEqual(expected);
});

test.each([
  [
    'in its list',
    'steam',
    'users.users.me.packages',
    'hosts/laptop.nix',
    { file: 'hosts/laptop.nix', line: 11, attribute: 'steam' },
  ],
  [
    'in an imported list',
    'ripgrep',
    'environment.systemPackages',
    'hosts/laptop.nix',
    { file: 'hosts/packages.nix', line: 2, attribute: 'ripgrep' },
  ],
  [
    'of a package set',
    'okular',
    'environment.systemPackages',
    'hosts/laptop.nix',
    { file: 'hosts/packages.nix', line: 3, attribute: 'kdePackages.okular' },
  ],
  [
    'in the only file that lists it',
    'fd',
    'home.packages',
    inline,
    { file: 'home/default.nix', line: 3, attribute: 'fd' },
  ],
  [
    'inherited from pkgs, in a module imported as a value',
    'yubikey-manager',
    'environment.systemPackages',
    'hosts/exported.nix',
    { file: 'modules/keys/default.nix', line: 7, attribute: 'yubikey-manager' },
  ],
  ['nowhere', 'jq', 'home.packages', inline, { file: inline }],
])('a package %s: %s', (_, name, list, file, expected) => {
  const one = {
    ...samplePackage({ name, mainProgram: null, description: null }),
    declarations: [{ list, file, by: null }],
  };
  const [found] = locate({ ...evaluated, packages: [one] }, texts).packages;
  expect(found?.declarations[0]).toEqual({ list, by: null, ...expected });
});

/** A home that is a function which imports a file, whose parts are imported as values in turn; and a template of the like. */
const layered = Object.entries({
  'flake.nix': `{
  templates.starter.path = ./templates/starter;
  nixosConfigurations = {
    one = system { modules = [ { home-manager.users.me = args: import ./home.nix args; } ]; };
    two = system { modules = [ { home-manager.users.me = args: import ./home.nix args; } ]; };
  };
}
`,
  'home.nix': `{ pkgs, ... }:
let shared = import ./shared/programs.nix { inherit pkgs; };
in {
  home.packages = pkgs.callPackage ./packages.nix { };
  home.stateVersion = "25.05";
  programs = shared // { gpg.enable = true; };
}
`,
  'packages.nix': '{ pkgs }: import ./shared/packages.nix pkgs ++ [\n  pkgs.wget\n]\n',
  'shared/packages.nix': 'pkgs: with pkgs; [\n  ripgrep\n  wget\n]\n',
  'shared/programs.nix':
    '{ pkgs }: {\n  direnv.enable = true;\n  git = {\n    enable = true;\n    ignores = [ "x" ];\n  };\n}\n',
  'server.nix': '{ environment.systemPackages = import ./server-packages.nix; }\n',
  'server-packages.nix': '{ pkgs }: import ./shared/packages.nix pkgs ++ [ ]\n',
  'templates/starter/home.nix':
    '{\n\n\n  home.packages = [ pkgs.ripgrep pkgs.wget ];\n  programs.gpg.enable = true;\n  home.stateVersion = "1";\n}\n',
}).map(([file, text]) => ({ file, text }));

test.each<[string, { file: string; line?: number }]>([
  ['home.stateVersion', { file: 'home.nix', line: 5 }],
  ['programs.gpg.enable', { file: 'home.nix', line: 6 }],
  ['programs.direnv.enable', { file: 'shared/programs.nix', line: 2 }],
  ['programs.git.ignores', { file: 'shared/programs.nix', line: 5 }],
  ['programs.fish.enable', { file: inline }],
])('an option of a home that is imported in a function, in a value imported there: %s', (option, expected) => {
  const user = { ...sampleEvaluated().user, homeFile: inline };
  const settings = [{ option, scope: 'home' as const, priority: 100, places: [{ file: inline }] }];
  const { settings: located } = locate({ ...sampleEvaluated(), user, settings }, layered);
  expect(located?.[0]?.places[0]).toEqual(expected);
});

test.each([
  ['ripgrep', 'home.packages', inline, { file: 'shared/packages.nix', line: 2, attribute: 'ripgrep' }],
  ['wget', 'home.packages', inline, { file: 'packages.nix', line: 2, attribute: 'wget' }],
  ['wget', 'environment.systemPackages', 'server.nix', { file: 'shared/packages.nix', line: 3, attribute: 'wget' }],
  ['jq', 'environment.systemPackages', 'server.nix', { file: 'server.nix', line: 1 }],
])('%s of %s, in a list imported by an imported list', (name, list, file, expected) => {
  const user = { ...sampleEvaluated().user, homeFile: inline };
  const one = {
    ...samplePackage({ name, mainProgram: null, description: null }),
    declarations: [{ list, file, by: null }],
  };
  const [found] = locate({ ...sampleEvaluated(), user, packages: [one] }, layered).packages;
  expect(found?.declarations[0]).toEqual({ list, by: null, ...expected });
});

test.each<[string, { file: string; line?: number }]>([
  ['services.libinput.enable', { file: 'host.nix', line: 2 }],
  ['services.displayManager.sddm.wayland.enable', { file: 'host.nix', line: 3 }],
  ['services.libinputs.enable', { file: 'host.nix' }],
])('an option that is set by a former name: %s', (option, expected) => {
  const text = `{
  services.xserver.libinput.enable = true;
  services.xserver.displayManager.sddm = { wayland.enable = true; };
}
`;
  const renamed = [
    { name: 'services.xserver.libinput.enable', to: 'services.libinput.enable' },
    { name: 'services.xserver.displayManager.sddm', to: 'services.displayManager.sddm' },
    { name: 'services.removed', to: null },
  ];
  const settings = [{ option, scope: 'system' as const, priority: 100, places: [{ file: 'host.nix' }] }];
  const sources = [{ file: 'host.nix', text }];
  expect(locate({ ...sampleEvaluated(), settings }, sources, renamed).settings?.[0]?.places[0]).toEqual(expected);
  expect(locate({ ...sampleEvaluated(), settings }, sources).settings?.[0]?.places[0]).toEqual({ file: 'host.nix' });
});
