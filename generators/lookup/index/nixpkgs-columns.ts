/**
 * `packages.tsv` of the folder `intelligence-nixpkgs`: one row for each package that nixpkgs has, installed or not. It
 * has a folder of its own, which hosts and users with the same nixpkgs share.
 */
export const nixpkgsColumns = ['attribute', 'name', 'version', 'marks', 'command', 'description'] as const;

export type NixpkgsRow = Record<(typeof nixpkgsColumns)[number], string>;

/** The folder beside `intelligence`. */
export const nixpkgsFolder = 'intelligence-nixpkgs';
