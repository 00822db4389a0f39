/** A package, option or library that a file of a configuration declares. */
export interface Declaration {
  /**
   * As written, without the package set: `ripgrep`, `kdePackages.okular`, `inputs.devenv` for a flake
   * input's package, the name given to a wrapper, `programs.git` for an option that is enabled.
   */
  name: string;
  /** `library`: added to the package `of` by `withPackages`. */
  kind: 'package' | 'option' | 'library';
  /**
   * How it is written: `plain`, `override`, `wrapper` (with a name of its own), `call-package` (a file of the
   * configuration), `environment` (`withPackages`).
   */
  form: 'plain' | 'override' | 'wrapper' | 'call-package' | 'environment';
  /** A hash of the text without comments and blanks; 0 for a plain entry. */
  shape: number;
  /** Its package set if that is not `pkgs`: `unstable`, `inputs.nixpkgs-stable`. */
  set: string | null;
  of: string | null;
  /** The option that contains the list, or the enabled option. */
  list: string;
  /** From 1. */
  line: number;
  /** The comment that belongs to this entry alone. */
  comment: string | null;
  /** The heading comment of its group of entries. */
  section: string | null;
}

/** A commented-out entry, or a word in a comment that looks like one: only the history shows which. */
export interface CommentedEntry {
  name: string;
  list: string;
  line: number;
  comment: string | null;
}

export interface FileDeclarations {
  declarations: readonly Declaration[];
  commented: readonly CommentedEntry[];
  /** Number of entries without a recognisable package name. */
  unknown: number;
  /** The text has no syntax errors. */
  sound: boolean;
}
