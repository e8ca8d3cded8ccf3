import {existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, statSync} from 'node:fs'
import {join} from 'node:path'
import {runGit} from './run-mcos.js'

/**
 * This machine's own files that say something lasting. The rest is receipts, caches, locks, and private keys: those come
 * before everything else, and a key that nobody knows of yet is simply used the next time.
 */
const LASTING = /^\.mcos\/(trust\.json|STOP)/

/**
 * Everything a fleet has come to, with what differs from run to run (ids, times, keys) made equal: two runs that did
 * the same have the same lines, and nothing can be lost, doubled or torn without a line more or less.
 */
export function snapshotOf(dir: string): string[] {
  const home = join(dir, 'home')
  const files = listFiles(home).filter((path) => !path.startsWith('.git/'))
  const kept = files.filter((path) => !path.startsWith('.mcos/') || LASTING.test(path))
  const lines = kept.flatMap((path) => {
    const [name, text] = [plain(path), readFileSync(join(home, path), 'utf8')]
    // Once an outage or not at all: a recovery that was begun is not begun again.
    if (path === 'effects/recovered') return []
    // A trust list names the very folder it was written in.
    return [`${name}: ${plain(text.replaceAll(dir, 'DIR').replace(/"place": "[^"]*"/, '"place": "HERE"'))}`]
  })
  return [...lines, ...personFacts(dir), ...gitFacts(home)].sort()
}

/** What a person has outside the fleet: settings of clients, units, a crontab. */
function personFacts(dir: string): string[] {
  const files = listFiles(join(dir, 'person')).filter((path) => !path.startsWith('bin/'))
  return files.map((path) => `person/${path}: ${plain(textAt(join(dir, 'person', path)).replaceAll(dir, 'DIR'))}`)
}

/** Of a link where it leads. */
function textAt(path: string): string {
  return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : readFileSync(path, 'utf8')
}

/** What one has and the other hasn't; empty when they are the same. */
export function differences(found: readonly string[], expected: readonly string[]): string[] {
  const left = [...expected]
  const more = found.filter((line) => {
    const place = left.indexOf(line)
    if (place !== -1) left.splice(place, 1)
    return place === -1
  })
  return [...more.map((line) => `+ ${line}`), ...left.map((line) => `- ${line}`)].map((line) => JSON.stringify(line))
}

/** Paths of all files below a folder. */
export function listFiles(dir: string): string[] {
  if (!existsSync(dir)) return []
  const found = readdirSync(dir, {recursive: true, encoding: 'utf8'})
  return found.filter((path) => !statSync(join(dir, path), {throwIfNoEntry: false})?.isDirectory())
}

function gitFacts(home: string): string[] {
  if (!existsSync(join(home, '.git'))) return []
  const log = runGit(home, 'log', '--format=commit %an: %s').out
  const status = runGit(home, 'status', '--porcelain', '-uall').out
  return [...plain(log).split('\n'), ...status.split('\n').map(plainStatus)].filter((line) => line !== '')
}

/** A person's own edits stay theirs, staged or not. */
function plainStatus(line: string): string {
  if (line === '') return ''
  const letters = line.slice(0, 2).trim().replace('??', 'A').slice(0, 1)
  return plain(`status ${letters} ${line.slice(3)}`)
}

function plain(text: string): string {
  return text
    .replace(/-----BEGIN[\s\S]*?END [A-Z ]+-----/g, 'KEY')
    .replace(/t_[0-7][0-9A-HJKMNP-TV-Z]{25}/g, 'TURN')
    .replace(/[0-7][0-9A-HJKMNP-TV-Z]{25}/g, 'ID')
    .replace(/^sig: .*$/gm, 'SIG')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'AT')
    .replace(/\d{8}T\d{6}Z/g, 'AT')
    .replace(/\d{4}-\d\d-\d\d/g, 'DATE')
    .replace(/\d{4}-\d\d(?=\/)/g, 'MONTH')
    .replace(/^## \d\d:\d\d/gm, '## TIME')
    .replace(/\b\d{13}\b/g, 'MS')
    .replace(/\b[0-9a-f]{40}\b/g, 'OID')
    .replace(/sha256:[0-9a-f]{64}/g, 'HASH')
    .replace(/^- recovery: .*\n/gm, '')
    .replace(/^(- P3: .*) is down; .*$/gm, '$1 is down')
}
