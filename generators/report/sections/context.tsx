import type { ReportData } from '../data.ts';
import type { Section } from '../parts.tsx';
import { count } from '../wording.ts';

/** Places of evidence shown for a line. */
const mostEvidence = 3;

interface ContextLine {
  number: number;
  text: string;
  tokens: number;
  evidence: readonly { file: string; pointer: string }[];
}

/** CLAUDE.md line by line: what each costs, and what it rests on. */
export function contextSection(data: ReportData): Section {
  return {
    id: 'context',
    title: 'What the agent sees',
    content:
      data.context === undefined ? (
        <p class="missing">
          <strong>CLAUDE.md is not there.</strong> The next rebuild links it.
        </p>
      ) : (
        <Context text={data.context} lines={linesOf(data.context, data)} />
      ),
  };
}

function Context({ text, lines }: { text: string; lines: readonly ContextLine[] }) {
  return (
    <>
      <p class="lead">
        CLAUDE.md, which the agent reads at every start: {count(lines.length, 'line')}, about{' '}
        {count(tokensOf(text), 'token')} (bytes divided by 4). <code>nixos-intelligence explain TEXT</code> shows the
        evidence behind a line in full.
      </p>
      <table class="context">
        <thead>
          <tr>
            <th scope="col">Line</th>
            <th scope="col">Text and evidence</th>
            <th scope="col">Tokens</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ number, text: line, tokens, evidence }) => (
            <tr key={number} class={line.startsWith('#') ? 'heading' : undefined}>
              <td class="number minor">{number}</td>
              <td>
                <code>{line}</code>
                {evidence.length > 0 && <span class="minor block">{evidenceText(evidence)}</span>}
              </td>
              <td class="number minor">{tokens}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** The lines with text; `evidence` is empty where a line states nothing about this machine. */
function linesOf(text: string, { context_evidence }: ReportData): ContextLine[] {
  const evidence = new Map(context_evidence?.lines.map((line) => [line.line, line.evidence]));
  return text.split('\n').flatMap((line, index) => {
    const number = index + 1;
    return line === '' ? [] : [{ number, text: line, tokens: tokensOf(line), evidence: evidence.get(number) ?? [] }];
  });
}

/** `tool_profiles.json/profiles/3, /profiles/7 and 2 more` */
function evidenceText(evidence: ContextLine['evidence']): string {
  const shown = evidence.slice(0, mostEvidence).map(({ file, pointer }, index) => {
    const before = evidence[index - 1]?.file;
    return file === before ? pointer : `${file}#${pointer}`;
  });
  const rest = evidence.length - shown.length;
  return `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** As the budget of CLAUDE.md estimates it. */
function tokensOf(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 4);
}
