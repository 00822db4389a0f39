#!/usr/bin/env node
// Drives the real Claude Code client against a local stand-in for the Messages
// API, so that a test can see what the client really loads and really blocks:
// which CLAUDE.md, rules and skills reach the request, which hooks fire, which
// tool calls are denied, and what the session transcript then looks like.
//
//   drive.mjs --config-dir DIR [--home DIR] [--cwd DIR] [--calls FILE|-] [--prompt TEXT]
//             [--mcp-config FILE] [--allow RULE,…] [--keep FILE] [--timeout S]
//
// --config-dir  the client's ~/.claude (it becomes CLAUDE_CONFIG_DIR unless it
//               is already HOME/.claude)
// --home        HOME; default: the parent of a --config-dir named .claude, else that folder
// --calls       JSON: a list of {name, input} — the tool calls that the stand-in
//               model makes, one per turn; default: none
// --allow       permission rules beside the built-in tools, e.g. mcp__notes__*
// --keep        write every request body received, a JSON line each, to FILE
//
// Prints one JSON object: {exitCode, result, denials[], toolResults[],
// contextText, tools[], transcript, stderr}. `contextText` is all text
// of the first request that the user did not type. Exit status: 0 when the
// client ran to its end, 1 when it failed, 2 for bad arguments.
//
// Needs Node >= 20 and the program of the npm package @anthropic-ai/claude-code, named by
// --bin or CLAUDE_BIN (default: ~/.cache/claude-client/claude). No network but loopback is used.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

const options = Object.fromEntries(
  ['config-dir', 'home', 'cwd', 'calls', 'prompt', 'mcp-config', 'allow', 'keep', 'timeout', 'bin'].map((name) => [
    name,
    { type: 'string' },
  ]),
);
let args;
try {
  args = parseArgs({ options }).values;
  if (!args['config-dir']) throw new Error('--config-dir is needed');
} catch (error) {
  console.error(`drive: ${error.message}`);
  process.exit(2);
}

const configDir = path.resolve(args['config-dir']);
const home = args.home ?? (path.basename(configDir) === '.claude' ? path.dirname(configDir) : configDir);
const cwd = path.resolve(args.cwd ?? fs.mkdtempSync(path.join(os.tmpdir(), 'claude-client-cwd-')));
const calls = args.calls ? JSON.parse(fs.readFileSync(args.calls === '-' ? 0 : args.calls, 'utf8')) : [];
const bin = args.bin ?? process.env.CLAUDE_BIN ?? path.join(os.homedir(), '.cache/claude-client/claude');
if (!fs.existsSync(bin)) {
  console.error(`drive: no client at ${bin}: set CLAUDE_BIN`);
  process.exit(2);
}

const requests = [];

/** The tool call that the stand-in model makes next: one per tool result already in the conversation. */
function nextCall(body) {
  const offersTools = (body.tools ?? []).length > 0;
  const answered = (body.messages ?? []).filter(
    (message) => Array.isArray(message.content) && message.content.some((part) => part.type === 'tool_result'),
  ).length;
  return offersTools ? calls[answered] : undefined;
}

function answer(body, response) {
  const call = nextCall(body);
  const id = `msg_${requests.length}`;
  const message = {
    id,
    type: 'message',
    role: 'assistant',
    model: body.model,
    stop_sequence: null,
    usage: { input_tokens: 1, output_tokens: 1 },
  };
  const stop_reason = call ? 'tool_use' : 'end_turn';
  const block = call ? { type: 'tool_use', id: `toolu_${requests.length}`, name: call.name } : { type: 'text' };
  if (!body.stream) {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({
        ...message,
        stop_reason,
        content: [call ? { ...block, input: call.input } : { ...block, text: 'done' }],
      }),
    );
    return;
  }
  const delta = call
    ? { type: 'input_json_delta', partial_json: JSON.stringify(call.input) }
    : { type: 'text_delta', text: 'done' };
  const events = [
    { type: 'message_start', message: { ...message, content: [], stop_reason: null } },
    { type: 'content_block_start', index: 0, content_block: call ? { ...block, input: {} } : { ...block, text: '' } },
    { type: 'content_block_delta', index: 0, delta },
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason, stop_sequence: null }, usage: { output_tokens: 1 } },
    { type: 'message_stop' },
  ];
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const event of events) response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  response.end();
}

const server = http.createServer((request, response) => {
  let text = '';
  request.on('data', (chunk) => (text += chunk));
  request.on('end', () => {
    const isMessages = request.method === 'POST' && request.url.startsWith('/v1/messages');
    if (!isMessages || request.url.includes('count_tokens')) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(isMessages ? '{"input_tokens":1}' : '{}');
      return;
    }
    const body = JSON.parse(text);
    requests.push(body);
    if (args.keep) fs.appendFileSync(args.keep, `${JSON.stringify(body)}\n`);
    answer(body, response);
  });
});

/** All text below a request part, whatever its shape. */
function textOf(value) {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(textOf).join('\n');
  if (value && typeof value === 'object') return textOf(value.text ?? value.content ?? '');
  return '';
}

server.listen(0, '127.0.0.1', () => {
  const prompt = args.prompt ?? 'go';
  const clientArgs = [
    '-p',
    prompt,
    '--output-format',
    'json',
    '--allowedTools',
    ['Bash,Edit,Write,Read,Grep,Glob', args.allow].filter(Boolean).join(','),
  ];
  if (args['mcp-config']) clientArgs.push('--mcp-config', path.resolve(args['mcp-config']));
  const env = {
    HOME: home,
    PATH: process.env.PATH,
    TERM: 'dumb',
    IS_SANDBOX: '1',
    ANTHROPIC_BASE_URL: `http://127.0.0.1:${server.address().port}`,
    ANTHROPIC_API_KEY: 'sk-ant-not-a-key',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_AUTOUPDATER: '1',
    ...(configDir === path.join(home, '.claude') ? {} : { CLAUDE_CONFIG_DIR: configDir }),
  };
  const client = spawn(bin, clientArgs, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const timer = setTimeout(() => client.kill('SIGKILL'), 1000 * Number(args.timeout ?? 60));
  let stdout = '';
  let stderr = '';
  client.stdout.on('data', (chunk) => (stdout += chunk));
  client.stderr.on('data', (chunk) => (stderr += chunk));
  client.on('close', (exitCode) => {
    clearTimeout(timer);
    server.close();
    server.closeAllConnections();
    let result = {};
    try {
      result = JSON.parse(stdout);
    } catch {
      stderr += stdout;
    }
    const main = requests.filter((body) => (body.tools ?? []).length > 0);
    const last = main.at(-1) ?? {};
    const toolResults = (last.messages ?? [])
      .flatMap((message) => (Array.isArray(message.content) ? message.content : []))
      .filter((part) => part.type === 'tool_result')
      .map((part) => ({ id: part.tool_use_id, isError: part.is_error === true, text: textOf(part.content) }));
    const first = main[0] ?? {};
    const contextText = [
      textOf(first.system),
      ...(first.messages ?? []).map((message) => textOf(message.content)),
    ].join('\n');
    const projects = path.join(configDir, 'projects');
    const transcript =
      result.session_id && fs.existsSync(projects)
        ? fs
            .readdirSync(projects, { recursive: true })
            .map(String)
            .find((name) => name.endsWith(`${result.session_id}.jsonl`))
        : undefined;
    console.log(
      JSON.stringify(
        {
          exitCode,
          result: result.result,
          denials: (result.permission_denials ?? []).map((denial) => ({
            tool: denial.tool_name,
            input: denial.tool_input,
          })),
          toolResults,
          contextText,
          tools: (first.tools ?? []).map((tool) => tool.name),
          transcript: transcript && path.join(projects, transcript),
          stderr,
        },
        null,
        2,
      ),
    );
    process.exit(exitCode === 0 ? 0 : 1);
  });
});
