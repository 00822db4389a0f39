// The names of the skipped tests, and the line `N passed, N failed, N skipped`.
import { readFileSync } from 'node:fs';

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
const skipped = tests.filter(({ status }) => status === 'skipped' || status === 'pending' || status === 'todo');
if (skipped.length > 0) {
  console.log(`\nSkipped (${skipped.length}):`);
  for (const { fullName } of skipped) console.log(`  ${fullName}`);
}
const count = (wanted) => tests.filter(({ status }) => status === wanted).length;
// A file that could not be loaded has no tests, and is a failure all the same.
const broken = report.testResults.filter(
  ({ status, assertionResults }) => status === 'failed' && assertionResults.every((one) => one.status !== 'failed'),
);
for (const { name, message } of broken) console.log(`\nfailed to load: ${name}\n${message}`);
console.log(`\n${count('passed')} passed, ${count('failed') + broken.length} failed, ${skipped.length} skipped`);
