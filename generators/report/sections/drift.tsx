import { scaleLinear } from 'd3-scale';
import type { DriftReport } from '../../questions/drift-report/schema.ts';
import type { FailureInsight, FailurePatterns, FailureRow } from '../../questions/failure-patterns/schema.ts';
import type { ReportData } from '../data.ts';
import { Missing, type Section } from '../parts.tsx';
import { count, enumeration } from '../wording.ts';

const mostFailures = 20;
const barWidth = 80;

/** Where the machine differs from the configuration, and what fails. */
export function driftSection({ drift_report: drift, failure_patterns: failures, manifest }: ReportData): Section {
  return {
    id: 'drift',
    title: 'Drift and failures',
    content: (
      <>
        <h3>Outside the configuration</h3>
        {drift === undefined ? (
          <Missing
            what="What is installed by hand is not known: no snapshot of the machine."
            evidence="snapshots/machine.json"
            manifest={manifest}
          />
        ) : (
          <Drift drift={drift} />
        )}
        <h3>What fails</h3>
        {failures === undefined ? (
          <Missing
            what="What fails is not known: no shell history."
            evidence="snapshots/shell-history.json"
            manifest={manifest}
          />
        ) : (
          <Failures failures={failures} />
        )}
      </>
    ),
  };
}

function Drift({
  drift: { manual, other, packages, versions, notRunning, generations, takenOn },
}: {
  drift: DriftReport;
}) {
  const { current, newest } = generations;
  const facts = [
    ...(current !== null && newest !== null && current < newest
      ? [`The system was rolled back: generation ${current} runs, ${newest} is the newest.`]
      : []),
    ...packages.map(({ installer, count: number }) => `${count(number, 'package')} installed with ${installer}.`),
    ...other.map(({ source, count: number }) => `${count(number, 'other program')} in ${source}.`),
    ...versions.map(
      ({ command, running, declared }) => `${command} ${running} runs; the configuration has ${declared}.`,
    ),
    ...(notRunning.length > 0
      ? [
          `${count(notRunning.length, 'command')} of the configuration not in the running system: ${enumeration(
            notRunning.map(({ command }) => command),
            8,
          )}.`,
        ]
      : []),
  ];
  if (manual.length + facts.length === 0) return <p>Nothing, on {takenOn}.</p>;
  return (
    <>
      <p class="minor">As of {takenOn}.</p>
      {facts.length > 0 && (
        <ul>
          {facts.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
      )}
      {manual.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">Program on PATH</th>
              <th scope="col">From</th>
              <th scope="col">In the configuration</th>
            </tr>
          </thead>
          <tbody>
            {manual.map(({ command, source, declaredBy, hides }) => (
              <tr key={`${command} ${source}`}>
                <th scope="row">
                  <code>{command}</code>
                </th>
                <td>{source}</td>
                <td>
                  {declaredBy === null ? 'not declared' : `declared, package ${declaredBy}`}
                  {hides && ', hidden by this one'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function Failures({ failures }: { failures: FailurePatterns }) {
  const { sources, commands, lines, from, to } = failures;
  if (sources.length === 0) {
    return (
      <p class="missing">
        <strong>No history records exit statuses.</strong>{' '}
        <code>programs.nixos-intelligence.capture.enable = true</code> records them from now on; atuin and nushell have
        them.
      </p>
    );
  }
  if (commands.length === 0) return <p>Nothing, in {count(lines, 'line')} with a known exit status.</p>;
  return (
    <>
      <p class="minor">
        {count(lines, 'line')} with a known exit status{from === null ? '' : `, from ${from} to ${to}`} (
        {enumeration(sources)}
        ). A test that fails is a failure of the command that runs it.
      </p>
      <table class="failures cards">
        <thead>
          <tr>
            <th scope="col">Command</th>
            <th scope="col">Failed</th>
            <th scope="col">Cause</th>
            <th scope="col">Last</th>
          </tr>
        </thead>
        <tbody>
          {commands.slice(0, mostFailures).map((row) => (
            <tr key={nameOf(row)}>
              <th scope="row">
                <code>{nameOf(row)}</code>
              </th>
              <td class="share">
                <Bar share={row.rate} /> {row.failures} of {row.attempts}
              </td>
              <td>{causeOf(row, failures) ?? <span class="minor">not shown by the evidence</span>}</td>
              <td class="day">{row.lastFailure}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {commands.length > mostFailures && (
        <p class="minor">
          {commands.length - mostFailures} more in <code>failure_patterns.json</code>
        </p>
      )}
    </>
  );
}

function Bar({ share }: { share: number }) {
  const length = scaleLinear().domain([0, 1]).range([0, barWidth]);
  return (
    <svg class="bar" viewBox={`0 0 ${barWidth} 8`} aria-hidden="true">
      <rect class="level-0" width={barWidth} height="8" rx="1" />
      <rect class="level-3" width={length(share).toFixed(1)} height="8" rx="1" />
    </svg>
  );
}

function nameOf({ command, subcommand }: FailureRow): string {
  return subcommand === null ? command : `${command} ${subcommand}`;
}

function causeOf(row: FailureRow, { commands, insights }: FailurePatterns): string | null {
  const pointer = `/commands/${commands.indexOf(row)}`;
  const causes = insights.filter(({ evidence }) => evidence.includes(pointer)).flatMap(causesIn);
  return causes.length === 0 ? null : causes.join('; ');
}

function causesIn(insight: FailureInsight): string[] {
  switch (insight.kind) {
    case 'nearly always fails':
      return [
        ...(insight.missingService === null ? [] : [`${insight.missingService.name} is not enabled`]),
        ...(insight.missingGroup === null ? [] : [`you are not in group ${insight.missingGroup}`]),
      ];
    case 'not found':
      return insight.package === null
        ? ['not found: no package of the configuration has it']
        : [`not found then; the package ${insight.package} has it now`];
    case 'no permission':
      return ['denied, or repeated with sudo'];
    case 'often fails':
      return [];
  }
}
