import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { renderToString } from 'preact-render-to-string';
import { shippedFile } from '../shipped-file.ts';
import { withoutHiddenCharacters } from '../text.ts';
import { type ReportData, reportData } from './data.ts';
import { Findings, type Live } from './live.tsx';
import type { Section } from './parts.tsx';
import { changesSection } from './sections/changes.tsx';
import { closureSection } from './sections/closure.tsx';
import { contextSection } from './sections/context.tsx';
import { driftSection } from './sections/drift.tsx';
import { flowsSection } from './sections/flows.tsx';
import { optionsSection } from './sections/options.tsx';
import { Overview } from './sections/overview.tsx';
import { policiesSection } from './sections/policies.tsx';
import { recommendationsSection } from './sections/recommendations.tsx';
import { toolsSection } from './sections/tools.tsx';

/**
 * The HTML report: one page that loads nothing, drawn from the files of an output folder. Script and style are inline
 * and named by their hash in the page's policy, so that nothing else on it can run or load.
 *
 * @param files path in the output folder -> text, see `reportFiles`
 * @param live what only the user may see; a report with it belongs in a file that only the user can read
 * @throws UserError `no-data` where another version wrote a file
 */
export function renderReport(files: ReadonlyMap<string, string>, live?: Live): string {
  const page = renderToString(<Page data={reportData(files)} live={live} />);
  // Foreign text is in many places of the page; hidden and reversing characters are removed from all of it at once.
  return `<!doctype html>\n${withoutHiddenCharacters(page)}\n`;
}

const generatorMark = '<meta name="generator" content="nixos-intelligence"/>';

/**
 * Whether a file is a report of ours.
 *
 * @param start its first 1,000 bytes
 */
export function isReport(start: string): boolean {
  return start.includes(generatorMark);
}

function Page({ data, live }: { data: ReportData; live: Live | undefined }) {
  const style = asset('style.css');
  const script = asset('client.js');
  const { host, user } = data.manifest;
  const name = host ?? user;
  const sections: Section[] = [
    ...(live === undefined
      ? []
      : [{ id: 'findings', title: 'This machine now', content: <Findings findings={live.findings} /> }]),
    recommendationsSection(data),
    changesSection(data),
    closureSection(data),
    toolsSection(data),
    flowsSection(data),
    driftSection(data),
    contextSection(data),
    policiesSection(data, live),
    optionsSection(data, live),
  ];
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="generator" content="nixos-intelligence" />
        <meta
          http-equiv="Content-Security-Policy"
          content={`default-src 'none'; style-src '${hashOf(style)}'; script-src '${hashOf(script)}'; base-uri 'none'; form-action 'none'`}
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>{`${name}: system report`}</title>
        <Raw tag="style" text={style} />
      </head>
      <body>
        <a class="skip" href="#overview">
          Skip to the report
        </a>
        <nav class="sections" aria-label="Sections">
          <ol>
            <li>
              <a href="#overview">Overview</a>
            </li>
            {sections.map(({ id, title }) => (
              <li key={id}>
                <a href={`#${id}`}>{title}</a>
              </li>
            ))}
          </ol>
        </nav>
        <main>
          <Overview data={data} />
          {sections.map(({ id, title, content }) => (
            <section key={id} id={id} aria-labelledby={`${id}-title`}>
              <h2 id={`${id}-title`}>{title}</h2>
              {content}
            </section>
          ))}
        </main>
        <Raw tag="script" text={script} />
      </body>
    </html>
  );
}

/** A file of ours as it is: text in these elements is not escaped. */
function Raw({ tag: Tag, text }: { tag: 'style' | 'script'; text: string }) {
  return <Tag dangerouslySetInnerHTML={{ __html: text }} />;
}

function asset(name: string): string {
  return readFileSync(shippedFile(`report/${name}`), 'utf8');
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
