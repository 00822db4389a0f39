import { execFile } from 'node:child_process';
import { textAt } from '../../json-value.ts';

const kinds = ['option', 'package', 'command', 'where', 'search', 'explain', 'why', 'input', 'doctor', 'recommend'];

/** Kinds that answer without a name. */
const nameless = ['input', 'doctor', 'recommend'];

/** The tools of the MCP server. Every word of them is in each request of an agent. */
export const tools = [
  {
    name: 'look_up',
    description:
      "Facts about this machine's NixOS or home-manager configuration, offline. option: type, value here, file and line. package: installed? declared where. command: what runs. where: file and line to edit. search: find names by words. explain: evidence. why: what retains it. input: flake inputs. doctor: what is broken. recommend: what to change. Look up before writing Nix code.",
    inputSchema: {
      type: 'object' as const,
      properties: {
        kind: { type: 'string', enum: kinds },
        name: { type: 'string', description: 'an option, package, command or words' },
      },
      required: ['kind'],
    },
    annotations: { readOnlyHint: true },
  },
  {
    name: 'diagnose',
    description: "Traces a failed nix or rebuild command to the user's file, line and option.",
    inputSchema: {
      type: 'object' as const,
      properties: { output: { type: 'string', description: 'everything that the command printed' } },
      required: ['output'],
    },
    annotations: { readOnlyHint: true },
  },
];

interface Answer {
  content: { type: 'text'; text: string }[];
  isError?: true;
  // The SDK adds fields to an answer.
  [key: string]: unknown;
}

/** More than the text of any failed rebuild that is worth reading, in characters. */
const longestOutput = 4_000_000;
/** In milliseconds. */
const patience = 60_000;

/**
 * Runs the command behind a call. What was not found is an answer; bad input and missing data are errors, worded as the
 * command words them.
 *
 * @param program the file of our command line
 */
export async function answerCall(program: string, tool: string, input: Record<string, unknown>): Promise<Answer> {
  if (tool === 'diagnose') {
    const output = textAt(input, 'output');
    if (output === undefined) return failure('expected `output`, the text of the failed command');
    return run(program, ['diagnose'], output.slice(-longestOutput));
  }
  if (tool !== 'look_up') return failure(`no tool \`${tool}\`; there are look_up and diagnose`);
  const kind = textAt(input, 'kind') ?? '';
  const name = textAt(input, 'name')?.trim() ?? '';
  if (!kinds.includes(kind)) return failure(`expected \`kind\` to be one of ${kinds.join(', ')}, got \`${kind}\``);
  if (name === '' && !nameless.includes(kind)) return failure(`expected \`name\` for the kind ${kind}`);
  const takesNone = kind === 'doctor' || kind === 'recommend';
  const words = takesNone || name === '' ? [] : kind === 'search' || kind === 'input' ? name.split(/\s+/) : [name];
  // What begins with a dash is a name, too.
  return run(program, [kind, ...(words.length > 0 ? ['--', ...words] : [])], '');
}

function run(program: string, args: readonly string[], input: string): Promise<Answer> {
  return new Promise((resolve) => {
    const options = { timeout: patience, maxBuffer: 1 << 26 };
    const child = execFile(process.execPath, [program, ...args], options, (error, stdout, stderr) => {
      // 1: there is no such name, or there are findings.
      const answered = error === null || error.code === 1;
      const text = [stdout, stderr].filter((part) => part.trim() !== '').join('\n');
      if (answered) resolve({ content: [{ type: 'text', text }] });
      else resolve(failure(error.killed ? `no answer within ${patience / 1000} seconds` : text));
    });
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

const failure = (text: string): Answer => ({ content: [{ type: 'text', text }], isError: true });
