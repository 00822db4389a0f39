import type { ToolChains } from '../../questions/tool-chains/schema.ts';
import { type Flow, FlowDiagram } from '../charts/flow.tsx';
import type { ReportData } from '../data.ts';
import { Missing, type Section } from '../parts.tsx';

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
    <div class="pair">
      <Diagram title="Pipelines" verb="piped into" flows={pipelines} none="No pipeline was typed often enough." />
      <Diagram
        title="Workflows"
        verb="followed within a minute by"
        flows={chains.workflows}
        none="No commands were typed after each other often enough."
      />
    </div>
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
          <ul class="flows">
            {shown.map(({ steps, uses }) => (
              <li key={steps.join(' ')}>
                <span class="hidden">{steps.join(` ${verb} `)}</span>
                <span aria-hidden="true">{steps.join(' → ')}</span> <span class="minor">{uses} times</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
