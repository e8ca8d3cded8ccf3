import {isUserError} from '../../kit/errors.js'
import {within} from '../../kit/within.js'
import type {Cursor} from '../cursor.js'
import type {Incoming} from '../mail.js'
import type {Batch, BrokenMail, Mailbox} from '../mailbox.js'
import {MailTrouble} from '../trouble.js'

/** What one account has given, whatever ended the reading. */
export interface AccountReading {
  readonly mails: readonly Incoming[]
  readonly broken: readonly BrokenMail[]
  /** Where the next reading begins once these mails are recorded; null: nothing was read to an end. */
  readonly cursor: Cursor | null
  readonly left: number
  readonly waiting: number
  readonly isReset: boolean
  /** What ended it early; the mails before it count all the same. */
  readonly trouble: MailTrouble | null
}

export interface Reading {
  readonly name: string
  readonly cursor: Cursor | null
  /** Without a cursor: how far back, ms. */
  readonly since: number
  readonly most: number
  readonly timeoutMs: number
  readonly signal: AbortSignal
  open(signal: AbortSignal): Promise<Mailbox>
}

/** How long a connection is waited for that was told to end. */
const GRACE_MS = 2_000

/** Reads one account within its own time; what goes wrong is its own trouble, never thrown. */
export async function readAccount(reading: Reading): Promise<AccountReading> {
  const batches: Batch[] = []
  const trouble = await within(reading.timeoutMs, reading.signal, async (signal) => {
    const end = endOf(signal)
    try {
      await Promise.race([drain(reading, {signal, batches}), end.passed])
      return null
    } catch (error) {
      return troubleOf(error, {...reading, ended: signal})
    } finally {
      end.forget()
    }
  })
  return {...gather(batches), trouble}
}

async function drain(
  {cursor, since, most, open}: Reading,
  {signal, batches}: {signal: AbortSignal; batches: Batch[]},
): Promise<void> {
  const mailbox = await open(signal)
  try {
    for await (const batch of mailbox.read({cursor, since, most, signal})) batches.push(batch)
  } finally {
    await mailbox.close()
  }
}

/** Rejects a while after the signal: an adapter that doesn't end by itself must not keep the others waiting. */
export function endOf(signal: AbortSignal): {readonly passed: Promise<never>; forget(): void} {
  let timer: NodeJS.Timeout | undefined
  let arm = (): void => undefined
  const passed = new Promise<never>((_, reject) => {
    arm = () => {
      timer = setTimeout(() => reject(signal.reason), GRACE_MS)
    }
    signal.addEventListener('abort', arm, {once: true})
    if (signal.aborted) arm()
  })
  return {
    passed,
    forget() {
      clearTimeout(timer)
      signal.removeEventListener('abort', arm)
    },
  }
}

/** Whatever an adapter throws, as something that a person can put right; a bug of ours is one account's trouble, too. */
export function troubleOf(
  error: unknown,
  {name, timeoutMs, ended}: {readonly name: string; readonly timeoutMs: number; readonly ended: AbortSignal},
): MailTrouble {
  if (error instanceof MailTrouble && !(error.kind === 'cut' && ended.aborted)) return error
  if (ended.aborted) {
    const isTime = ended.reason instanceof Error && ended.reason.name === 'TimeoutError'
    return isTime
      ? new MailTrouble('timeout', `${name} did not answer within ${Math.round(timeoutMs / 1000)} s`, {
          fix: `mcos email check ${name}`,
          cause: error,
        })
      : new MailTrouble('cut', `the reading of ${name} was interrupted`, {fix: 'mcos email triage', cause: error})
  }
  const fix = isUserError(error) ? error.suggestions[0] : undefined
  const kind = isUserError(error) ? (error.code.startsWith('SECRET') ? 'secret' : 'storage') : 'protocol'
  const message = error instanceof Error ? error.message : String(error)
  return new MailTrouble(kind, message, {fix: fix ?? `mcos email check ${name}`, cause: error})
}

function gather(batches: readonly Batch[]): Omit<AccountReading, 'trouble'> {
  const last = batches.at(-1)
  return {
    mails: batches.flatMap(({mails}) => mails),
    broken: batches.flatMap(({broken}) => broken),
    cursor: last?.cursor ?? null,
    left: batches.reduce((sum, {left}) => sum + left, 0),
    waiting: last?.waiting ?? 0,
    isReset: batches.some(({isReset}) => isReset),
  }
}
