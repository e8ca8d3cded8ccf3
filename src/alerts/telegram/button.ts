import {randomBytes} from 'node:crypto'

/** What a button says when it is pressed: the answer to one request as it was shown in one message. */
export interface AnswerButton {
  readonly answer: 'yes' | 'no'
  /** The request's id. */
  readonly id: string
  /** Made for one message; another message's button, or one that somebody made up, doesn't have it. */
  readonly nonce: string
}

const LETTERS = {yes: 'a', no: 'd'} as const

/** At most 64 bytes, as Telegram wants it. */
export function formatButton({answer, id, nonce}: AnswerButton): string {
  return `${LETTERS[answer]}:${id}:${nonce}`
}

/** null for anything that we have never put on a button. */
export function parseButton(data: string): AnswerButton | null {
  const [, letter, id = '', nonce = ''] = /^([ad]):([0-9A-HJKMNP-TV-Z]{26}):([A-Za-z0-9_-]{16})$/.exec(data) ?? []
  if (letter === undefined) return null
  return {answer: letter === LETTERS.yes ? 'yes' : 'no', id, nonce}
}

export function newNonce(): string {
  return randomBytes(12).toString('base64url')
}
