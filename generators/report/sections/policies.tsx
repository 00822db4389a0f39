import type { Inline } from '../../content.ts';
import { code, joined } from '../../inline.ts';
import { textAt, valueAt } from '../../json-value.ts';
import { ownRules } from '../../policy/rules/own.ts';
import { ruleOf } from '../../policy/rules/rules.ts';
import type { CompiledRule, Policies } from '../../policy/schema.ts';
import type { ReportData } from '../data.ts';
import { type Live, Outcomes } from '../live.tsx';
import { Line, type Section } from '../parts.tsx';
import { enumeration } from '../wording.ts';

/** The active rules with what each inspects, and those that are set and not active. */
export function policiesSection({ policies }: ReportData, live?: Live): Section {
  return {
    id: 'policies',
    title: 'Policies',
    content:
      policies === undefined ? (
        <p class="missing">
          <strong>Policies are not enabled.</strong> <code>programs.nixos-intelligence.policies.enable = true</code>{' '}
          enforces your rules by a hook.
        </p>
      ) : (
        <>
          <Rules policies={policies} />
          {live !== undefined && (
            <>
              <h3>What the hook decided</h3>
              <Outcomes outcomes={live.outcomes} />
            </>
          )}
        </>
      ),
  };
}

function Rules({ policies: { rules, inactive } }: { policies: Policies }) {
  return (
    <>
      <p class="lead">
        A hook checks every call of an agent’s tools. <code>nixos-intelligence policy explain COMMAND</code> shows what
        it decides about a command.
      </p>
      {rules.length === 0 ? (
        <p>No rule is active.</p>
      ) : (
        <table class="rules cards">
          <thead>
            <tr>
              <th scope="col">Rule</th>
              <th scope="col">Decision</th>
              <th scope="col">What it is about</th>
              <th scope="col">Inspects</th>
            </tr>
          </thead>
          <tbody>
            {rules.map((compiled, index) => {
              const rule = ruleOf(compiled);
              return (
                <tr key={index}>
                  <th scope="row">{textAt(compiled, 'name') ?? rule.name}</th>
                  <td>
                    <span class={`verdict ${compiled.decision}`}>{compiled.decision}</span>
                  </td>
                  <td>
                    <Line of={rule.sentence(compiled)} />
                  </td>
                  <td class="minor">{inspects(compiled)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {inactive.length > 0 && (
        <>
          <h3>Set and not active</h3>
          <ul>
            {inactive.map((rule) => (
              <li key={rule.rule}>
                <Line of={whyInactive(rule)} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** What the checks of a rule receive; a rule of the user's own checks what its conditions are about. */
function inspects(compiled: CompiledRule): string {
  const rule = ruleOf(compiled);
  const isSet = (field: string): boolean => valueAt(compiled, field) !== null;
  const isOwn = rule === ownRules;
  const parts = [
    ...((rule.checkCommand || rule.checkLine) && (!isOwn || isSet('command')) ? ['command lines'] : []),
    ...(rule.checkFile && (!isOwn || (isSet('path') && !isSet('command'))) ? ['files that are read or written'] : []),
    ...(rule.checkCode ? ['code in other languages'] : []),
    ...(rule.checkTool && (!isOwn || !(isSet('command') || isSet('path'))) ? ['calls of other tools'] : []),
  ];
  return enumeration(parts);
}

function whyInactive({ rule, missing }: Policies['inactive'][number]): Inline[] {
  return missing === null
    ? [{ strong: rule }, ': the commands of the installed packages are not known']
    : [{ strong: rule }, ': the configuration installs none of ', ...joined(missing.map(code))];
}
