// Prints the skipped tests of vitest's JSON reports, then `N passed, N failed, N skipped` for all of them.
//   node .ci/summary.mjs REPORT.json …
// Exits with 1 if no report has a test.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

const totals = { passed: 0, failed: 0, skipped: 0 };
for (const file of process.argv.slice(2)) {
  const { testResults } = JSON.parse(readFileSync(file, 'utf8'));
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const skipped = tests.filter(({ status }) => ['skipped', 'pending', 'todo'].includes(status));
  // A file that cannot be loaded has no tests, and is a failure all the same.
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((one) => one.status !== 'failed'),
  );
  if (skipped.length > 0) console.log(`\nSkipped in ${basename(file, '.json')} (${skipped.length}):`);
  for (const { fullName } of skipped) console.log(`  ${fullName}`);
  for (const { name, message } of broken)
    console.log(`\nFailed to load in ${basename(file, '.json')}: ${name}\n${message}`);
  totals.passed += tests.filter(({ status }) => status === 'passed').length;
  totals.failed += tests.filter(({ status }) => status === 'failed').length + broken.length;
  totals.skipped += skipped.length;
}
console.log(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.passed + totals.failed > 0 ? 0 : 1;
