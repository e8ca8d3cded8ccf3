import {existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import {basename, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {type OutputOptions, type RolldownOptions, rolldown} from 'rolldown'
import {keepCode} from './code-cache.js'
import {DOOR_FAMILIES, type DoorFamily, doorChunks} from './door-chunks.js'
import {lazyBuiltins} from './lazy-builtins.js'
import {writeManifest} from './manifest.js'
import {makePlainAscii} from './plain-ascii.js'
import {slimVendors} from './slim-vendors.js'
import {buildId} from './sources.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const id = buildId(root)

/** oclif reaches for these only to run TypeScript sources, which an installed mcos never does. */
const NEVER_LOADED = ['typescript', 'ts-node', 'tsx', 'pnpapi']

/** A native module, and optional: it is found beside an installed mcos, or it isn't. */
const NATIVE = ['@napi-rs/keyring']

/** A connection needs all that its vendor asks for; the other chunks may never need a slow part of Node. */
const NEVER_LAZY = 'imap-look'

const SHARED: RolldownOptions = {
  platform: 'node',
  external: [...NEVER_LOADED, ...NATIVE],
  plugins: [slimVendors()],
  transform: {target: 'node20.19', define: {'process.env.NODE_ENV': '"production"', MCOS_BUILD_ID: JSON.stringify(id)}},
  treeshake: true,
  logLevel: 'warn',
  onLog(level, log, report) {
    // A module that somebody else loads at once anyway: true, and no reason to write the import otherwise.
    if (log.code !== 'INEFFECTIVE_DYNAMIC_IMPORT') report(level, log)
  },
}

await build()

/**
 * dist/ holds main.js and an entry for each command as ES modules (for oclif), and the doors as CommonJS (for speed).
 * It is built aside and put in place at the end, so that a running mcos never meets half of it.
 */
async function build(): Promise<void> {
  const aside = join(root, `.dist-${process.pid}`)
  try {
    mkdirSync(aside, {recursive: true})
    await bundle(
      {...SHARED, input: {main: source('cli/main.ts'), ...commandEntries()}},
      {dir: aside, format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js'},
    )
    for (const family of DOOR_FAMILIES) await bundleDoors(family, join(aside, 'doors'))
    writeFileSync(join(aside, 'build-id'), id)
    keepCode(root, aside)
    putInPlace(aside, join(root, 'dist'))
  } finally {
    rmSync(aside, {recursive: true, force: true})
  }
  await writeManifest(root)
}

/** A family's chunks are loaded with the code V8 kept of them: see code-cache.ts and bin/. */
async function bundleDoors(family: DoorFamily, dir: string): Promise<void> {
  const kept = family.chunks
  const lazy = kept.filter((name) => name !== NEVER_LAZY)
  const chunks = doorChunks(family)
  await bundle(
    {...SHARED, input: doorEntries(family), plugins: [slimVendors(), chunks.plugin, lazyBuiltins(lazy)]},
    {
      dir,
      format: 'cjs',
      entryFileNames: '[name].cjs',
      chunkFileNames: ({name}) => (kept.some((known) => known === name) ? `${name}.cjs` : 'chunks/[name]-[hash].cjs'),
      codeSplitting: {groups: kept.map((name) => ({name, test: (module: string) => chunks.isIn(name, module)}))},
    },
  )
  for (const name of kept) makePlainAscii(join(dir, `${name}.cjs`))
}

async function bundle(input: RolldownOptions, output: OutputOptions): Promise<void> {
  const bundled = await rolldown(input)
  await bundled.write({
    ...output,
    sourcemap: false,
    minify: {compress: true, mangle: false, codegen: {removeWhitespace: true}},
  })
  await bundled.close()
}

function commandEntries(): Record<string, string> {
  const files = readdirSync(source('commands'), {recursive: true, encoding: 'utf8'})
  return Object.fromEntries(
    files
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.endsWith('-door.ts'))
      .map((file) => [`commands/${file.slice(0, -'.ts'.length)}`, source(`commands/${file}`)]),
  )
}

/** `heartbeat-door.ts` becomes doors/heartbeat.cjs, which bin/mcos.js looks for by the command's name. */
function doorEntries({isOf}: DoorFamily): Record<string, string> {
  const files = ['cli', 'commands'].flatMap((folder) => readdirSync(source(folder)).map((file) => `${folder}/${file}`))
  const doors = files.filter((file) => file.endsWith('-door.ts'))
  const named = doors.map((file) => [basename(file).slice(0, -'-door.ts'.length), source(file)] as const)
  return Object.fromEntries(named.filter(([door]) => isOf(door)))
}

function putInPlace(aside: string, dist: string): void {
  const old = `${aside}-old`
  if (existsSync(dist)) renameSync(dist, old)
  renameSync(aside, dist)
  rmSync(old, {recursive: true, force: true})
}

function source(path: string): string {
  return join(root, 'src', path)
}
