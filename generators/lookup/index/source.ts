import type { Evaluated } from '../../evidence/evaluated.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import type { OptionDocs } from '../../evidence/option-docs.ts';
import { usualRebuildCommand } from '../../evidence/rebuild-command.ts';
import type { Settings } from '../../evidence/settings.ts';
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
  /** The command that rebuilds this configuration: the one of the options, else the usual one. */
  rebuildCommand: string;
  /** What else the configuration enables; null: not known. */
  parts: Settings['parts'];
  aliases: Evaluated['aliases'];
  /** The options that the build could not read: without them the index does not know what is no option. */
  missingOptions: OptionDocs['missing'];
  /** Empty where the source text was not available. */
  files: SourceFiles['files'];
}

export function sourceOf(
  { evaluated, optionDocs, sourceFiles }: Pick<Evidence, 'evaluated' | 'optionDocs' | 'sourceFiles'>,
  { rebuildCommand, parts }: Pick<Settings, 'rebuildCommand' | 'parts'>,
): Source {
  const { platform, host, user, nixpkgs, flake, aliases } = evaluated;
  return {
    schemaVersion: 1,
    platform,
    host: host.name,
    user: user.name,
    nixpkgs,
    flake,
    rebuildCommand: rebuildCommand ?? usualRebuildCommand(evaluated),
    parts,
    aliases,
    missingOptions: optionDocs?.missing ?? [],
    files: sourceFiles?.files ?? [],
  };
}
