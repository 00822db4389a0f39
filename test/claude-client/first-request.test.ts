import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { plant, survey } from '../tree.ts';
import { driveClient, requiresClient } from './client.ts';

const golden = fileURLToPath(new URL('../golden/', import.meta.url));

/** Hosts with and without a file that the text imports. */
test.skipIf(requiresClient.missing).each(['workstation', 'example', 'server', 'bare-home'])(
  `%s: every line of CLAUDE.md, and the file that it imports, is in the first request${requiresClient.why}`,
  async (host) => {
    const home = mkdtempSync(join(tmpdir(), 'first-request-'));
    try {
      const files = survey(`${golden}${host}/expected`);
      const configDir = join(home, '.claude');
      plant(configDir, files);
      const { contextText } = await driveClient(configDir);
      const text = files['CLAUDE.md'] ?? '';
      expect(contextText).toContain(text.trimEnd());
      if (!text.includes('@CLAUDE-USER-POLICIES.md')) return;
      expect(contextText).toContain((files['CLAUDE-USER-POLICIES.md'] ?? '').trimEnd());
    } finally {
      rmSync(home, { recursive: true });
    }
  },
);
