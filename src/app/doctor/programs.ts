import path from 'node:path'
import {splitCommand} from '../../kit/command-line.js'
import {isUserError} from '../../kit/errors.js'
import {findProgram} from '../../kit/find-program.js'
import {readHeartbeats} from '../../schedule/read-heartbeats.js'
import type {Fleet} from '../../workspace/fleet.js'
import {type Checkup, count, editCommand, type Trouble} from '../../workspace/health.js'
import {CONFIG_FILE} from '../../workspace/home.js'
import {readSoulsHere} from '../../workspace/read-souls.js'
import {secretRefsIn} from '../../workspace/secret-ref.js'

/** A program that something of the fleet starts. */
interface Wanted {
  readonly where: string
  readonly file: string
  readonly program: string
  /** From where a path in it is seen. */
  readonly dir: string
}

const ofConfig: Checkup = {
  id: 'programs',
  title: 'Every program that mcos.yaml names is on this machine',
  means: 'An engine, a channel, an MCP server or a secret that can not be started fails when it is needed.',
  examine(fleet) {
    const wanted = programsOf(fleet)
    const troubles = wanted.flatMap((one) => missing(fleet, one))
    return {seen: count(wanted.length, 'program'), troubles}
  },
}

const ofProbes: Checkup = {
  id: 'probe-programs',
  title: 'Every program that a HEARTBEAT.md runs is on this machine',
  means: 'Its probe fails at every beat, or its recovery when it would be needed.',
  async examine(fleet) {
    const here = new Set((await readSoulsHere(fleet)).map(({agent}) => agent.name))
    const wanted = (await readHeartbeats(fleet)).flatMap(({agent, file, heartbeat}): Wanted[] => {
      if (!here.has(agent.name)) return []
      return (heartbeat?.checks ?? []).flatMap(({off, probes, recover}) => {
        if (off) return []
        const lines = probes.filter(({word}) => word === 'run').map(({args, line}) => ({args, line}))
        if (recover) lines.push({args: recover.text.replace(/^recover:\s*/, ''), line: recover.line})
        return lines.flatMap(({args, line}) => {
          const program = programIn(args)
          const dir = path.join(fleet.home.dir, agent.path)
          return program === null ? [] : [{where: `${file}:${line}`, file, program, dir}]
        })
      })
    })
    return {seen: count(wanted.length, 'program'), troubles: wanted.flatMap((one) => missing(fleet, one))}
  },
}

/** Whether what would be started is there; nothing is. */
export const PROGRAM_CHECKUPS: readonly Checkup[] = [ofConfig, ofProbes]

function programsOf({home}: Fleet): Wanted[] {
  const {engines, channels, mcp} = home.config
  const all: [string, readonly string[]][] = [
    ...Object.entries(engines).flatMap(([name, engine]): [string, readonly string[]][] =>
      engine.kind === 'command' ? [[`engines.${name}`, engine.run]] : [],
    ),
    ...Object.entries(channels).flatMap(([name, channel]): [string, readonly string[]][] =>
      channel.kind === 'command' ? [[`channels.${name}`, channel.command]] : [],
    ),
    ...Object.entries(mcp).flatMap(([name, server]): [string, readonly string[]][] =>
      'command' in server ? [[`mcp.${name}`, server.command]] : [],
    ),
    ...secretRefsIn(home.config).flatMap(({path: keys, ref}): [string, readonly string[]][] =>
      ref.source === 'command' ? [[keys.join('.'), [programIn(ref.value) ?? ref.value]]] : [],
    ),
  ]
  return all.flatMap(([where, [program]]) =>
    program === undefined ? [] : [{where: `${CONFIG_FILE} ${where}`, file: CONFIG_FILE, program, dir: home.dir}],
  )
}

function missing({env}: Fleet, {where, file, program, dir}: Wanted): Trouble[] {
  const isPath = program.includes('/')
  const found = isPath
    ? findProgram(
        path.basename(program),
        path.dirname(path.resolve(dir, program.replace(/^~(?=\/)/, env['HOME'] ?? '~'))),
      )
    : findProgram(program, env['PATH'])
  if (found !== null) return []
  const detail = `${where}: ${program} ${isPath ? 'is not there, or may not be executed' : 'is not found in PATH'}`
  return [{status: 'fail', detail, fix: editCommand(file)}]
}

function programIn(line: string): string | null {
  try {
    return splitCommand(line)[0] ?? null
  } catch (error) {
    // A line that can't be taken apart is told where it is read.
    if (isUserError(error)) return null
    throw error
  }
}
