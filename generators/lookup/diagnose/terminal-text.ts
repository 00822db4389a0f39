/**
 * What a terminal shows of a program's output, as lines: without colours, links and cursor movements, of a line that
 * was overwritten the last text. Frames that nix-output-monitor draws on the left are removed.
 */
export function terminalLines(text: string): string[] {
  return text
    .replace(sequences, '')
    .split(/\r?\n/)
    .map((line) => line.replace(/\r+$/, ''))
    .map((line) => line.slice(line.lastIndexOf('\r') + 1))
    .map((line) =>
      line
        .replace(control, '')
        .replace(/^(?:┃|│) ?/, '')
        .trimEnd(),
    );
}

const esc = String.fromCharCode(27);
const bell = String.fromCharCode(7);
/** CSI sequences; OSC sequences such as links and titles; two-character sequences. */
const sequences = new RegExp(
  `${esc}\\[[0-?]*[ -/]*[@-~]|${esc}\\][^${bell}${esc}]*(?:${bell}|${esc}\\\\)|${esc}[ -/]*[0-~]`,
  'g',
);
const control = new RegExp(`[${String.fromCharCode(0)}-${String.fromCharCode(8)}${bell}${esc}]`, 'g');
