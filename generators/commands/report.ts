import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { systemErrorCode, UserError } from '../errors.ts';
import { openOutput } from '../lookup/open-output.ts';
import { outputReader } from '../lookup/read-output.ts';
import { previewExample } from '../output/preview.ts';
import { stateFile } from '../policy/world.ts';
import { readReportFiles } from '../report/read-folder.ts';
import { isReport, renderReport } from '../report/report.tsx';
import { visible } from '../text.ts';
import { defineCommand } from './command.ts';
import { dirOption } from './look-up-options.ts';
import { worldAt } from './policy-options.ts';

export const command = defineCommand({
  name: 'report',
  usage: '[--open] [--out FILE] [--dir DIR | --example]',
  description: `
Writes the HTML report: one file that loads nothing and works without a network. A rebuild writes the same page as
report.html. Only you can read the file (mode 0600).`,
  options: {
    out: {
      type: 'string',
      value: 'FILE',
      help: 'the file to write (default: ~/.local/state/nixos-intelligence/report.html)',
    },
    open: { type: 'boolean', help: 'open it in the browser' },
    example: { type: 'boolean', help: 'of the example host that is shipped with the command; reads nothing else' },
    ...dirOption,
  },
  async run({ values, positionals }) {
    if (positionals.length > 0 || (values.example && values.dir !== undefined)) {
      throw new UserError('usage', 'expected no argument, and --dir or --example', {
        hint: 'nixos-intelligence report --help',
      });
    }
    const files = values.example ? previewExample({}).files : readReportFiles(await intelligenceFolder(values.dir));
    const target = resolve(values.out ?? stateFile('report.html', worldAt(undefined)));
    write(target, renderReport(files));
    console.log(visible(target));
    if (values.open) await open(target);
    return 0;
  },
});

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
