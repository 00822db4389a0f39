import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isUserError, systemErrorCode, UserError } from '../errors.ts';
import { checks } from '../lookup/doctor/checks.ts';
import { examine } from '../lookup/doctor/examine.ts';
import { machineToExamine } from '../lookup/doctor/machine-to-examine.ts';
import { openOutput } from '../lookup/open-output.ts';
import { outputReader } from '../lookup/read-output.ts';
import { previewExample } from '../output/preview.ts';
import { outcomesFile } from '../policy/count.ts';
import { countedOutcomes } from '../policy/outcomes.ts';
import { stateFile } from '../policy/world.ts';
import { reportData } from '../report/data.ts';
import { type Live, valueKey } from '../report/live.tsx';
import { readReportFiles } from '../report/read-folder.ts';
import { isReport, renderReport } from '../report/report.tsx';
import { visible } from '../text.ts';
import { defineCommand } from './command.ts';
import { dirOption } from './look-up-options.ts';
import { worldAt } from './policy-options.ts';
import { withProgress } from './progress.ts';

export const command = defineCommand({
  name: 'report',
  usage: '[--open] [--live] [--out FILE] [--dir DIR | --example]',
  description: `
Writes the HTML report: one file that loads nothing and works without a network. A rebuild writes the same page as
report.html. Only you can read the file (mode 0600).

With --live the page also has what must not be in the Nix store: the findings of doctor, what the policy hook decided,
and the values of the options, which nix evaluates now.`,
  options: {
    out: {
      type: 'string',
      value: 'FILE',
      help: 'the file to write (default: ~/.local/state/nixos-intelligence/report.html)',
    },
    open: { type: 'boolean', help: 'open it in the browser' },
    example: { type: 'boolean', help: 'of the example host that is shipped with the command; reads nothing else' },
    live: { type: 'boolean', help: 'add findings, outcomes of the policies, and values of options' },
    ...dirOption,
  },
  async run({ values, positionals }) {
    if (positionals.length > 0 || (values.example && (values.dir !== undefined || values.live))) {
      throw new UserError('usage', 'expected no argument, and --example without --dir and --live', {
        hint: 'nixos-intelligence report --help',
      });
    }
    const files = values.example ? previewExample({}).files : readReportFiles(await intelligenceFolder(values.dir));
    const target = resolve(values.out ?? stateFile('report.html', worldAt(undefined)));
    if (values.live && target.startsWith('/nix/store/')) {
      throw new UserError('usage', 'expected a file outside the Nix store, which every user can read');
    }
    write(target, renderReport(files, values.live ? await readLive(files, values.dir) : undefined));
    console.log(visible(target));
    if (values.open) await open(target);
    return 0;
  },
});

/** What only the user may see. */
async function readLive(files: ReadonlyMap<string, string>, dir: string | undefined): Promise<Live> {
  const checked = await withProgress('checking this system', (report) =>
    examine(machineToExamine(undefined, dir), checks, report),
  );
  const log = outcomesFile(worldAt(undefined));
  return {
    findings: checked.filter(({ status }) => status === 'finding'),
    outcomes: existsSync(log) ? countedOutcomes(readFileSync(log, 'utf8'), '') : null,
    values: await valuesNow(files, dir),
  };
}

async function valuesNow(files: ReadonlyMap<string, string>, dir: string | undefined): Promise<Live['values']> {
  const withheld = (reportData(files).settings ?? []).filter(({ value }) => value === null);
  try {
    const { liveValues } = await import('../lookup/options/live-values.ts');
    const texts = await withProgress('evaluating options', () =>
      liveValues(withheld, outputReader(dir).read('source')),
    );
    return new Map(withheld.map((option, index) => [valueKey(option), texts[index] ?? '(cannot be evaluated)']));
  } catch (error) {
    if (!isUserError(error)) throw error;
    return { why: error.message };
  }
}

/** Without the index, nothing is known about the checkout, and the report says so itself. */
async function intelligenceFolder(dir: string | undefined): Promise<string> {
  const output = outputReader(dir);
  return output.has('source') ? (await openOutput(dir)).folder : output.folder;
}

/** Writes the file completely or not at all; an earlier report is replaced, any other file stays. */
function write(target: string, page: string): void {
  if (isForeign(target)) {
    throw new UserError('output', `expected a new file or an earlier report, got \`${visible(target)}\``, {
      hint: 'nothing was written; name another file with --out',
    });
  }
  try {
    mkdirSync(dirname(target), { recursive: true });
    const beside = mkdtempSync(join(dirname(target), '.report-'));
    try {
      writeFileSync(join(beside, 'report.html'), page, { mode: 0o600 });
      renameSync(join(beside, 'report.html'), target);
    } finally {
      rmSync(beside, { recursive: true, force: true });
    }
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === undefined) throw error;
    throw new UserError('output', `\`${visible(target)}\` cannot be written (\`${code}\`)`, { cause: error });
  }
}

function isForeign(target: string): boolean {
  let descriptor: number;
  try {
    descriptor = openSync(target, 'r');
  } catch (error) {
    return systemErrorCode(error) !== 'ENOENT';
  }
  try {
    const start = Buffer.alloc(1000);
    return !isReport(start.toString('utf8', 0, readSync(descriptor, start)));
  } finally {
    closeSync(descriptor);
  }
}

/** Opens a file with the program of the desktop, which outlives this process. */
function open(file: string): Promise<void> {
  const program = process.platform === 'darwin' ? 'open' : 'xdg-open';
  return new Promise((done, failed) => {
    const child = spawn(program, [file], { detached: true, stdio: 'ignore' });
    child.once('error', (cause) =>
      failed(new UserError('output', `\`${program}\` cannot be run; open \`${visible(file)}\` yourself`, { cause })),
    );
    child.once('spawn', () => {
      child.unref();
      done();
    });
  });
}
