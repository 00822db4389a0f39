/** Commands that do the same thing for a person: which of them is used says which is preferred. */
export interface Alternatives {
  /** As in "When searching files, you prefer …". */
  purpose: string;
  commands: readonly string[];
  /**
   * Which uses compare. `grep` behind a pipe filters text, which `rg` is not asked for; `cat` in front
   * of one feeds it, which `bat` is not for.
   */
  roles: readonly ('alone' | 'feeds' | 'filters')[];
}

const anyRole = ['alone', 'feeds', 'filters'] as const;

/** Only groups whose members are interchangeable at the prompt for what the roles say. */
export const alternatives: readonly Alternatives[] = [
  { purpose: 'searching files', commands: ['grep', 'rg', 'ag', 'ack', 'ugrep'], roles: ['alone', 'feeds'] },
  { purpose: 'finding files', commands: ['find', 'fd', 'fdfind'], roles: ['alone', 'feeds'] },
  { purpose: 'listing files', commands: ['ls', 'eza', 'exa', 'lsd'], roles: ['alone'] },
  { purpose: 'viewing files', commands: ['cat', 'bat', 'batcat'], roles: ['alone'] },
  { purpose: 'replacing text', commands: ['sed', 'sd'], roles: anyRole },
  { purpose: 'watching processes', commands: ['top', 'htop', 'btop', 'btm', 'glances'], roles: ['alone'] },
  { purpose: 'listing processes', commands: ['ps', 'procs'], roles: ['alone', 'feeds'] },
  { purpose: 'measuring folders', commands: ['du', 'dust', 'dua', 'ncdu', 'gdu'], roles: ['alone'] },
  { purpose: 'showing disk space', commands: ['df', 'duf'], roles: ['alone'] },
  { purpose: 'comparing files', commands: ['diff', 'difft', 'delta', 'colordiff'], roles: ['alone', 'feeds'] },
  { purpose: 'editing text', commands: ['vim', 'nvim', 'vi', 'hx', 'nano', 'micro', 'emacs', 'kak'], roles: ['alone'] },
  { purpose: 'reading manuals', commands: ['man', 'tldr'], roles: ['alone'] },
  {
    purpose: 'making HTTP requests',
    commands: ['curl', 'wget', 'http', 'https', 'xh', 'curlie'],
    roles: ['alone', 'feeds'],
  },
  {
    purpose: 'looking up DNS names',
    commands: ['dig', 'dog', 'doggo', 'nslookup', 'drill'],
    roles: ['alone', 'feeds'],
  },
  // Not what a project decides: package managers (npm or pnpm), task runners (make or just), version control.
  { purpose: 'running containers', commands: ['docker', 'podman'], roles: anyRole },
  { purpose: 'managing terminal sessions', commands: ['tmux', 'zellij', 'screen'], roles: ['alone'] },
  { purpose: 'using git in the terminal', commands: ['lazygit', 'gitui', 'tig'], roles: ['alone'] },
  { purpose: 'processing JSON', commands: ['jq', 'jaq', 'gojq', 'fx', 'jless'], roles: anyRole },
  { purpose: 'rebuilding the system', commands: ['nixos-rebuild', 'nh', 'colmena'], roles: ['alone'] },
  { purpose: 'managing files', commands: ['ranger', 'lf', 'nnn', 'yazi', 'broot', 'joshuto', 'mc'], roles: ['alone'] },
];
