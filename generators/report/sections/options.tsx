import { groupBy } from '../../group-by.ts';
import { byText } from '../../order.ts';
import type { ReportData } from '../data.ts';
import { type Live, valueKey } from '../live.tsx';
import type { OptionSetting } from '../option-settings.ts';
import type { Section } from '../parts.tsx';
import { count } from '../wording.ts';

/** The options that are set, by file; a value only where its type allows no private text. */
export function optionsSection({ settings }: ReportData, live?: Live): Section {
  return {
    id: 'options',
    title: 'Options',
    content:
      settings === undefined ? (
        <p class="missing">
          <strong>Options are not indexed.</strong> <code>programs.nixos-intelligence.index.enable = true</code> writes
          the index, where the documentation of the options can be read.
        </p>
      ) : (
        <ByFile settings={settings} live={live} />
      ),
  };
}

interface Row extends Pick<OptionSetting, 'name' | 'value'> {
  line: string | null;
}

function ByFile({ settings, live }: { settings: readonly OptionSetting[]; live: Live | undefined }) {
  const values = live?.values instanceof Map ? live.values : undefined;
  if (settings.length === 0) return <p>Your files set none of the options that the index knows.</p>;
  const placed = settings.flatMap(({ name, scope, value, places }) =>
    places.map(({ file, line }) => ({
      file,
      row: { name, value: value ?? values?.get(valueKey({ scope, name })) ?? null, line },
    })),
  );
  const files = [...groupBy(placed, ({ file }) => file)].sort(([a], [b]) => byText(a, b));
  return (
    <>
      <p class="lead">
        {count(settings.length, 'option')} that your files set.{' '}
        {values === undefined ? (
          <>
            A value is shown only if its type allows no private text; <code>nixos-intelligence option NAME --live</code>{' '}
            prints any value.
          </>
        ) : (
          'The values are those of the configuration as it is now. This page is private.'
        )}
      </p>
      {live !== undefined && 'why' in live.values && (
        <p class="missing">
          <strong>The values could not be evaluated.</strong> {live.values.why}
        </p>
      )}
      {files.map(([file, rows]) => (
        <OptionFile key={file} file={file} rows={rows.map(({ row }) => row)} />
      ))}
    </>
  );
}

function OptionFile({ file, rows }: { file: string; rows: readonly Row[] }) {
  const sorted = [...rows].sort((a, b) => Number(a.line ?? 0) - Number(b.line ?? 0) || byText(a.name, b.name));
  return (
    <details class="file">
      <summary>
        <code>{file}</code> <span class="minor">{count(rows.length, 'option')}</span>
      </summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Line</th>
            <th scope="col">Option</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map(({ name, value, line }) => (
            <tr key={`${name} ${line}`}>
              <td class="number minor">{line}</td>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td>{value === null ? <span class="minor">not shown</span> : <code>{value}</code>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
