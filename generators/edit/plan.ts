import type { FileEdit } from './text-edit.ts';

/** A package that a list gains or loses. */
export interface PackageEffect {
  change: 'added' | 'removed';
  /** The attribute: `ripgrep`. */
  package: string;
  /** The option of the list. */
  option: string;
  file: string;
  line: number;
  /** A condition decides whether it is installed. */
  conditional: boolean;
}

export interface OptionEffect {
  /** As Nix spells it. */
  option: string;
  /** The value in Nix notation. */
  value: string;
  /** The hash that `facts.nix` gives of the value; null where it is not known before the evaluation. */
  hash: string | null;
  file: string;
  line: number;
}

/** What a change does to the evaluated configurations, and that it does nothing else. */
export interface Claim {
  /**
   * `replace`: all effects happen, or none; `dedupe`: the packages stay installed; `same`: nothing changes; `effects`:
   * each configuration has those effects whose conditions hold in it.
   */
  kind: 'effects' | 'replace' | 'dedupe' | 'same';
  /** In one sentence. */
  text: string;
  packages: readonly PackageEffect[];
  options: readonly OptionEffect[];
  /** The only configurations that may change; null: those that the edited files belong to are not known. */
  hosts: readonly string[] | null;
}

export interface Plan {
  edits: readonly FileEdit[];
  claim: Claim;
}

/** Why a change is not made, and the next best place or command. */
export interface Refusal {
  refused: string;
  next: readonly string[];
}

export const refuse = (refused: string, ...next: string[]): Refusal => ({ refused, next });

export function isRefusal(result: object): result is Refusal {
  return 'refused' in result;
}

/** Where a change may be made. */
export interface Limits {
  scope: 'system' | 'user' | null;
  host: string | null;
  file: string | null;
}
