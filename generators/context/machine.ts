import type { Inline } from '../content.ts';
import type { Evaluated } from '../evidence/evaluated.ts';
import { code, codes, inline, limited } from '../inline.ts';
import { plainText } from '../text.ts';
import { type Block, fromEvaluated, linesOf } from './block.ts';
import type { ContextInput } from './input.ts';

const longestName = 60;
const shownDesktops = 3;
const shownGroups = 10;
const shownSettings = 3;

/** What this machine is and who works on it: first of all lines. */
export function machineBlock({ evidence: { evaluated }, os }: ContextInput): Block {
  const { host, user } = evaluated;
  const kind = kindOf(evaluated);
  const editor = editorOf(evaluated);
  return {
    id: 'machine',
    place: 0,
    title: null,
    intro: [],
    lines: linesOf(
      [
        fromEvaluated(
          [
            os ?? systemOf(evaluated),
            ...(host.name ? inline`, host ${code(name(host.name))}` : []),
            `, ${name(host.system)}`,
            ...(kind.length > 0 ? [', ', ...kind] : []),
            '.',
          ],
          '/host',
          ...settingsOf(evaluated, /^networking\.hostName$/),
        ),
        fromEvaluated(
          [
            ...inline`User ${code(name(user.name))}`,
            ...(user.shell ? inline`, login shell ${code(name(user.shell))}` : []),
            ...(editor ? inline`, editor ${code(editor)}` : []),
            ...(user.groups.length > 0 ? inline`, groups ${limited(user.groups.map(name), shownGroups)}` : []),
            sudoOf(evaluated),
            '.',
          ],
          '/user',
          ...settingsOf(evaluated, /^users\.users\.|\.defaultEditor$|^security\.sudo/),
        ),
      ],
      1000,
    ),
  };
}

/** Pointers to the first settings of a kind. */
function settingsOf({ settings = [] }: Evaluated, pattern: RegExp): string[] {
  return settings
    .flatMap(({ option }, index) => (pattern.test(option) ? [`/settings/${index}`] : []))
    .slice(0, shownSettings);
}

/** Virtual machines and containers lack what a machine has; a desktop says what windows can be opened. */
function kindOf({ host, options, settings = [], platform }: Evaluated): Inline[] {
  const isSet = (option: string): boolean => settings.some((one) => one.option === option && one.value === 'true');
  const enabled = new Set(options.map(({ option }) => option));
  const sessions = options.flatMap(({ option }) => graphicalSession.exec(option)?.[1] ?? []);
  const desktops = codes([...new Set([...host.desktop, ...sessions])].slice(0, shownDesktops).map(name));
  return [
    ...(enabled.has('wsl') || isSet('wsl.enable') ? ['WSL: no hardware or boot loader of its own; '] : []),
    ...(isSet('boot.isContainer') ? ['a container; '] : []),
    ...(enabled.has('services.qemuGuest') ? ['a virtual machine; '] : []),
    ...(desktops.length > 0 ? inline`desktop ${desktops}` : platform === 'nixos' ? ['no desktop'] : []),
  ];
}

/** Options that enable a compositor or a window manager, which NixOS has in several places. */
const graphicalSession =
  /^(?:programs\.(?=(?:hyprland|sway|niri|river|wayfire|labwc|miracle-wm)$)|.*\.(?:windowManager|desktopManager)\.)([^.]+)$/;

const editorCommands: Readonly<Record<string, string>> = {
  neovim: 'nvim',
  helix: 'hx',
  kakoune: 'kak',
  emacs: 'emacsclient',
};

/** The editor that an option makes the default one. */
function editorOf({ settings = [] }: Evaluated): string | undefined {
  const option = settings.find(({ option, value }) => /\.defaultEditor$/.test(option) && value === 'true')?.option;
  const program = option?.split('.').at(-2);
  return program === undefined ? undefined : name(editorCommands[program] ?? program);
}

/** Whether sudo asks: known where all settings are, and no rule of the user's own decides otherwise. */
function sudoOf({ user, settings, platform }: Evaluated): string {
  if (platform !== 'nixos' || settings === undefined || !user.groups.includes('wheel')) return '';
  const own = settings.filter(({ option }) => /^security\.(?:sudo|sudo-rs|doas|pam)\b/.test(option));
  const wheel = own.find(({ option }) => option === 'security.sudo.wheelNeedsPassword');
  if (wheel?.value === 'false') return '; sudo asks for no password';
  return own.length === 0 ? '; sudo asks for a password: leave it to the user' : '';
}

function systemOf({ platform, host, nixpkgs }: Evaluated): string {
  return platform === 'nixos'
    ? `NixOS ${name(host.release ?? nixpkgs.release)}`
    : `A home-manager configuration (nixpkgs ${name(nixpkgs.release)})`;
}

function name(text: string): string {
  return plainText(text, longestName);
}
