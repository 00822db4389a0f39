import { objectAt, textAt } from '../../json-value.ts';
import { sqliteRows } from '../shell/sqlite-rows.ts';
import type { LineReader, Outcome, TranscriptEvent } from './event.ts';
import { dayAt, numberAt } from './values.ts';

/** Parts of messages without calls. */
const withoutCalls = /^(agent|compaction|file|patch|reasoning|retry|snapshot|step-start|subtask|text)$/;

/** What the reader needs of a part, as JSON, so that no texts leave the database. */
const reducedPart = `json_object(
  'type', json_extract(p.data, '$.type'),
  'timestamp', strftime('%Y-%m-%dT%H:%M:%SZ', p.time_created / 1000, 'unixepoch'),
  'tool', json_extract(p.data, '$.tool'),
  'callID', json_extract(p.data, '$.callID'),
  'status', json_extract(p.data, '$.state.status'),
  'error', substr(json_extract(p.data, '$.state.error'), 1, 200),
  'start', json_extract(p.data, '$.state.time.start'),
  'command', json_extract(p.data, '$.state.input.command'),
  'exit', json_extract(p.data, '$.state.metadata.exit'),
  'tokens', json_extract(p.data, '$.tokens'))`;

const query = `select hex(p.session_id), s.parent_id is not null,
  hex(case when json_valid(p.data) then ${reducedPart} end)
  from part p join session s on s.id = p.session_id order by p.session_id, p.time_created, p.id`;

/**
 * Calls `onPart` for every part of a database of opencode or Kilo, session by session; `text` is a reduced part as JSON,
 * empty if the part is damaged.
 *
 * @throws UserError if the database cannot be read
 */
export async function readParts(
  file: string,
  onPart: (session: string, isSubagent: boolean, text: string) => void,
): Promise<void> {
  await sqliteRows(file, query.replaceAll(/\s+/g, ' '), ([session = '', isSubagent, part = '']) => {
    onPart(session, isSubagent === '1', Buffer.from(part, 'hex').toString('utf8'));
  });
}

/** A reduced part of a message of opencode and Kilo, seen with the clients 1.18.33 and 7.7.9. */
export const readOpencodePart: LineReader = (part) => {
  const type = textAt(part, 'type') ?? '';
  const day = dayAt(part);
  if (withoutCalls.test(type)) return { id: null, day, events: [] };
  if (type === 'step-finish') return { id: null, day, events: [tokensOf(objectAt(part, 'tokens'))] };
  if (type !== 'tool') return null;
  const id = textAt(part, 'callID') ?? '';
  const tool = textAt(part, 'tool') ?? '';
  const command = tool === 'bash' ? (textAt(part, 'command') ?? null) : null;
  const outcome = outcomeOf(part);
  const events: TranscriptEvent[] = [{ kind: 'call', id, tool, command }];
  if (outcome !== null) events.push({ kind: 'result', id, outcome });
  // A fork copies the parts of a session under new ids.
  return { id: `${id} ${numberAt(part, 'start')}`, day, events };
};

/** null: the call has not ended. */
function outcomeOf(part: unknown): Outcome | null {
  const error = textAt(part, 'error') ?? '';
  switch (textAt(part, 'status')) {
    case 'completed':
      // A failed shell command is a success of the tool.
      return numberAt(part, 'exit') > 0 ? 'error' : 'ok';
    case 'error':
      if (/^The user (has specified a rule which prevents|rejected permission)/.test(error)) return 'denied';
      return error.startsWith('Tool execution aborted') ? 'interrupted' : 'error';
    default:
      return null;
  }
}

function tokensOf(tokens: unknown): TranscriptEvent {
  const cache = objectAt(tokens, 'cache');
  return {
    kind: 'tokens',
    input: numberAt(tokens, 'input') + numberAt(cache, 'write'),
    output: numberAt(tokens, 'output') + numberAt(tokens, 'reasoning'),
    cached: numberAt(cache, 'read'),
  };
}
