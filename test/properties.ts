import fc from 'fast-check';

// Set up for every test file: property tests take a fixed seed, so that `npm test` always gives the same result, and a
// fresh one in `npm run fuzz` (see fuzz.mjs). A counterexample that fuzzing finds becomes a row of the test.
fc.configureGlobal({ seed: Number(process.env.FUZZ_SEED ?? 1) });
