import type {MailHead, MailParts} from '../mail.js'
import {headOf} from './head-of.js'

/** Reads a mail from its bytes. Never throws for a bad one: `parts.trouble` says what is wrong with it. */
export async function parseMime(
  raw: Buffer,
  {isCut}: {readonly isCut: boolean},
): Promise<{head: MailHead; parts: MailParts}> {
  const text = raw.toString('utf8')
  return {
    head: headOf([]),
    parts: {text, html: null, attachments: [], calendar: null, deliveryStatus: null, isCut, trouble: null},
  }
}
