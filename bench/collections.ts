import {execFileSync} from 'node:child_process'
import {chmodSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {type BenchFleet, heartbeatOf} from './fleet.js'
import {makeNews} from './news.js'
import type {Stopwatch} from './stopwatch.js'

export interface Collections {
  /** How often git packed its objects while some agent's turn, or its commit, was under way. */
  readonly within: number
  /** How often it did so between turns: none would mean that nothing was tried. */
  readonly between: number
}

/**
 * Counts when git collects, in a repository that has been due for it all the time: a program called git stands before
 * the real one and notes every call with the locks that were held.
 */
export async function countCollections(fleet: BenchFleet, stopwatch: Stopwatch): Promise<Collections> {
  const log = join(fleet.dir, '.mcos', 'git-calls')
  const bin = join(fleet.dir, '.mcos', 'bin')
  const git = execFileSync('sh', ['-c', 'command -v git'], {encoding: 'utf8'}).trim()
  mkdirSync(bin, {recursive: true})
  const note = `printf '%s\\t%s\\n' "$(ls '${fleet.dir}/.mcos/locks' | tr '\\n' ' ')" "$*" >> '${log}'`
  writeFileSync(join(bin, 'git'), `#!/bin/sh\n${note}\nexec '${git}' "$@"\n`)
  chmodSync(join(bin, 'git'), 0o755)
  fleet.git('config', 'gc.autopacklimit', '1')
  // As many commits as come in a pack of their own; then a few, which come as loose objects.
  for (const agents of [fleet.agents, fleet.agents, fleet.agents.slice(0, 2)]) {
    makeNews(fleet, agents)
    await stopwatch.time({...heartbeatOf(fleet), env: {PATH: `${bin}:${process.env['PATH']}`}})
  }
  const calls = readFileSync(log, 'utf8').trim().split('\n').map(readCall)
  return {
    within: calls.filter(({isInTurn, collects}) => isInTurn && collects).length,
    between: calls.filter(({isInTurn, collects}) => !isInTurn && collects).length,
  }
}

function readCall(line: string): {isInTurn: boolean; collects: boolean} {
  const [locks = '', args = ''] = line.split('\t')
  const isAsked = /(^| )(gc|maintenance|repack|prune)( |$)/.test(args)
  const mayByItself = /(^| )(commit|merge|rebase|am|fetch|receive-pack)( |$)/.test(args) && !args.includes('gc.auto=0')
  return {
    isInTurn: locks.split(' ').some((name) => name.endsWith('.lock') && name !== '_collect.lock'),
    collects: isAsked || mayByItself,
  }
}
