/** A call as the client writes it on the hook's standard input (2.1.197). */
export function callJson(tool: string, input: object, cwd = '/home/ann/app'): string {
  return JSON.stringify({
    session_id: '24906240-a239-4534-a56d-d310376bb68f',
    transcript_path: '/home/ann/.claude/projects/-home-ann-app/24906240.jsonl',
    cwd,
    prompt_id: 'dc78a4fb-c8b1-4522-a3c8-e4f48efa08f1',
    permission_mode: 'default',
    effort: { level: 'high' },
    hook_event_name: 'PreToolUse',
    tool_name: tool,
    tool_input: input,
    tool_use_id: 'toolu_1',
  });
}

/** The same JSON with every character of every string written as an escape. */
export function escaped(json: string): string {
  return json.replace(/"(?:[^"\\]|\\.)*"/g, (text) => {
    const value = JSON.parse(text) as string;
    return `"${Array.from({ length: value.length }, (_, at) => `\\u${value.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')}"`;
  });
}
