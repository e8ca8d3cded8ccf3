import {spawnSync} from 'node:child_process'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

/**
 * Beats once, in a throw-away fleet, and keeps what V8 compiled for it beside the doors' code (see bin/quick-require.js).
 * It is speed only: a build on a machine without git goes without.
 */
export function keepCode(root: string, dist: string): void {
  const fleet = mkdtempSync(join(tmpdir(), 'mcos-build-'))
  try {
    const {status, stderr} = spawnSync(process.execPath, ['-e', BEAT], {
      cwd: fleet,
      encoding: 'utf8',
      env: {PATH: process.env['PATH'] ?? '', HOME: fleet, ROOT: root, DIST: dist},
    })
    if (status !== 0) process.stderr.write(`The doors start a little slower: their code could not be kept.\n${stderr}`)
  } finally {
    rmSync(fleet, {recursive: true, force: true})
  }
}

/** A fleet of one agent with one check, beaten twice so that the second beat is the one that reads from the cache. */
const BEAT = `
const {execFileSync} = require('node:child_process')
const {writeFileSync} = require('node:fs')
const {join} = require('node:path')
const {ROOT, DIST} = process.env
const {quickRequire} = require(join(ROOT, 'bin', 'quick-require.js'))
const git = (...args) => execFileSync('git', ['-c', 'user.name=build', '-c', 'user.email=build@localhost', ...args])

writeFileSync('mcos.yaml', 'version: 1\\nname: build\\n')
writeFileSync('SOUL.md', '---\\nrole: build\\n---\\n')
writeFileSync('HEARTBEAT.md', '# HEARTBEAT.md\\n\\n## Every heartbeat\\n- [ ] \`inbox\`\\n\\n## Daily (daily 00:01)\\n- [ ] \`inbox\`\\n')
git('init', '-q')
git('add', '.')
git('commit', '-q', '-m', 'build')

const file = join(DIST, 'doors', 'hot.cjs')
const script = quickRequire(file)
const {enter} = require(join(DIST, 'doors', 'heartbeat.cjs'))
enter([])
  .then(() => enter([]))
  .then(() => {
    if (process.exitCode) throw new Error('the beat failed')
    writeFileSync(file + '.v8', script.createCachedData())
  })
`
