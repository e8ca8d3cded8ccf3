import {UserError} from '../../kit/errors.js'
import type {ScheduleSite} from './site.js'

/**
 * The person's crontab, a letter a byte (latin1), so that every byte of it survives; null: there is none.
 * Text of ours goes in through `toCrontab` and comes out through `fromCrontab`.
 */
export async function readCrontab(site: ScheduleSite): Promise<string | null> {
  const chunks: Buffer[] = []
  const result = await site.run(['crontab', '-l'], {onStdout: (chunk) => chunks.push(chunk)})
  if (result.error === 'ENOENT') return null
  if (result.code === 0 && !result.truncated) return Buffer.concat(chunks).toString('latin1')
  if (result.code === 1 && /no crontab/i.test(result.stderr)) return null
  throw cronFailed(`The crontab of ${site.user} can't be read`, result)
}

/** Replaces the person's crontab if it still is `before`; without any text there is none afterwards. */
export async function writeCrontab(site: ScheduleSite, before: string | null, after: string): Promise<void> {
  if ((await readCrontab(site)) !== before) throw crontabChanged()
  const result =
    after === '' && before !== null
      ? await site.run(['crontab', '-r'])
      : await site.run(['crontab', '-'], {input: Buffer.from(after, 'latin1')})
  if (result.code !== 0) throw cronFailed(`The crontab of ${site.user} can't be written`, result)
  if (((await readCrontab(site)) ?? '') !== after) throw crontabChanged()
}

export function toCrontab(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1')
}

export function fromCrontab(text: string): string {
  return Buffer.from(text, 'latin1').toString('utf8')
}

function cronFailed(what: string, {error, stderr}: {error?: string; stderr: string}): UserError {
  if (error === 'ENOENT') {
    return new UserError('There is no crontab program on this machine.', {
      code: 'NO_CRON',
      fix: ['Install cron, such as: sudo apt-get install cron', 'mcos service install --systemd'],
    })
  }
  return new UserError(`${what}: ${stderr.trim() || error || 'crontab said nothing'}`, {
    code: 'CRON_FAILED',
    fix: 'crontab -l',
  })
}

function crontabChanged(): UserError {
  return new UserError('Somebody else has changed the crontab meanwhile.', {
    code: 'CONFLICT',
    fix: 'Run the same command again.',
  })
}
