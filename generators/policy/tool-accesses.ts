import type { Access, ToolCall } from './call.ts';
import type { World } from './world.ts';

/** The files that a tool of the client or of an MCP server reads or writes according to its input. */
export function toolAccesses({ tool, input }: ToolCall, world: World): Access[] {
  const as = (how: Access['how'], value: unknown): Access[] => {
    if (Array.isArray(value)) return value.flatMap((one) => as(how, one));
    if (typeof value !== 'string' || value === '') return [];
    const text = value.replace(/^file:\/\//, '');
    return [{ word: { text, raw: text, quoted: true, pattern: false }, how, cwd: world.cwd, by: tool }];
  };
  switch (tool) {
    case 'Read':
      return as('read', input.file_path);
    case 'Edit':
    case 'Write':
    case 'MultiEdit':
      return as('edit', input.file_path);
    case 'NotebookEdit':
      return as('edit', input.notebook_path);
    case 'Grep':
      // A pattern over a folder reads the files that its glob names.
      return [...as('read', input.path), ...as('read', input.glob)];
    default: {
      if (!tool.startsWith('mcp__')) return [];
      const writes = /write|edit|create|move|append|save|delete/i.test(tool.slice(tool.lastIndexOf('__')));
      const how = writes ? 'edit' : 'read';
      return [
        'path',
        'paths',
        'file',
        'files',
        'file_path',
        'filePath',
        'filename',
        'uri',
        'source',
        'destination',
      ].flatMap((key) => as(how, input[key]));
    }
  }
}
