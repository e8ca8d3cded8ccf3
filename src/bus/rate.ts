import {isUserError} from '../kit/errors.js'
import type {Folder} from '../kit/folder.js'
import type {AgentEntry} from '../workspace/agents.js'
import {parseMessage} from '../workspace/message-file.js'
import {BOXES, type Listed, listBox} from './boxes.js'
import {timeInFileName} from './file-name.js'
import {type Keyring, openKeyring} from './keyring.js'
import {MAX_MESSAGE_BYTES} from './send.js'
import {verifyMessage} from './signature.js'

const HOUR_MS = 3_600_000

/** How many messages one sender has laid into an inbox within the last hour, read or not, held or not. */
export function countSentThisHour(
  files: Folder,
  recipient: AgentEntry,
  {from, now}: {from: string; now: number},
): number {
  const keyring = openKeyring(files)
  return BOXES.filter((box) => box !== 'quarantine')
    .flatMap((box) => listBox(files, recipient, box))
    .filter(({file, trouble}) => trouble === null && isWithinTheHour(timeInFileName(file), now))
    .filter((listed) => isFrom(files, listed, {from, keyring})).length
}

function isWithinTheHour(sent: number | null, now: number): boolean {
  return sent !== null && sent > now - HOUR_MS && sent <= now
}

/** Only what the sender really signed counts: nobody can use up another's rate. */
function isFrom(files: Folder, {path}: Listed, {from, keyring}: {from: string; keyring: Keyring}): boolean {
  try {
    const text = files.readText(path, {maxBytes: MAX_MESSAGE_BYTES})
    const message = text === null ? null : parseMessage(text, path)
    if (text === null || message?.from !== from) return false
    return verifyMessage(text, {sig: message.sig, publicKey: keyring.publicKey(from) ?? ''})
  } catch (error) {
    if (!isUserError(error)) throw error
    return false
  }
}
