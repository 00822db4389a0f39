// What the module adds to the evaluation of a public host, in function calls: exact, and the same every time.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { functionCalls, publicHostFlake, requiresPublicHost } from '../nix/public-host.ts';

const allowed = 3;
const { missing } = requiresPublicHost();
if (missing) {
  console.log(`evaluation: not measured: ${missing}`);
} else {
  const scratch = mkdtempSync(join(tmpdir(), 'evaluation-bench-'));
  try {
    const url = publicHostFlake(scratch);
    const calls = (host: string) => functionCalls(`${url}#${host}.config.system.build.toplevel.drvPath`, scratch);
    const off = calls('off');
    const on = calls('on');
    const share = (100 * (on - off)) / off;
    console.log(
      `evaluation of thinkpad-x1-jacopo's toplevel: ${off} function calls, with the module ${on}, ` +
        `${share.toFixed(2)} % more (at most ${allowed} %)`,
    );
    if (share > allowed) process.exitCode = 1;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}
