/**
 * Tables of the index: a header line with the columns' names, then one row a line, cells separated by tabs. Blanks
 * and line breaks in a cell become single blanks.
 */
export function writeTable<Column extends string>(
  columns: readonly Column[],
  rows: readonly Readonly<Record<Column, string>>[],
): string {
  const lines = rows.map((row) => columns.map((column) => row[column].replace(/\s+/g, ' ').trim()).join('\t'));
  return `${[columns.join('\t'), ...lines].join('\n')}\n`;
}
