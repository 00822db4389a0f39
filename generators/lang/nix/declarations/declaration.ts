/** One thing that a file of a configuration asks for. */
export interface Declaration {
  /**
   * As written, without the package set: `ripgrep`, `kdePackages.okular`, `inputs.devenv` for a flake
   * input's package, the name given to a wrapper, `programs.git` for an option that is enabled.
   */
  name: string;
  /** `library`: what a `withPackages` adds to the package `of`. */
  kind: 'package' | 'option' | 'library';
  /**
   * How it is written: `plain`, `override`, `wrapper` (given a name of its own), `call-package` (a file of
   * the configuration), `environment` (`withPackages`).
   */
  form: 'plain' | 'override' | 'wrapper' | 'call-package' | 'environment';
  /** Changes when the text of an entry that is not plain does; comments and blanks do not count. 0: plain. */
  shape: number;
  /** The package set it comes from, where that is not `pkgs`: `unstable`, `inputs.nixpkgs-stable`. */
  set: string | null;
  of: string | null;
  /** The option whose list holds it, or that is enabled. */
  list: string;
  /** From 1. */
  line: number;
  /** The comment that belongs to this entry alone. */
  comment: string | null;
  /** The comment over the group of entries that it stands in. */
  section: string | null;
}

/** An entry that stands in a comment, or a word that looks like one: only its history can tell. */
export interface CommentedEntry {
  name: string;
  list: string;
  line: number;
  comment: string | null;
}

export interface FileDeclarations {
  declarations: readonly Declaration[];
  commented: readonly CommentedEntry[];
  /** Entries whose name the text does not tell. */
  unknown: number;
  /** The text was accepted whole. */
  sound: boolean;
}
