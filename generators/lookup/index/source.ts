import type { Evaluated } from '../../evidence/evaluated.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import type { SourceFiles } from '../../evidence/source-files.ts';

/** `source.json`: what the output was made from, for look-ups: whose it is, and where the configuration lies. */
export interface Source {
  schemaVersion: 1;
  platform: Evaluated['platform'];
  /** null: a standalone home. */
  host: string | null;
  user: string;
  nixpkgs: Evaluated['nixpkgs'];
  flake: Evaluated['flake'];
  aliases: Evaluated['aliases'];
  /** Empty where the source text was not available. */
  files: SourceFiles['files'];
}

export function sourceOf({ evaluated, sourceFiles }: Pick<Evidence, 'evaluated' | 'sourceFiles'>): Source {
  const { platform, host, user, nixpkgs, flake, aliases } = evaluated;
  return {
    schemaVersion: 1,
    platform,
    host: host.name,
    user: user.name,
    nixpkgs,
    flake,
    aliases,
    files: sourceFiles?.files ?? [],
  };
}
