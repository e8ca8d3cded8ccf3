import {within} from '../../kit/within.js'
import {endOf, troubleOf} from '../../mail/desk/read-account.js'
import type {Mailbox} from '../../mail/mailbox.js'
import type {MailTrouble} from '../../mail/trouble.js'
import type {MailAccount} from '../../workspace/config.js'
import type {Fleet} from '../../workspace/fleet.js'
import {openAccount} from './open-account.js'

/** What was made of an account, or what stood in the way. */
export type WithAccount<T> = {readonly value: T; readonly trouble: null} | {readonly trouble: MailTrouble}

/** Opens one account for some work and closes it again, all within its own time; what goes wrong is its own trouble. */
export async function withAccount<T>(
  fleet: Fleet,
  named: {readonly name: string; readonly account: MailAccount},
  {
    outer,
    work,
    timeoutMs = named.account.timeoutMs,
  }: {
    readonly outer: AbortSignal
    readonly timeoutMs?: number
    work(mailbox: Mailbox, signal: AbortSignal): Promise<T>
  },
): Promise<WithAccount<T>> {
  const {name} = named
  return within(timeoutMs, outer, async (signal) => {
    const end = endOf(signal)
    const worked = async (): Promise<T> => {
      const mailbox = await openAccount(fleet, named, signal)
      try {
        return await work(mailbox, signal)
      } finally {
        await mailbox.close()
      }
    }
    try {
      return {value: await Promise.race([worked(), end.passed]), trouble: null}
    } catch (error) {
      return {trouble: troubleOf(error, {name, timeoutMs, ended: signal})}
    } finally {
      end.forget()
    }
  })
}
