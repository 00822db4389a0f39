import type { ToolChains } from '../../questions/tool-chains/schema.ts';
import { type Flow, FlowDiagram } from '../charts/flow.tsx';
import type { ReportData } from '../data.ts';
import { Missing, type Section } from '../parts.tsx';
import { count } from '../wording.ts';

const mostFlows = 9;

/** Which commands are piped into each other, and which follow each other. */
export function flowsSection({ tool_chains: chains, manifest }: ReportData): Section {
  return {
    id: 'flows',
    title: 'Pipelines and workflows',
    content:
      chains === undefined ? (
        <Missing
          what="How commands are used together is not known: no shell history."
          evidence="snapshots/shell-history.json"
          manifest={manifest}
        />
      ) : (
        <Flows chains={chains} />
      ),
  };
}

function Flows({ chains }: { chains: ToolChains }) {
  const pipelines = chains.pipelines.map(({ stages, uses }) => ({ steps: stages.map((stage) => stage ?? '…'), uses }));
  return (
    <>
      <p class="lead">
        How often commands were used together{chains.counts === 'at least' ? ', at least: fish keeps a line once' : ''}.
        A wider line is more frequent.
      </p>
      <div class="pair">
        <Diagram title="Pipelines" verb="piped into" flows={pipelines} none="No pipeline was typed often enough." />
        <Diagram
          title="Workflows"
          verb="followed within a minute by"
          flows={chains.workflows}
          none="No commands were typed after each other often enough."
        />
      </div>
    </>
  );
}

function Diagram({ title, verb, flows, none }: { title: string; verb: string; flows: readonly Flow[]; none: string }) {
  const shown = flows.slice(0, mostFlows);
  return (
    <div>
      <h3>{title}</h3>
      {shown.length === 0 ? (
        <p class="minor">{none}</p>
      ) : (
        <>
          <FlowDiagram flows={shown} label={`${title}; the list below has the same in words`} />
          <details>
            <summary>In words</summary>
            <ul class="flows">
              {shown.map(({ steps, uses }) => (
                <li key={steps.join(' ')}>
                  {steps.join(` ${verb} `)}: {count(uses, 'time')}
                </li>
              ))}
            </ul>
          </details>
        </>
      )}
    </div>
  );
}
