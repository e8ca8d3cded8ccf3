import {existsSync, realpathSync} from 'node:fs'
import {basename, dirname, join, relative} from 'node:path'
import {NO_FACTS} from '../src/guard/action.js'
import {decide} from '../src/guard/decide.js'
import {lawOfContract} from '../src/guard/may.js'
import {readShell} from '../src/guard/shell/read-shell.js'
import type {Arena} from './bypass-arena.js'
import type {Carrier} from './bypass-carriers.js'

export type Judge = (
  carrier: Pick<Carrier, 'host' | 'event' | 'tool'>,
  input: Readonly<Record<string, unknown>>,
) => Promise<boolean>

function real(p: string): string {
  if (existsSync(p)) return realpathSync(p)
  return p === '/' ? p : join(real(dirname(p)), basename(p))
}
export function openJudge(arena: Arena): Judge {
  const law = lawOfContract(
    {
      reads: ['workspaces/donna/**', 'wiki/**'],
      writes: ['workspaces/donna/**'],
      hosts: [],
      commands: ['git', 'rsync', 'npm test'],
      repos: [],
      may: ['message'],
      ask: [],
      never: [],
      unsandboxed: false,
    },
    {name: 'donna', path: 'workspaces/donna'},
  )
  return async (carrier, input) => {
    const command = input['command']
    if (typeof command !== 'string' || carrier.tool === 'apply_patch' || command.startsWith('apply_patch')) return false
    const reading = readShell(command, {cwd: arena.own})
    if (reading.kind === 'unclear') return false
    return reading.actions.every((action) => {
      const target = action.target.startsWith('/') ? real(action.target.replace(/\/$/, '')) : action.target
      const rel = target.startsWith(`${arena.home}/`) ? relative(arena.home, target) : target
      return decide(law, {...action, target: rel}, NO_FACTS).effect === 'allow'
    })
  }
}
