/** An option that the user's files set, as `options.tsv` has it. */
export interface OptionSetting {
  name: string;
  scope: string;
  /** In Nix notation; null where its type could hold private text. */
  value: string | null;
  /** Where it is set, blanks in names of files unescaped. */
  places: { file: string; line: string | null }[];
}

/** A row whose `value` and `set` are not empty: name, scope, type, value, set. Most rows only document an option. */
const setRow = /^([^\t\n]*)\t([^\t\n]*)\t[^\t\n]*\t([^\t\n]+)\t([^\t\n]+)\t/gm;
const header = 'name\tscope\ttype\tvalue\tset\t';
/** What the table has in place of a value that it must not contain. */
const withheld = 'set, not shown';

/**
 * The rows of `options.tsv` with a place that sets them, in the order of the table.
 *
 * @param table undefined is returned where it has other columns
 */
export function optionSettings(table: string): OptionSetting[] | undefined {
  if (!table.startsWith(header)) return undefined;
  return [...table.slice(table.indexOf('\n') + 1).matchAll(setRow)].map(
    ([, name = '', scope = '', value = '', places = '']) => ({
      name,
      scope,
      value: value === withheld ? null : value,
      places: places.split(' ').map(placeOf),
    }),
  );
}

function placeOf(text: string): OptionSetting['places'][number] {
  const [, file = text, line = null] = /^(.*?)(?::(\d+))?$/.exec(text) ?? [];
  return { file: file.replaceAll('%20', ' '), line };
}
