import type { Place } from '../../evidence/common.ts';
import type { Setting } from '../../evidence/evaluated.ts';
import type { OptionDoc } from '../../evidence/option-docs.ts';
import { splitOptionPath } from '../../lang/nix/option-path.ts';
import { withoutRoles } from '../../manual-text.ts';
import { byText } from '../../order.ts';
import { notShown, type OptionRow } from './options-table.ts';

/**
 * The rows of `options.tsv`, sorted by name: every documented option, and every option that the user's files set,
 * which may be an instance (`users.users.ann.shell`) or a key of a documented one.
 */
export function optionRows(docs: readonly OptionDoc[], settings: readonly Setting[]): OptionRow[] {
  const rows = new Map<string, OptionRow>();
  for (const doc of docs) rows.set(`${doc.name}\n${doc.scope}`, documented(doc));
  const templates = templatesOf(docs);
  for (const setting of settings) {
    const key = `${setting.option}\n${setting.scope}`;
    const row = rows.get(key) ?? { ...template(templates, setting), name: setting.option, scope: setting.scope };
    rows.set(key, {
      ...row,
      value: setting.value ?? notShown,
      set: setting.places.map(spellPlace).join(' '),
      priority: String(setting.priority),
    });
  }
  return [...rows.values()].sort((a, b) => byText(a.name, b.name) || byText(a.scope, b.scope));
}

/** `modules/packages.nix:12`, the blanks of a file's name as `%20`. */
export function spellPlace({ file, line }: Place): string {
  return `${file.replaceAll(' ', '%20')}${line === undefined ? '' : `:${line}`}`;
}

const empty: OptionRow = {
  name: '',
  scope: '',
  type: '',
  value: '',
  set: '',
  priority: '',
  default: '',
  declared: '',
  example: '',
  description: '',
};

function documented(doc: OptionDoc): OptionRow {
  return {
    ...empty,
    name: doc.name,
    scope: doc.scope,
    type: `${doc.type}${doc.readOnly === true ? ' (read only)' : ''}`,
    default: doc.default ?? '',
    declared: doc.declaredIn.map(spellPlace).join(' '),
    example: doc.example ?? '',
    description: withoutRoles(doc.description ?? ''),
  };
}

/** Options with placeholders, by number of names and first name. */
function templatesOf(docs: readonly OptionDoc[]): ReadonlyMap<string, readonly { names: string[]; doc: OptionDoc }[]> {
  const found = new Map<string, { names: string[]; doc: OptionDoc }[]>();
  for (const doc of docs) {
    if (!/<|\*/.test(doc.name)) continue;
    const names = splitOptionPath(doc.name);
    const key = `${doc.scope} ${names.length} ${names[0]}`;
    const same = found.get(key);
    if (same === undefined) found.set(key, [{ names, doc }]);
    else same.push({ names, doc });
  }
  return found;
}

/** What the documentation says of an instance: that of `users.users.<name>.shell` for `users.users.ann.shell`. */
function template(templates: ReturnType<typeof templatesOf>, { option, scope }: Setting): OptionRow {
  const names = splitOptionPath(option);
  const candidates = templates.get(`${scope} ${names.length} ${names[0]}`) ?? [];
  const found = candidates.find((one) =>
    one.names.every((name, index) => name === names[index] || /^<.*>$|^\*$/.test(name)),
  );
  return found === undefined ? empty : documented(found.doc);
}
