import { bytes } from '../../bytes.ts';
import type { Recommendation } from '../../questions/recommendations/schema.ts';
import type { ReportData } from '../data.ts';
import { Marked, Place, type Section } from '../parts.tsx';
import { count } from '../wording.ts';

/** What to change, with the evidence, what would make it wrong, and the command that prints the edit. */
export function recommendationsSection({ recommendations }: ReportData): Section {
  return {
    id: 'recommendations',
    title: 'Recommendations',
    content:
      recommendations === undefined ? (
        <p class="missing">
          <strong>This output has no recommendations.</strong> The next rebuild makes them.
        </p>
      ) : recommendations.recommendations.length === 0 ? (
        <p>Nothing to recommend from this evidence.</p>
      ) : (
        <>
          <p class="lead">
            {count(recommendations.recommendations.length, 'recommendation')}. A command below prints the edit and its
            proof; it changes nothing.
          </p>
          <ol class="recommendations">
            {recommendations.recommendations.map((one) => (
              <One key={one.id} of={one} />
            ))}
          </ol>
        </>
      ),
  };
}

function One({ of: { kind, text, evidence, confidence, saves, unless, change } }: { of: Recommendation }) {
  return (
    <li>
      <span class="tag">{kind}</span>
      <div>
        <p>
          <Marked text={text} />
        </p>
        <p class="minor">
          {Math.round(confidence * 100)} % sure{saves !== null && saves > 0 ? ` · frees ${bytes(saves)}` : ''} · wrong
          if {unless}
        </p>
        <p class="minor">
          {evidence
            .flatMap(({ source }) => source ?? [])
            .map((source) => (
              <>
                <Place of={source} /> ·{' '}
              </>
            ))}
          {evidence.map(({ file, pointer }) => `${file}#${pointer}`).join(', ')}
        </p>
        {change === null ? (
          <p class="minor">No command can make this change.</p>
        ) : (
          <p>
            <code class="command">{change}</code>
          </p>
        )}
      </div>
    </li>
  );
}
