import {execFileSync} from 'node:child_process'
import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {afterAll, beforeAll, expect, inject, test} from 'vitest'
import {cleanEnv} from '../testing/built-mcos.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const {version} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const SHIPPED = ['README.md', 'LICENSE', 'CHANGELOG.md', 'oclif.manifest.json', 'templates', 'guardrails', 'workspaces']

const dir = mkdtempSync(join(tmpdir(), 'mcos-pack-'))
const installed = join(dir, 'prefix', 'lib', 'node_modules', 'mcos')
const mcos = join(dir, 'prefix', 'bin', 'mcos')

beforeAll(() => {
  expect(inject('buildFailure')).toBeNull()
  mkdirSync(join(dir, 'home'))
  // dist/ is built before the tests start; a second build would only pull it from under the others.
  run('npm', ['pack', '--ignore-scripts', '--pack-destination', dir], root)
  const [tarball = 'no tarball'] = readdirSync(dir).filter((file) => file.endsWith('.tgz'))
  run('npm', ['install', '--global', '--offline', '--prefix', join(dir, 'prefix'), join(dir, tarball)])
})

afterAll(() => rmSync(dir, {recursive: true, force: true}))

test('the package holds everything it needs, and nothing else has to be installed with it', () => {
  expect(SHIPPED.filter((name) => !existsSync(join(installed, name)))).toEqual([])
  expect(existsSync(join(installed, 'node_modules'))).toBe(false)
  expect(existsSync(join(installed, 'src'))).toBe(false)
})

test('installed in an empty prefix it makes a fleet and its heart beats', () => {
  tryOut(process.execPath)
})

test('the same on Node 24', ({skip}) => {
  const node = installNode('24')
  if (node === null && process.env['CI'] !== 'true') skip('needs the npm package node@24, which could not be installed')
  expect(node).not.toBeNull()
  tryOut(node ?? '')
})

function tryOut(node: string): void {
  const fleet = mkdtempSync(join(dir, 'fleet-'))
  expect(run(node, [mcos, '--version'])).toBe(`mcos ${version}\n`)
  expect(run(node, [mcos, '--help'])).toContain('init')
  run(node, [mcos, 'init', 'fleet', fleet])
  expect(JSON.parse(run(node, [mcos, 'heartbeat', '--json'], fleet))).toMatchObject({agents: [{agent: 'main'}]})
  expect(JSON.parse(run(node, [mcos, 'status', '--json'], fleet))).toMatchObject({agents: [{agent: 'main'}]})
}

/** The npm package `node` brings any Node; null where the registry can't be reached. */
function installNode(major: string): string | null {
  const prefix = join(dir, `node-${major}`)
  mkdirSync(prefix)
  try {
    // With this machine's own npm settings: where packages come from is not what is tested.
    execFileSync('npm', ['install', '--prefix', prefix, `node@${major}`], {cwd: prefix, stdio: 'ignore'})
  } catch {
    return null // The caller says skipped, or fails where nothing may be skipped.
  }
  return join(prefix, 'node_modules', 'node', 'bin', 'node')
}

function run(command: string, args: readonly string[], cwd = dir): string {
  const env = cleanEnv(join(dir, 'home'))
  return execFileSync(command, args, {cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe']})
}
