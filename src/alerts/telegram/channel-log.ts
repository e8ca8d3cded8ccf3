import type {Folder} from '../../kit/folder.js'
import {cleanLine, shorten} from '../../kit/text.js'

const MOST_BYTES = 256 * 1024

/** What came over a channel and what was made of it, a line each, in `.mcos/telegram/<channel>.log`; never what strangers wrote. */
export function logChannel(mcos: Folder, channel: string, {at, text}: {at: string; text: string}): void {
  const path = `telegram/${channel}.log`
  if ((mcos.stat(path)?.size ?? 0) > MOST_BYTES) {
    mcos.remove(`${path}.old`)
    mcos.move(path, `${path}.old`)
  }
  mcos.append(path, `${at} ${shorten(cleanLine(text), 500)}`, {mode: 0o600, sync: false})
}
