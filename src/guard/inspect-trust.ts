import type {Fleet} from '../workspace/fleet.js'
import type {Inspection} from '../workspace/health.js'
import {readTrust, TRUST_FILE} from './trust.js'

/** The machine's list of trusted command lines; while it can't be read, nothing is trusted. */
export function inspectTrust({mcos}: Fleet): Inspection {
  const {problem} = readTrust(mcos)
  const file = `.mcos/${TRUST_FILE}`
  if (problem === null) return {files: mcos.stat(TRUST_FILE) ? 1 : 0, problems: []}
  const message = `${file}: expected a list of trusted lines, got something else: ${problem}`
  return {files: 1, problems: [{file, line: null, code: 'UNREADABLE', message, fix: `rm ${file} && mcos trust`}]}
}
