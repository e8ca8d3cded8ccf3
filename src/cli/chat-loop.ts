import type {ChatSurface} from '../app/chat/surface.js'
import type {Chat} from '../app/chat.js'
import {isUserError} from '../kit/errors.js'
import {presentWord} from '../present/chat.js'

/** Talks until the person has enough; every line is one turn. */
export async function converse(chat: Chat, surface: ChatSurface): Promise<void> {
  for (let hasInterrupted = false; !surface.isOver(); ) {
    const heard = await surface.next()
    if (heard.kind === 'end' || (heard.kind === 'interrupt' && hasInterrupted)) return
    hasInterrupted = heard.kind === 'interrupt'
    if (heard.kind === 'interrupt') {
      surface.note('Ctrl-C once more, or /quit, to leave.')
      continue
    }
    const line = heard.text.trim()
    if (line === '/quit' || line === '/exit') return
    if (line === '') continue
    await answer(line, chat, surface)
  }
}

/** What goes wrong with one line is told, and the next one is asked for. */
async function answer(line: string, chat: Chat, surface: ChatSurface): Promise<void> {
  try {
    if (line.startsWith('/')) surface.show(await presentWord(line, chat))
    else {
      const {listen, note} = surface
      surface.answered(await surface.during((signal) => chat.say(line, {signal, listen, notice: note})))
    }
  } catch (error) {
    if (!isUserError(error)) throw error
    surface.failed(error)
  }
}
