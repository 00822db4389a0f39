import { spellOptionPath, splitOptionPath } from '../../lang/nix/option-path.ts';

export type Scope = 'system' | 'home';

/** An option as it was asked for. */
export interface AskedOption {
  /** As typed. */
  text: string;
  /** In the spelling of the table, without a prefix of home-manager's. */
  name: string;
  names: readonly string[];
  /** null: the name says nothing of it. */
  scope: Scope | null;
  /** Of `home-manager.users.<user>.…`. */
  user: string | null;
  /** `programs.git.`: everything below it. */
  below: boolean;
}

/** `home-manager.users.me.programs.git.enable` is home-manager's `programs.git.enable`; `config.` is left out. */
export function askedOption(text: string): AskedOption {
  const below = text.endsWith('.') && text !== '.';
  let names = splitOptionPath(text.replace(/\.$/, ''));
  let user: string | null = null;
  if (names[0] === 'config' || names[0] === 'options') names = names.slice(1);
  let scope: Scope | null = null;
  if (names[0] === 'home-manager' && names[1] === 'users' && names.length > 3) {
    user = names[2] ?? null;
    scope = 'home';
    names = names.slice(3);
  } else if (names[0] === 'home-manager' && names[1] === 'sharedModules' && names.length > 2) {
    scope = 'home';
    names = names.slice(2);
  }
  return { text, name: spellOptionPath(names), names, scope, user, below };
}
