/**
 * `options.tsv`: one row for each option that can be set here and for each one that is set, made for `grep` and for a
 * look-up without a parser. Columns are separated by tabs; an empty column means that nothing is known.
 */
export const optionColumns = [
  'name',
  'scope',
  'type',
  'value',
  'set',
  'priority',
  'default',
  'declared',
  'example',
  'description',
] as const;

export type OptionRow = Record<(typeof optionColumns)[number], string>;

/** Printed for a set option whose type could hold private text. */
export const notShown = 'set, not shown';
