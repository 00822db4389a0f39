import { describe, expect, test } from 'vitest';
import { happened, historyOf, packages, repository, type Step, tool } from './repositories.ts';

interface Case {
  what: string;
  steps: Step[];
  /** tool -> its events */
  events: Record<string, string>;
  /** tool -> why it came, or why it went: null is no stated reason */
  came?: Record<string, string | null>;
  went?: Record<string, string | null>;
  purpose?: Record<string, string | null>;
  since?: Record<string, string>;
  former?: Record<string, string[]>;
  migrations?: string[];
}

const file = 'packages.nix';
const cases: Case[] = [
  {
    what: 'a message and a comment that say why',
    steps: [
      { message: 'Initial commit', files: { [file]: packages('git') } },
      {
        message: 'feat: add ripgrep for faster text search',
        files: { [file]: packages('git', 'ripgrep # Modern grep (rg)') },
      },
    ],
    events: { git: 'added', ripgrep: 'added' },
    came: { git: null, ripgrep: 'add ripgrep for faster text search' },
    purpose: { git: null, ripgrep: 'Modern grep (rg)' },
  },
  {
    what: 'a subject that names others only',
    steps: [
      { message: 'Initial commit', files: { [file]: packages('git') } },
      { message: 'feat: add wgnord for NordVPN', files: { [file]: packages('git', 'wgnord', 'pandoc') } },
    ],
    events: { wgnord: 'added', pandoc: 'added' },
    came: { wgnord: 'add wgnord for NordVPN', pandoc: null },
  },
  {
    what: 'moves between files and lists are no removal',
    steps: [
      { message: 'one', files: { 'configuration.nix': packages('ripgrep', 'fd') } },
      { message: 'two', files: { 'configuration.nix': null, 'modules/core.nix': packages('ripgrep', 'fd') } },
      { message: 'three', files: { 'modules/business.nix': packages('ripgrep') } },
      {
        message: 'four',
        files: {
          'modules/business.nix': null,
          'modules/core.nix': packages('fd'),
          'modules/common.nix': packages('ripgrep'),
        },
      },
    ],
    events: { ripgrep: 'added moved moved moved', fd: 'added moved' },
    since: { ripgrep: '2026-01-01' },
  },
  {
    what: 'another spelling and other blanks are nothing',
    steps: [
      { message: 'one', files: { [file]: packages('ripgrep   # search', '(ltrace.override { })') } },
      {
        message: 'style: nixfmt',
        files: {
          [file]: '{ pkgs, ... }: { environment = { systemPackages = [ pkgs.ripgrep (pkgs.ltrace.override {}) ]; }; }',
        },
      },
    ],
    events: { ripgrep: 'added' },
  },
  {
    what: 'commented out, with the reason in the comment',
    steps: [
      { message: 'one', files: { [file]: packages('git', 'zed-editor # An editor', 'usql # SQL client') } },
      {
        message: 'fix(direnv): reduce verbose shell output',
        files: {
          [file]: packages('git', '# zed-editor # TEMP: Disabled - requires source compilation', '# usql # SQL client'),
        },
      },
    ],
    events: { 'zed-editor': 'added commented-out', usql: 'added commented-out' },
    went: { 'zed-editor': 'TEMP: Disabled - requires source compilation', usql: null },
  },
  {
    what: 'an override is a change, not a removal',
    steps: [
      { message: 'one', files: { [file]: packages('ltrace') } },
      { message: 'docs: unrelated', files: { [file]: packages('(ltrace.overrideAttrs (old: { doCheck = false; }))') } },
      { message: 'two', files: { [file]: packages('(ltrace.overrideAttrs (old: {\n doCheck = false; # flaky\n }))') } },
    ],
    events: { ltrace: 'added changed' },
  },
  {
    what: 'other names of the same tool',
    steps: [
      {
        message: 'one',
        files: {
          [file]: packages(
            'nodejs_20',
            'poppler_utils',
            'nodePackages.prettier',
            'devenv',
            'inputs.cursor-nix.packages.${pkgs.system}.default',
          ),
        },
      },
      {
        message: 'rebuild',
        files: {
          [file]: packages(
            'nodejs_22',
            'poppler-utils',
            'prettier',
            'inputs.devenv.packages.${pkgs.system}.devenv',
            'inputs.code-cursor-nix.packages.${pkgs.system}.default',
          ),
        },
      },
    ],
    events: {
      nodejs_22: 'added renamed',
      'poppler-utils': 'added renamed',
      prettier: 'added renamed',
      'inputs.devenv': 'added renamed',
      'inputs.code-cursor-nix': 'added renamed',
      nodejs_20: 'never declared',
    },
    since: { nodejs_22: '2026-01-01' },
    former: { nodejs_22: ['nodejs_20'], 'inputs.devenv': ['devenv'] },
  },
  {
    what: 'an option that becomes a package',
    steps: [
      { message: 'feat: enable ADB', files: { 'host.nix': '{ programs.adb.enable = true; }' } },
      {
        message: 'fix: replace deprecated programs.adb with android-tools package',
        files: { 'host.nix': '{ }', [file]: packages('android-tools') },
      },
    ],
    events: { 'programs.adb': 'added removed', 'android-tools': 'added' },
    migrations: ['programs.adb -> android-tools'],
  },
  {
    what: 'one replaced by another, others only reworded',
    steps: [
      { message: 'one', files: { [file]: packages('handy', 'wtype # for handy', 'kdePackages.okular') } },
      {
        message: 'feat: replace handy with vibetyper for speech-to-text',
        files: { [file]: packages('vibetyper', 'wtype # for typing', 'kdePackages.okular') },
      },
      {
        message: 'feat: replace Okular with Foliate and Apostrophe\n\nDrops KDE/Qt dependencies on GNOME.',
        files: { [file]: packages('vibetyper', 'wtype', 'foliate', 'apostrophe') },
      },
    ],
    events: { handy: 'added removed', vibetyper: 'added', wtype: 'added' },
    migrations: ['handy -> vibetyper', 'kdePackages.okular -> apostrophe foliate'],
  },
  {
    what: 'removed in favour of what was there, and something else added',
    steps: [
      { message: 'one', files: { [file]: packages('warp-terminal') } },
      {
        message: 'Remove warp-terminal in favor of the existing setup, add marker for PDF',
        files: { [file]: packages('(writeShellScriptBin "marker" "x")') },
      },
    ],
    events: { 'warp-terminal': 'added removed', marker: 'added' },
    migrations: [],
  },
  {
    what: 'messages that the change contradicts',
    steps: [
      { message: 'one', files: { [file]: packages('a1', 'bottom', 'wireshark') } },
      {
        message: 'feat: add 25 performance packages (zoxide, delta)',
        files: { [file]: packages('a1', 'bottom', 'wireshark', 'zoxide', 'delta', 'xh') },
      },
      {
        message: 'chore: clean up\n\nbottom removed (use btop instead), wireshark stays.',
        files: { [file]: packages('a1', 'wireshark', 'zoxide', 'delta', 'xh') },
      },
      { message: 'feat: add wireshark', files: { [file]: packages('a1', 'zoxide', 'delta', 'xh') } },
    ],
    events: { zoxide: 'added', bottom: 'added removed', wireshark: 'added removed' },
    came: { zoxide: null, delta: null },
    went: { bottom: null, wireshark: null },
  },
  {
    what: 'gone and back again',
    steps: [
      { message: 'add uv for Python', files: { [file]: packages('git', 'uv') } },
      { message: 'drop uv', files: { [file]: packages('git') } },
      { message: 'mention', files: { [file]: packages('git', '(writeShellScriptBin "m" "${pkgs.uv}/bin/uvx m")') } },
      { message: 'feat(packages): add uv for MCP servers', files: { [file]: packages('git', 'uv') } },
    ],
    events: { uv: 'added removed added' },
    came: { uv: 'add uv for MCP servers' },
    since: { uv: '2026-01-04' },
  },
  {
    what: 'names elsewhere in the text are no declarations',
    steps: [
      {
        message: 'one',
        files: {
          [file]: packages('git'),
          'chrome.nix': '{ x.extensions = [ "eog" "xh" ]; y = "${pkgs.xh}/bin/xh"; /* tmux */ }',
        },
      },
      { message: 'add xh', files: { [file]: packages('git', 'xh') } },
    ],
    events: { xh: 'added', eog: 'never declared', tmux: 'never declared' },
    since: { xh: '2026-01-02' },
  },
  {
    what: 'bound by let, and libraries of an environment',
    steps: [
      {
        message: 'one',
        files: {
          [file]: `{ pkgs, ... }: let
  tools = with pkgs; [ ripgrep ];
  more = p: with p; [ fd ];
  seccomp = import ./seccomp.nix { inherit pkgs; };
in { environment.systemPackages = tools ++ more pkgs ++ [ seccomp (pkgs.python3.withPackages (ps: with ps; [ rich ])) ]; }`,
        },
      },
    ],
    events: { ripgrep: 'added', fd: 'added', seccomp: 'added', python3: 'added', rich: 'added' },
  },
  {
    what: 'a file that Nix cannot read for a while',
    steps: [
      { message: 'one', files: { [file]: packages('git', 'fd') } },
      {
        message: 'broken',
        files: { [file]: '{ environment.systemPackages = with pkgs; [ git fd\n<<<<<<< HEAD\n bat ]; }' },
      },
      { message: 'worse', files: { [file]: '{ environment = ; } }' } },
      { message: 'mended', files: { [file]: packages('git', 'fd', 'bat') } },
    ],
    events: { git: 'added', fd: 'added' },
  },
  {
    what: 'what a merge brings is credited to the commit that did it',
    steps: [
      { message: 'one', files: { [file]: packages('git'), 'b.nix': packages('brownfield') } },
      { message: 'add gws for mail', files: { 'c.nix': packages('gws') }, branch: 'side' },
      { message: 'remove brownfield, unused', files: { 'b.nix': null } },
      { message: 'on main', files: { [file]: packages('git', 'fd') }, branch: 'main' },
      { message: 'Merge branch side', merge: 'side' },
    ],
    events: { gws: 'added', brownfield: 'added removed' },
    since: { gws: '2026-01-02' },
    came: { gws: 'add gws for mail' },
    went: { brownfield: 'remove brownfield, unused' },
  },
  {
    what: 'a mirror says nothing of its own',
    steps: [
      { message: 'one', files: { [file]: packages('git') } },
      {
        message:
          'chore: sync from personal branch (sanitized)\n\nRecent commits synced:\n8f5b5da feat: add gnupg for mail\n',
        files: { [file]: packages('git', 'gnupg') },
      },
    ],
    events: { gnupg: 'added' },
    came: { gnupg: null },
  },
];

describe.each(cases)(
  '$what',
  ({ steps, events, came = {}, went = {}, purpose = {}, since = {}, former = {}, migrations }) => {
    test('as it was', async () => {
      const history = await historyOf(repository(steps));
      const got = (names: object, of: (name: string) => unknown) =>
        Object.fromEntries(Object.keys(names).map((name) => [name, of(name)]));
      expect({
        events: got(events, (name) => happened(history, name)),
        came: got(came, (name) => tool(history, name)?.reason?.text ?? null),
        went: got(went, (name) => tool(history, name)?.goneReason?.text ?? null),
        purpose: got(purpose, (name) => tool(history, name)?.purpose?.text ?? null),
        since: got(since, (name) => tool(history, name)?.since.date),
        former: got(former, (name) => tool(history, name)?.formerNames),
      }).toEqual({ events, came, went, purpose, since, former });
      const replaced = history.migrations.map(({ from, to }) => `${from.join(' ')} -> ${to.join(' ')}`);
      if (migrations !== undefined) expect(replaced).toEqual(migrations);
    });
  },
);

test('a mirror that quotes a commit which is here has that commit’s reason', async () => {
  const folder = repository([
    { message: 'one', files: { 'p.nix': packages('git') } },
    { message: 'feat: add gnupg for mail', files: { 'p.nix': packages('git', 'gnupg') }, branch: 'personal' },
    { message: 'x', branch: 'main' },
  ]);
  const { run } = await import('./repositories.ts');
  const hash = run(folder, ['rev-parse', 'personal']).slice(0, 9);
  run(folder, ['checkout', '--quiet', 'personal', '--', 'p.nix']);
  run(folder, ['commit', '--quiet', '--file=-'], `chore: sync\n\n${hash} feat: add gnupg for mail\n`, 5);
  const history = await historyOf(folder);
  expect(tool(history, 'gnupg')?.reason).toMatchObject({ text: 'add gnupg for mail', source: 'subject' });
  expect(hash.startsWith(tool(history, 'gnupg')?.reason?.commit.slice(0, 9) as string)).toBe(true);
  expect(tool(history, 'gnupg')?.since.date).toBe('2026-01-06');
});
