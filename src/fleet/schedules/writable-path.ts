import {UserError} from '../../kit/errors.js'

/** A path that cron, systemd and launchd all read back as it is; a few letters none of them agrees on are refused. */
export function insistOnWritable(path: string): string {
  const isPlain = path.startsWith('/') && !/[\u0000-\u001f\u007f\\"]|\s$/.test(path)
  if (isPlain) return path
  throw new UserError(
    `${JSON.stringify(path)} can't be written into a schedule: it has a quote, a backslash or a control character, or ends in a blank.`,
    {
      code: 'BAD_PATH',
      fix: 'Move it to a folder with a plainer name.',
    },
  )
}
