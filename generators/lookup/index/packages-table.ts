/**
 * `packages.tsv`: one row for each installed package and each place that declares it, made for `grep` and for a look-up
 * without a parser. Columns are separated by tabs; an empty column means that nothing is known.
 */
export const packageColumns = [
  'name',
  'version',
  'attribute',
  'scope',
  'declared',
  'by',
  'differs',
  'commands',
  'description',
] as const;

export type PackageRow = Record<(typeof packageColumns)[number], string>;
