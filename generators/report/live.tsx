import type { OutcomeCount } from '../policy/outcomes.ts';
import { count } from './wording.ts';

/** What only the user may see: it is never in the output of a build. */
export interface Live {
  /** Findings of `doctor`. */
  findings: readonly LiveFinding[];
  /** Outcomes of the policy hook; null where it has counted nothing. */
  outcomes: readonly OutcomeCount[] | null;
  /** `system services.nginx.virtualHosts` -> its value in Nix notation, or why there are none. */
  values: ReadonlyMap<string, string> | { why: string };
}

interface LiveFinding {
  id: string;
  severity: string;
  message: string;
  evidence: readonly string[];
  fix: string | null;
}

/** The key of an option in {@link Live}. */
export function valueKey({ scope, name }: { scope: string; name: string }): string {
  return `${scope} ${name}`;
}

/** The findings of `doctor`, the gravest first. */
export function Findings({ findings }: { findings: readonly LiveFinding[] }) {
  if (findings.length === 0) return <p>No findings.</p>;
  return (
    <>
      <p class="lead">
        {count(findings.length, 'finding')} of <code>nixos-intelligence doctor</code>.
      </p>
      <ol class="recommendations">
        {findings.map(({ id, severity, message, evidence, fix }) => (
          <li key={id}>
            <span class="tag">{severity}</span>
            <div>
              <p>{message}</p>
              {evidence.map((line) => (
                <p key={line} class="minor">
                  {line}
                </p>
              ))}
              {fix !== null && (
                <p>
                  <code class="command">{fix}</code>
                </p>
              )}
            </div>
          </li>
        ))}
      </ol>
    </>
  );
}

/** How often each rule decided something. */
export function Outcomes({ outcomes }: { outcomes: Live['outcomes'] }) {
  if (outcomes === null || outcomes.length === 0) {
    return (
      <p class="missing">
        <strong>No outcome was counted.</strong> <code>programs.nixos-intelligence.policies.count = true</code> lets the
        hook count them.
      </p>
    );
  }
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Rule</th>
          <th scope="col">Decision</th>
          <th scope="col">Times</th>
          <th scope="col">From</th>
          <th scope="col">To</th>
        </tr>
      </thead>
      <tbody>
        {outcomes.map(({ rule, decision, count: times, first, last }) => (
          <tr key={`${rule} ${decision}`}>
            <th scope="row">{rule}</th>
            <td>{decision}</td>
            <td class="number">{times}</td>
            <td class="day">{first}</td>
            <td class="day">{last}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
