import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Dovecot} from '../testing/dovecot/server.js'
import type {Command} from './stopwatch.js'

/** mbsync's copy of an INBOX in a folder of its own, as somebody who only wants to read would set it up. */
export function mbsyncOf({tlsPort, ca}: Dovecot, {dir, user, password}: MbsyncWish): Command {
  mkdirSync(join(dir, 'near'), {recursive: true})
  const config = join(dir, 'mbsyncrc')
  writeFileSync(
    config,
    `IMAPAccount bench
Host localhost
Port ${tlsPort}
User ${user}
Pass ${password}
SSLType IMAPS
CertificateFile ${ca}

IMAPStore far
Account bench

MaildirStore near
Path ${dir}/near/
Inbox ${dir}/near/INBOX

Channel bench
Far :far:
Near :near:
Patterns INBOX
Create Near
Sync Pull
SyncState *
`,
  )
  return {argv: ['mbsync', '-q', '-c', config, 'bench'], cwd: dir}
}

export interface MbsyncWish {
  readonly dir: string
  readonly user: string
  readonly password: string
}
