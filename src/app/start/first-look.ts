import {readdirSync} from 'node:fs'
import {statfs} from 'node:fs/promises'
import path from 'node:path'
import {cleanLine} from '../../kit/text.js'
import type {Around} from './detect-surroundings.js'
import {type LookOptions, lookAtRepository, type RepositoryLook} from './look-repository.js'

/** One fact about something around the fleet; `open` when it waits for somebody. */
export interface Fact {
  readonly about: string
  readonly text: string
  readonly open: boolean
}

const DAY_S = 24 * 3600
const FULL_PERCENT = 90
const MOST_BRANCHES = 3

/** What can be said of repositories, mail and disk at once: facts, each of which somebody could check. */
export async function firstLook({repositories, maildirs}: Around, options: LookOptions): Promise<Fact[]> {
  const looks = await Promise.all(repositories.map((dir) => lookAtRepository(dir, options)))
  const home = options.env['HOME']
  return [
    ...looks.flatMap((look) => (look === null ? [] : [describeRepository(look, {now: options.now, home})])),
    ...maildirs.map((dir) => describeMaildir(dir, home)),
    await describeDisk('/'),
  ]
}

function describeRepository(look: RepositoryLook, {now, home}: {now: number; home: string | undefined}): Fact {
  const {edited, untracked, unpushed, stale, branch, committed} = look
  const left = [
    ...(edited > 0 ? [`${count(edited, 'edited file')} not committed`] : []),
    ...(untracked > 0 ? [`${count(untracked, 'new file')} that git does not know`] : []),
    ...unpushed.map((one) => `${count(one.commits, 'commit')} of ${one.branch} not pushed`),
    ...(stale.length > 0
      ? [`${count(stale.length, 'unmerged branch', 'unmerged branches')} older than a month (${some(stale)})`]
      : []),
  ]
  const age = committed === null ? 'no commits yet' : `last commit ${ago(now / 1000 - committed)}`
  const text = left.length > 0 ? `${left.join(', ')}; ${age}` : `nothing left open; ${age}`
  const on = branch === null ? '' : ` (${branch})`
  return {about: cleanLine(`${tilde(look.path, home)}${on}`), text: cleanLine(text), open: left.length > 0}
}

/** Mail that nobody has seen: what lies in `new`, and in `cur` without the flag S. */
function describeMaildir(dir: string, home: string | undefined): Fact {
  const seen = /:2,[A-Z]*S[A-Z]*$/i
  const unseen =
    readdirSync(path.join(dir, 'new')).length +
    readdirSync(path.join(dir, 'cur')).filter((name) => !seen.test(name)).length
  const text = unseen === 0 ? 'no unread mail' : `${count(unseen, 'unread mail', 'unread mails')}`
  return {about: cleanLine(tilde(dir, home)), text, open: unseen > 0}
}

async function describeDisk(dir: string): Promise<Fact> {
  const {blocks, bfree, bavail} = await statfs(dir)
  const used = blocks - bfree
  const percent = used + bavail === 0 ? 0 : Math.round((used / (used + bavail)) * 100)
  return {about: dir, text: `the disk is ${percent} % full`, open: percent >= FULL_PERCENT}
}

/** A path as a person would say it. */
export function tilde(dir: string, home: string | undefined): string {
  if (!home || home === '/') return dir
  if (dir === home) return '~'
  return dir.startsWith(`${home}/`) ? `~${dir.slice(home.length)}` : dir
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`
}

function some(names: readonly string[]): string {
  const more = names.length > MOST_BRANCHES ? `, and ${names.length - MOST_BRANCHES} more` : ''
  return `${names.slice(0, MOST_BRANCHES).join(', ')}${more}`
}

function ago(seconds: number): string {
  const days = Math.floor(seconds / DAY_S)
  if (days < 1) return 'today'
  return days === 1 ? 'yesterday' : `${days} days ago`
}
