import { byText } from '../../order.ts';
import type { OptionTable } from './find-option.ts';

/** The first names of all options, with the numbers of options below them and of those that are set. */
export function optionCategories(table: OptionTable): { name: string; options: number; set: number }[] {
  const counts = new Map<string, { options: number; set: number }>();
  for (const { name, at } of table.names()) {
    const first = name.split('.', 1)[0] ?? name;
    const count = counts.get(first) ?? { options: 0, set: 0 };
    count.options += 1;
    if (table.lineAt(at).split('\t', 5)[4] !== '') count.set += 1;
    counts.set(first, count);
  }
  return [...counts]
    .map(([name, count]) => ({ name, ...count }))
    .sort((a, b) => b.options - a.options || byText(a.name, b.name));
}
