// A check that hangs is a check that fails, and the next ones still run.
import { test } from 'node:test';

const LONGEST_CHECK_MS = 60_000;

export const check = (name, run) => test(name, { timeout: LONGEST_CHECK_MS }, run);
