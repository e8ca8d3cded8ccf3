import {parseArgs} from 'node:util'
import type {HeartbeatRequest} from '../app/heartbeat.js'

/** `mcos heartbeat` as it was typed. */
export interface HeartbeatLine {
  readonly request: HeartbeatRequest
  readonly json: boolean
}

/** Reads the flags that cron uses; null for anything else, which oclif then explains in its own words. */
export function parseHeartbeatLine(argv: readonly string[]): HeartbeatLine | null {
  // What cron says all day; Node's parser takes a twentieth of a bare start to load.
  if (argv.length === 0) return PLAIN
  const parsed = tryParse(argv)
  if (parsed === null) return null
  const {positionals, values} = parsed
  const {home, at, concurrency} = values
  if (concurrency !== undefined && !/^[1-9]\d{0,2}$/.test(concurrency)) return null
  const request = {
    agents: positionals,
    all: values.all === true,
    force: values.force === true,
    dryRun: values['dry-run'] === true,
    strict: values.strict === true,
    ...(home === undefined ? {} : {home}),
    ...(at === undefined ? {} : {at}),
    ...(concurrency === undefined ? {} : {concurrency: Number(concurrency)}),
  }
  return {request, json: values.json === true}
}

const PLAIN: HeartbeatLine = {
  request: {agents: [], all: false, force: false, dryRun: false, strict: false},
  json: false,
}

function tryParse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        all: {type: 'boolean'},
        force: {type: 'boolean'},
        'dry-run': {type: 'boolean'},
        strict: {type: 'boolean'},
        json: {type: 'boolean'},
        home: {type: 'string'},
        at: {type: 'string'},
        concurrency: {type: 'string'},
      },
    })
  } catch {
    return null // --help, a flag that doesn't exist, a value that is missing: all of them are oclif's to tell.
  }
}
