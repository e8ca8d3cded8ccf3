import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {makeKeyPair, privateKeyPath} from '../../bus/keys.js'
import {initRepository} from '../../history/init.js'
import {isFileMode, readObjects} from '../../history/objects.js'
import {git} from '../../history/plumbing.js'
import {findRepository, type Repository} from '../../history/repository.js'
import type {Clock} from '../../kit/clock.js'
import {EXIT, UserError} from '../../kit/errors.js'
import {type Folder, openFolder} from '../../kit/folder.js'
import type {Fleet} from '../../workspace/fleet.js'
import {openFleet} from '../fleet.js'

/** A copy of a fleet as one commit has it, in a folder of its own that goes away. */
export interface Checkout {
  readonly fleet: Fleet
  /** Puts another commit's files in place of these. */
  moveTo(commit: string): void
  close(): void
}

/** Reads files out of the history; no hook, no filter and no other program runs, and the fleet itself is not touched. */
export async function openCheckout(
  original: Fleet,
  commit: string,
  {clock, agent}: {readonly clock: Clock; readonly agent: string},
): Promise<Checkout> {
  const repository = findRepository(original.home.dir)
  if (repository.hash !== 'sha1') throw unsupported()
  const top = mkdtempSync(path.join(tmpdir(), 'mcos-replay-'))
  const close = () => rmSync(top, {recursive: true, force: true})
  try {
    const files = openFolder(top)
    initRepository(top)
    writeFileSync(path.join(top, '.git/objects/info/alternates'), `${path.join(repository.commonDir, 'objects')}\n`)
    const present = new Set<string>()
    const moveTo = (target: string): void => {
      writeFileSync(path.join(top, '.git/refs/heads/main'), `${target}\n`)
      for (const name of present) files.remove(name, {sync: false})
      present.clear()
      for (const name of writeTree(repository, target, files)) present.add(name)
    }
    moveTo(commit)
    const home = path.join(top, repository.prefix)
    mkdirSync(home, {recursive: true})
    const fleet = await openFleet({home, cwd: home, env: {HOME: top, PATH: original.env['PATH']}, clock})
    // A key of its own: what is signed here is signed by nobody.
    fleet.home.files.write(privateKeyPath(agent), makeKeyPair().privateKey, {mode: 0o600, sync: false})
    return {fleet, moveTo, close}
  } catch (error) {
    close()
    throw error
  }
}

/** Links and submodules are left out: nothing of ours follows them. */
function writeTree(repository: Repository, commit: string, files: Folder): string[] {
  const scope = repository.prefix === '' ? [] : ['--', repository.prefix]
  const entries = git(repository, ['ls-tree', '-r', '-z', '--full-tree', commit, ...scope])
    .toString()
    .split('\0')
    .flatMap((line) => {
      const [, mode = '', oid = '', name = ''] = /^(\d+) blob ([0-9a-f]+)\t([\s\S]+)$/.exec(line) ?? []
      return isFileMode(mode) ? [{oid, name}] : []
    })
  const blobs = readObjects(
    repository,
    entries.map(({oid}) => oid),
  )
  entries.forEach(({name}, index) => {
    files.write(name, blobs[index]?.data ?? Buffer.alloc(0), {sync: false})
  })
  return entries.map(({name}) => name)
}

function unsupported(): UserError {
  return new UserError('A repository with SHA-256 ids can’t be replayed yet.', {
    code: 'REPLAY_UNSUPPORTED',
    fix: 'mcos show TURN --transcript',
    exit: EXIT.failed,
  })
}
