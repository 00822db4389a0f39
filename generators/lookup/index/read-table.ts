/** A row of a table: column -> cell; an empty cell means that nothing is known. */
export type Row<Column extends string> = Readonly<Record<Column, string>>;

/** A table that is searched in its text: splitting six megabytes into rows would take longer than Node's start. */
export interface Table<Column extends string> {
  /** The rows of exactly this name. */
  named(name: string): Row<Column>[];
  /** The rows whose name begins with `prefix`, in the order of the table. */
  below(prefix: string): Row<Column>[];
  /** The places of the rows whose name begins with `prefix`, in the order of the table. */
  placesBelow(prefix: string): number[];
  /** The first cell of every row, with the place of its row. */
  names(): { name: string; at: number }[];
  /** The text of the row that begins at a place, as `latin1`: its ASCII is right. */
  lineAt(at: number): string;
  /** The row that begins at a place. */
  rowAt(at: number): Row<Column>;
  /** The places of the rows whose text matches, in the order of the table. */
  matching(pattern: RegExp): number[];
}

/**
 * @param bytes the text of a table, sorted by its first column, as `latin1`, which V8 reads and searches several times faster than UTF-8; only rows
 * that are answered are decoded
 * @returns null where the header has other columns
 */
export function openTable<const Column extends string>(
  bytes: string,
  columns: readonly Column[],
): Table<Column> | null {
  const header = `${columns.join('\t')}\n`;
  if (!bytes.startsWith(header)) return null;
  const first = header.length;

  const endOf = (at: number): number => {
    const end = bytes.indexOf('\n', at);
    return end < 0 ? bytes.length : end;
  };
  const rowAt = (at: number): Row<Column> => {
    const cells = decode(bytes.slice(at, endOf(at))).split('\t');
    return row(columns, cells);
  };
  const nameAt = (at: number): string => bytes.slice(at, bytes.indexOf('\t', at));

  /** The place of the first row whose name is not before `name`: the rows are sorted. */
  const lowerBound = (name: string): number => {
    let low = first;
    let high = bytes.length;
    while (low < high) {
      const middle = bytes.lastIndexOf('\n', Math.floor((low + high) / 2) - 1) + 1;
      const at = Math.max(middle, low);
      if (nameAt(at) < name) low = endOf(at) + 1;
      else high = at;
    }
    return low;
  };
  const placesWhile = (start: string, isWanted: (name: string) => boolean): number[] => {
    const places: number[] = [];
    for (let at = lowerBound(start); at < bytes.length && isWanted(nameAt(at)); at = endOf(at) + 1) places.push(at);
    return places;
  };
  const placesBelow = (prefix: string): number[] => {
    const wanted = encode(prefix);
    return placesWhile(wanted, (name) => name.startsWith(wanted));
  };
  return {
    named(name) {
      const wanted = encode(name);
      return placesWhile(wanted, (other) => other === wanted).map(rowAt);
    },
    below: (prefix) => placesBelow(prefix).map(rowAt),
    placesBelow,
    names() {
      const found: { name: string; at: number }[] = [];
      for (let at = first; at < bytes.length; at = endOf(at) + 1) {
        found.push({ name: nameAt(at), at });
      }
      return found;
    },
    lineAt: (at) => bytes.slice(at, endOf(at)),
    rowAt,
    matching(pattern) {
      const global = new RegExp(pattern.source, `${pattern.flags.replace('g', '')}g`);
      const places: number[] = [];
      global.lastIndex = first;
      for (let match = global.exec(bytes); match !== null; match = global.exec(bytes)) {
        places.push(bytes.lastIndexOf('\n', match.index) + 1);
        global.lastIndex = endOf(match.index);
      }
      return places;
    },
  };
}

function row<Column extends string>(columns: readonly Column[], cells: readonly string[]): Row<Column> {
  // biome-ignore lint/plugin: the keys are the columns, which `Object.fromEntries` does not see.
  return Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ''])) as Record<Column, string>;
}

const encode = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
const decode = (text: string): string => Buffer.from(text, 'latin1').toString('utf8');
