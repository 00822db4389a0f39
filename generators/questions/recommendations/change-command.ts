import type { Declaration, Evaluated } from '../../evidence/evaluated.ts';

/** The command line that prints an edit and its proof: `nixos-intelligence change remove dust --user`. */
export function changeCommand(...words: readonly string[]): string {
  return ['nixos-intelligence', 'change', ...words.map(quoted)].join(' ');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** The option for the scope of some declarations; empty where they are in both. */
export function scopeOption(declarations: readonly Pick<Declaration, 'list'>[]): string[] {
  const options = new Set(
    declarations.map(({ list }) => (list === 'environment.systemPackages' ? '--system' : '--user')),
  );
  return options.size === 1 ? [...options] : [];
}

/** Where this user's tools are added: where the configuration has lists of the user's own, else for the system. */
export function scopeToAddTo({ user, packages }: Evaluated): string {
  return user.homeManager || packages.some(({ scopes }) => scopes.includes('user')) ? '--user' : '--system';
}

/** The package as its declarations write it, where they agree: `kdePackages.okular`. */
export function writtenName(name: string, declarations: readonly Pick<Declaration, 'attribute'>[]): string {
  const [first, ...others] = [...new Set(declarations.flatMap(({ attribute }) => attribute ?? []))];
  return first === undefined || others.length > 0 ? name : first;
}

/** A list of names in Nix notation. */
export function nixList(names: readonly string[]): string {
  return `[ ${names.map((name) => JSON.stringify(name)).join(' ')} ]`;
}
