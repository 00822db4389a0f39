/** The parts of a store path's name. */
export interface StoreName {
  /** As `gcc` in `gcc-14.3.0-lib`. */
  name: string;
  /** `14.3.0`; null where the name has no version. */
  version: string | null;
  /** The output, or whatever else follows the version: `lib`; null: the main output. */
  output: string | null;
}

/** The name of a store path without its hash: `<hash>-<name>` gives `<name>`. */
export function storeLabel(path: string): string {
  return path.slice(path.indexOf('-') + 1);
}

/** The name of a tool: without the suffix that nixpkgs gives to wrappers and to the packages they wrap. */
export function toolName(label: string): string {
  return parseStoreName(label).name.replace(/-(un)?wrapp(er|ed)$/, '');
}

/**
 * Splits the name of a store path. Name and version are separated by the first dash that no letter follows,
 * as in parseDrvName of Nix; a version ends before a last dash and word that is neither a
 * pre-release (`rc1`) nor a date.
 */
export function parseStoreName(label: string): StoreName {
  const dash = label.search(/-(?![A-Za-z])./);
  if (dash <= 0) return splitOutput(label);
  const rest = label.slice(dash + 1);
  const ending = /^(.*)-([A-Za-z_][A-Za-z0-9_]*)$/.exec(rest);
  const [, version, output] = ending ?? [];
  if (version === undefined || output === undefined || preRelease.test(output)) {
    return { name: label.slice(0, dash), version: rest, output: null };
  }
  return { name: label.slice(0, dash), version, output };
}

const preRelease = /^(alpha|beta|pre|rc|snapshot|unstable)\d*$/i;

/** In a name without version, only outputs that nixpkgs commonly has are recognised. */
const commonOutputs = /^(.+)-(bin|debug|dev|devdoc|doc|info|lib|man|out|static|terminfo)$/;

function splitOutput(label: string): StoreName {
  const [, name, output] = commonOutputs.exec(label) ?? [];
  return { name: name ?? label, version: null, output: output ?? null };
}
