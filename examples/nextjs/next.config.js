import { existsSync } from 'node:fs';

// The variables for all examples stand in one file, which Usher writes.
if (existsSync('../.env')) process.loadEnvFile('../.env');

export default {
  poweredByHeader: false,
};
