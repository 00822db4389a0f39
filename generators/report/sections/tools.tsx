import { bytes } from '../../bytes.ts';
import type { PackageEvolution } from '../../questions/package-evolution/schema.ts';
import type { ToolProfile } from '../../tools/schema.ts';
import { monthsUpTo, Sparkline } from '../charts/sparkline.tsx';
import type { ReportData } from '../data.ts';
import { Missing, Place, type Section } from '../parts.tsx';
import { declaredBy, type Verdict, verdicts } from '../verdict.ts';
import { count, enumeration } from '../wording.ts';

type Cost = NonNullable<ReportData['dependency_graph']>['packages'][number];
type Use = NonNullable<ReportData['usage_alignment']>['tools'][number];
type Span = PackageEvolution['packages'][number];

interface Row {
  profile: ToolProfile;
  span: Span | undefined;
  use: Use | undefined;
  cost: Cost | undefined;
  verdict: Verdict;
}

/** Every declared package: since when and why, its use, its size, where it is declared, and the verdict on it. */
export function toolsSection(data: ReportData): Section {
  const rows = toolRows(data);
  const { manifest, tool_profiles, usage_alignment: usage } = data;
  const purposes = tool_profiles?.purposes ?? {};
  const months = usage === undefined ? [] : monthsUpTo(usage.takenOn);
  return {
    id: 'tools',
    title: 'Tools',
    content: (
      <>
        <p class="lead">
          The {count(rows.length, 'package')} that your files declare. Size is what only this package needs: removing it
          frees that much.{' '}
          {months.length > 0 &&
            `The bars are days with a use, by month from ${months[0]} to ${months.at(-1)}, against the tool’s busiest month.`}
          {usage?.window.counts === 'at least' &&
            ' “≥”: fish stores each line once however often it is used, so true counts are higher.'}
        </p>
        {data.package_evolution === undefined && (
          <Missing
            what="Since when and why is not known: no git history."
            evidence="snapshots/git-history.json"
            manifest={manifest}
          />
        )}
        {usage === undefined && (
          <Missing
            what="Use is not known: no shell history."
            evidence="snapshots/shell-history.json"
            manifest={manifest}
          />
        )}
        {data.dependency_graph === undefined && (
          <Missing what="Sizes are not known: no closure." evidence="closure.json" manifest={manifest} />
        )}
        {rows.length > 0 && (
          <>
            <Controls rows={rows} purposes={purposes} />
            <ToolTable rows={rows} purposes={purposes} atLeast={usage?.window.counts === 'at least'} months={months} />
          </>
        )}
      </>
    ),
  };
}

function toolRows({ tool_profiles, dependency_graph, usage_alignment, package_evolution }: ReportData): Row[] {
  const profiles = (tool_profiles?.profiles ?? []).filter(({ base }) => !base);
  const costs = new Map(dependency_graph?.packages.map((cost) => [cost.id, cost]));
  const uses = new Map(usage_alignment?.tools.map((use) => [use.package, use]));
  const spans = new Map(package_evolution?.packages.map((span) => [span.id, span]));
  const all = verdicts(profiles, usage_alignment);
  return profiles.flatMap((profile, index) => {
    const verdict = all[index];
    const { id } = profile;
    return verdict === undefined
      ? []
      : [{ profile, verdict, cost: costs.get(id), use: uses.get(id), span: spans.get(id) }];
  });
}

/** Search and filters: shown by the script, which they need. */
function Controls({ rows, purposes }: { rows: readonly Row[]; purposes: Readonly<Record<string, string>> }) {
  const used = new Set(rows.map(({ profile }) => profile.purpose));
  const kinds = new Set(rows.map(({ verdict }) => verdict.kind));
  return (
    <form class="controls" hidden>
      <label>
        Search
        <input type="search" name="search" autocomplete="off" spellcheck={false} />
      </label>
      <label>
        Purpose
        <select name="purpose">
          <option value="">all</option>
          {Object.entries(purposes)
            .filter(([purpose]) => used.has(purpose))
            .map(([purpose, title]) => (
              <option key={purpose}>{title}</option>
            ))}
        </select>
      </label>
      <label>
        Verdict
        <select name="verdict">
          <option value="">all</option>
          {[...kinds].sort().map((kind) => (
            <option key={kind}>{kind}</option>
          ))}
        </select>
      </label>
      <output>{count(rows.length, 'package')}</output>
    </form>
  );
}

const columns = [
  { title: 'Tool' },
  { title: 'Since and why' },
  { title: 'Use', first: 'descending' },
  { title: 'Size', first: 'descending' },
  { title: 'Declared in' },
  { title: 'Verdict' },
];

function ToolTable({
  rows,
  purposes,
  atLeast,
  months,
}: {
  rows: readonly Row[];
  purposes: Readonly<Record<string, string>>;
  atLeast: boolean;
  months: readonly string[];
}) {
  return (
    <table class="tools cards" id="tool-table">
      <caption class="hidden">Declared packages</caption>
      <thead>
        <tr>
          {columns.map(({ title, first }) => (
            <th key={title} scope="col" data-first={first}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <ToolRow key={row.profile.id} row={row} index={index} purposes={purposes} atLeast={atLeast} months={months} />
        ))}
      </tbody>
    </table>
  );
}

/** A row; `data-v` is what its column is sorted by. */
function ToolRow({
  row: { profile, span, use, cost, verdict },
  index,
  purposes,
  atLeast,
  months,
}: {
  row: Row;
  index: number;
  purposes: Readonly<Record<string, string>>;
  atLeast: boolean;
  months: readonly string[];
}) {
  const { name, version, commands, purpose, declarations } = profile;
  const others = (commands ?? []).filter((command) => command !== name);
  return (
    <tr id={`tool-${index + 1}`}>
      <th scope="row" data-v={name}>
        <span class="name">{name}</span> {version !== null && <span class="minor">{version}</span>}
        <span class="minor block">{others.length > 0 && <code>{enumeration(others, 4)}</code>}</span>
        {purpose !== null && <span class="minor block purpose">{purposes[purpose] ?? purpose}</span>}
      </th>
      <td data-v={span?.since.date ?? ''}>
        {span !== undefined && (
          <>
            <span class="day">
              {span.since.atLeast ? 'by ' : ''}
              {span.since.date}
            </span>{' '}
          </>
        )}
        <Why span={span} profile={profile} />
      </td>
      <td class="number" data-v={use?.uses ?? -1}>
        {use !== undefined && <Sparkline months={months} uses={use.months} />}
        {use !== undefined && use.uses > 0 && `${atLeast ? '≥ ' : ''}${use.uses}`}
        {use?.uses === 0 && '0'}
      </td>
      <td class="number" data-v={cost?.exclusiveSize ?? -1}>
        {cost !== undefined && bytes(cost.exclusiveSize)}
      </td>
      <td data-v={placeKey(declarations)}>
        {declarations.map(({ file, line }) => (
          <Place key={`${file}:${line}`} of={{ file, line }} />
        ))}
      </td>
      <td data-v={verdict.kind}>
        <span class={`verdict ${verdict.kind.replaceAll(' ', '-')}`}>{verdict.kind}</span>
        <span class="minor block">{verdict.evidence}</span>
      </td>
    </tr>
  );
}

function Why({ span, profile }: { span: Span | undefined; profile: ToolProfile }) {
  const words = span?.reason?.text ?? span?.purpose?.text ?? null;
  if (words !== null) return <q>{words}</q>;
  const by = declaredBy(profile);
  return by === null ? null : <span class="minor">{by}</span>;
}

/** Sorts by file, then by line. */
function placeKey([first]: ToolProfile['declarations']): string {
  return first === undefined ? '' : `${first.file}:${String(first.line ?? 0).padStart(6, '0')}`;
}
