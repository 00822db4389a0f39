import { hostname } from 'node:os';
import { isUserError } from '../../errors.ts';
import type { RenamedOption } from '../../evidence/option-docs.ts';
import type { Source } from '../index/source.ts';
import type { OptionTable } from '../options/find-option.ts';
import { type NixpkgsPackages, type OutputReader, outputReader } from '../read-output.ts';

/** What the last rebuild linked about options and packages. */
export interface Index {
  source: Source;
  /** The folder it is in. */
  folder: string;
  options: OptionTable;
  renamed(): readonly RenamedOption[];
  nixpkgs(): NixpkgsPackages | null;
  /** Whether it describes a home without its operating system. */
  isHome: boolean;
}

/**
 * The index, or null where this machine has none or that of another host: an error is diagnosed without it, too.
 *
 * @throws UserError `no-data` where a folder is named and has no index
 */
export function openIndex(dir: string | undefined): Index | null {
  try {
    const output = outputReader(dir);
    const source = output.read('source');
    if (dir === undefined && source.host !== null && shortName(source.host) !== shortName(hostname())) return null;
    return readIndex(output, source);
  } catch (error) {
    if (dir === undefined && isUserError(error)) return null;
    throw error;
  }
}

function readIndex(output: OutputReader, source: Source): Index {
  return {
    source,
    folder: output.folder,
    options: output.table('options'),
    renamed: () => output.read('renamed').options,
    nixpkgs: () => output.nixpkgs(),
    isHome: source.platform === 'home-manager',
  };
}

const shortName = (host: string): string => host.split('.', 1)[0]?.toLowerCase() ?? host;
