// The applications under examples/, copied, installed, built and started as their pages say.
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const HERE = dirname(fileURLToPath(import.meta.url));
const SOURCES = join(HERE, '../../../examples');
/** A copy, so that neither keys nor builds of whoever works on the examples take part. */
const COPIES = join(HERE, '../../target/examples');
const ENV_FILE = join(COPIES, '.env');
const MADE = ['node_modules', '.next', 'dist'];

/** The environment without any key: those stand in the file. Without colours, which tools also use where CI is set. */
const environment = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/CLERK|^NODE_TEST|^NODE_OPTIONS$|^FORCE_COLOR$/.test(name))),
  NEXT_TELEMETRY_DISABLED: '1',
  NO_COLOR: '1',
};
const LONGEST_START_MS = 60_000;

const isSource = (path) => !MADE.includes(basename(path));

/** Runs a step once for what the files say that it depends on. */
async function once(folder, step, files, work) {
  const digest = createHash('sha256');
  for (const file of files) digest.update(file).update(readFileSync(join(folder, file)));
  const mark = join(COPIES, `${basename(folder)}.${step}`);
  const state = digest.digest('hex');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === state) return;
  rmSync(mark, { force: true });
  await work();
  writeFileSync(mark, state);
}

const sourcesOf = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1))
    .filter((file) => !MADE.includes(file.split('/')[0]))
    .sort();

const npm = (folder, ...words) => run('npm', words, { cwd: folder, env: environment });

async function prepare(name) {
  const folder = join(COPIES, name);
  for (const entry of existsSync(folder) ? readdirSync(folder) : [])
    if (!MADE.includes(entry)) rmSync(join(folder, entry), { recursive: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(SOURCES, name), folder, { recursive: true, filter: isSource });
  rmSync(ENV_FILE, { force: true });
  await once(folder, 'installed', ['package.json', 'package-lock.json'], () => npm(folder, 'ci', '--ignore-scripts'));
  if (name === 'nextjs') await once(folder, 'built', sourcesOf(folder), () => npm(folder, 'run', 'build'));
  return folder;
}

/** Prepares every example; the keys are written only then, so that no build takes them up. */
export async function prepareExamples(names, variables) {
  const folders = {};
  for (const name of names) folders[name] = await prepare(name);
  writeFileSync(ENV_FILE, variables);
  return folders;
}

/** The port in the first address that a program prints; a program that prints none in time is ended, with what it said. */
async function portOf(program, printed) {
  const late = setTimeout(() => process.kill(-program.pid), LONGEST_START_MS);
  try {
    return await portIn(program, printed);
  } finally {
    clearTimeout(late);
  }
}

async function portIn(program, printed) {
  for await (const line of createInterface({ input: program.stdout })) {
    printed.push(line);
    const port = /http:\/\/localhost:(\d+)/.exec(line)?.[1];
    if (port) return Number(port);
  }
  throw new Error(`the example did not start:\n${printed.join('\n')}`);
}

/** Starts an example by its command, on a free port. */
export async function startExample(folder, command) {
  const program = spawn('npm', command, {
    cwd: folder,
    env: { ...environment, PORT: '0' },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = [];
  program.stderr.on('data', (text) => printed.push(String(text)));
  const port = await portOf(program, printed);
  program.stdout.resume();
  const ended = new Promise((resolve) => program.on('exit', resolve));
  return {
    port,
    close: async () => {
      process.kill(-program.pid);
      await ended;
    },
  };
}
