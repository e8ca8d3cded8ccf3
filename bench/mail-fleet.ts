import {mkdirSync} from 'node:fs'
import {join} from 'node:path'
import {planMadeHere, TRUST_FILE} from '../src/guard/trust.js'
import {openFolder} from '../src/kit/folder.js'
import {MCOS} from './built.js'
import {type BenchFleet, makeFleet} from './fleet.js'
import type {Command} from './stopwatch.js'

const PASSWORD = 'Sommer-Regen-42'

/** Where a fleet finds its mail. */
export interface MailPlace {
  readonly host: string
  readonly port: number
  readonly tls: 'implicit' | 'none'
  readonly ca: string
}

/** The one user of the bench's server. */
export const READER = {user: 'ada', password: PASSWORD}

/** A fleet whose first agent reads one mailbox, rules alone, as far back as it goes. */
export function makeMailFleet({host, port, tls, ca}: MailPlace): BenchFleet {
  const fleet = makeFleet({agents: 1, heartbeat: '## Every heartbeat\n- `mail`\n'})
  fleet.write(
    'mcos.yaml',
    `version: 1
name: northwind
timezone: UTC
mail:
  accounts:
    work: { kind: imap, host: ${host}, port: ${port}, tls: ${tls}, user: ${READER.user}, password: env:WORK_MAIL,${
      tls === 'none' ? '' : ` ca: ${ca},`
    } agent: agent-001, since: 36500d, timeout: 600s }
`,
  )
  fleet.git('add', '-A')
  fleet.git('commit', '-qm', 'A mailbox')
  mkdirSync(join(fleet.dir, '.mcos'), {recursive: true})
  const mcos = openFolder(join(fleet.dir, '.mcos'))
  mcos.write(TRUST_FILE, planMadeHere(mcos).content)
  return fleet
}

/** One command of mcos in such a fleet. */
export function mailCommand({dir}: BenchFleet, ...words: readonly string[]): Command {
  return {argv: [...MCOS, ...words], cwd: dir, env: {WORK_MAIL: PASSWORD}}
}
