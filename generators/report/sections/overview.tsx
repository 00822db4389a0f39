import type { ComponentChildren } from 'preact';
import { bytes } from '../../bytes.ts';
import { wholeMonths } from '../../days.ts';
import type { ReportData } from '../data.ts';
import { count } from '../wording.ts';

/** What the report describes, from which evidence, and its five headline figures. */
export function Overview({ data }: { data: ReportData }) {
  const { manifest } = data;
  return (
    <section id="overview" aria-labelledby="overview-title">
      <h1 id="overview-title">{manifest.host ?? `The home of ${manifest.user}`}</h1>
      <p class="lead">{subtitle(data)}</p>
      <dl class="figures">
        <Packages data={data} />
        <Typed data={data} />
        <Closure data={data} />
        <Age data={data} />
        <Recommendations data={data} />
      </dl>
      <EvidenceList data={data} />
    </section>
  );
}

function subtitle({ manifest, source }: ReportData): string {
  const system = source?.platform === 'nixos' ? `NixOS ${source.nixpkgs.release}` : null;
  return [system, manifest.host === null ? null : `user ${manifest.user}`].filter((part) => part !== null).join(' · ');
}

/** A headline figure: a value with its unit, and what it counts. `value` is null where the evidence is missing. */
function Figure({ title, value, note }: { title: string; value: string | null; note: ComponentChildren }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        {value === null ? <span class="unknown">not known</span> : <span class="value">{value}</span>}
        <span class="note">{note}</span>
      </dd>
    </div>
  );
}

function Packages({ data: { tool_profiles } }: { data: ReportData }) {
  const profiles = tool_profiles?.profiles ?? [];
  const base = profiles.filter((profile) => profile.base).length;
  return (
    <Figure
      title="Packages declared"
      value={String(profiles.length - base)}
      note={base > 0 ? `and ${base} of the base system` : 'by your files'}
    />
  );
}

function Typed({ data: { usage_alignment: usage } }: { data: ReportData }) {
  if (usage === undefined || usage.tools.length === 0) {
    return <Figure title="Tools typed" value={null} note="no shell history" />;
  }
  const typed = usage.tools.filter(({ uses }) => uses > 0).length;
  const share = Math.round((100 * typed) / usage.tools.length);
  return (
    <Figure
      title="Tools typed"
      value={`${share} %`}
      note={`${typed} of ${usage.tools.length} with a command${usage.window.from === null ? '' : `, since ${usage.window.from}`}`}
    />
  );
}

function Closure({ data: { dependency_graph: graph } }: { data: ReportData }) {
  if (graph === undefined) return <Figure title="Closure" value={null} note="no closure of the packages" />;
  return (
    <Figure
      title="Closure"
      value={bytes(graph.system.size, 3)}
      note={`in ${count(graph.system.paths, 'store path')}`}
    />
  );
}

function Age({ data: { package_evolution: evolution } }: { data: ReportData }) {
  const first = evolution?.coverage.first ?? null;
  if (evolution === undefined || first === null) return <Figure title="Age" value={null} note="no git history" />;
  const months = wholeMonths(first, evolution.takenOn);
  const { shallow } = evolution.repository;
  return (
    <Figure
      title="Age of the configuration"
      value={`${shallow ? 'over ' : ''}${months < 24 ? count(months, 'month') : count(Math.floor(months / 12), 'year')}`}
      note={`since ${first}, ${count(evolution.coverage.configurationCommits, 'commit')} to it`}
    />
  );
}

function Recommendations({ data: { recommendations: all } }: { data: ReportData }) {
  if (all === undefined) return <Figure title="Recommendations" value={null} note="none in this output" />;
  const number = all.recommendations.length;
  const freed = all.recommendations.reduce((total, { saves }) => total + Math.max(0, saves ?? 0), 0);
  return (
    <Figure
      title="Recommendations"
      value={String(number)}
      note={
        number === 0 ? (
          'nothing to change'
        ) : (
          <>
            <a href="#recommendations">open</a>
            {freed > 0 && `, free up to ${bytes(freed)}`}
          </>
        )
      }
    />
  );
}

/** The evidence with the day of each snapshot, and what is missing with the command that supplies it. */
function EvidenceList({ data: { manifest } }: { data: ReportData }) {
  const { inputs, missing, rejected, skipped } = manifest;
  const built = inputs.filter(({ takenOn }) => takenOn === null);
  const dated = inputs.filter(({ takenOn }) => takenOn !== null);
  return (
    <details class="evidence" open={missing.length + rejected.length > 0}>
      <summary>
        Evidence: {dated.length} of {dated.length + missing.filter(({ file }) => file.startsWith('snapshots/')).length}{' '}
        snapshots
        {missing.length + rejected.length > 0 ? `, ${missing.length + rejected.length} missing` : ''}
      </summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Evidence</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {built.length > 0 && (
            <tr>
              <td>
                <code>{built.map(({ file }) => file).join(', ')}</code>
              </td>
              <td>from the build</td>
            </tr>
          )}
          {dated.map(({ file, takenOn }) => (
            <tr key={file}>
              <td>
                <code>{file}</code>
              </td>
              <td>taken on {takenOn}</td>
            </tr>
          ))}
          {missing.map(({ file, command }) => (
            <tr key={file}>
              <td>
                <code>{file}</code>
              </td>
              <td>
                missing; {command === null ? 'the build of the configuration' : <code>{command}</code>} supplies it
              </td>
            </tr>
          ))}
          {rejected.map(({ file, reason }) => (
            <tr key={file}>
              <td>
                <code>{file}</code>
              </td>
              <td>could not be used: {reason}</td>
            </tr>
          ))}
          {skipped.map(({ what, why }) => (
            <tr key={what}>
              <td>{what}</td>
              <td>left out: {why}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
