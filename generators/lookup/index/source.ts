import type { Evaluated } from '../../evidence/evaluated.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import type { OptionDocs } from '../../evidence/option-docs.ts';
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
  /** The options that the build could not read: without them the index does not know what is no option. */
  missingOptions: OptionDocs['missing'];
  /** Empty where the source text was not available. */
  files: SourceFiles['files'];
}

export function sourceOf({
  evaluated,
  optionDocs,
  sourceFiles,
}: Pick<Evidence, 'evaluated' | 'optionDocs' | 'sourceFiles'>): Source {
  const { platform, host, user, nixpkgs, flake, aliases } = evaluated;
  return {
    schemaVersion: 1,
    platform,
    host: host.name,
    user: user.name,
    nixpkgs,
    flake,
    aliases,
    missingOptions: optionDocs?.missing ?? [],
    files: sourceFiles?.files ?? [],
  };
}
