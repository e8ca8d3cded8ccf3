import {spawnSync} from 'node:child_process'
import {existsSync} from 'node:fs'
import {childEnv} from '../kit/child-env.js'
import type {Fleet} from '../workspace/fleet.js'

/** Why git would refuse what a person commits, where their settings say that it is to be signed; mcos's own commits never are. */
export function whyUnsigned({env}: Fleet, said: ReadonlyMap<string, string>): string[] {
  if (!/^(?:true|yes|on|1)$/i.test(said.get('commit.gpgsign') ?? '')) return []
  const [format = 'openpgp', key = ''] = [said.get('gpg.format'), said.get('user.signingkey')]
  const wish = 'commit.gpgsign is set'
  if (format === 'ssh') {
    const file = key.replace(/^~(?=\/)/, env['HOME'] ?? '~')
    const isLost = key === '' || (/^[~/]/.test(key) && !existsSync(file))
    return isLost
      ? [`${wish}, and there is no SSH key ${key || 'under user.signingkey'}: git refuses your commits`]
      : []
  }
  const program = said.get('gpg.program') ?? (format === 'x509' ? 'gpgsm' : 'gpg')
  const wanted = key || said.get('user.email') || ''
  const {error, status} = spawnSync(program, ['--batch', '--list-secret-keys', ...(wanted === '' ? [] : [wanted])], {
    env: {...childEnv(env), ...(env['GNUPGHOME'] === undefined ? {} : {GNUPGHOME: env['GNUPGHOME']})},
    stdio: 'ignore',
    timeout: 10_000,
  })
  if (error) return [`${wish}, and ${program} can not be run: git refuses your commits`]
  return status === 0
    ? []
    : [`${wish}, and ${program} has no secret key of ${wanted || 'yours'}: git refuses your commits`]
}
