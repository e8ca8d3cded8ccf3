import {badRequest, Refusal} from './refusal.js'

export interface ShownButton {
  readonly text: string
  readonly callback_data: string
}

/** A message as a person sees it now. */
export interface ShownMessage {
  readonly message_id: number
  readonly chat: string
  readonly text: string
  readonly buttons: readonly ShownButton[]
}

type Params = Readonly<Record<string, unknown>>

/** What the bot has said, checked as the real server checks it. */
export class Chats {
  readonly shown: ShownMessage[] = []
  private readonly pressed = new Set<string>()

  constructor(private readonly rules: {readonly known: ReadonlySet<string>; readonly blocked: Set<string>}) {}

  send(params: Params): ShownMessage {
    const chat = this.chatIn(params)
    const message = {message_id: this.shown.length + 1, chat, text: textIn(params), buttons: buttonsIn(params)}
    this.shown.push(message)
    return message
  }

  edit(params: Params): ShownMessage {
    const chat = this.chatIn(params)
    const place = this.shown.findIndex((one) => one.chat === chat && one.message_id === params['message_id'])
    const old = this.shown[place]
    if (!old) throw badRequest('message to edit not found')
    const message = {...old, text: textIn(params), buttons: buttonsIn(params)}
    if (message.text === old.text && message.buttons.length === old.buttons.length) {
      throw badRequest(
        'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
      )
    }
    this.shown[place] = message
    return message
  }

  /** Remembers that somebody waits at a button. */
  press(query: string): void {
    this.pressed.add(query)
  }

  answer(params: Params): true {
    const id = String(params['callback_query_id'])
    if (!this.pressed.delete(id)) {
      throw badRequest('query is too old and response timeout expired or query ID is invalid')
    }
    if (String(params['text'] ?? '').length > 200) throw badRequest('MESSAGE_TOO_LONG')
    return true
  }

  private chatIn(params: Params): string {
    const chat = String(params['chat_id'] ?? '')
    if (chat === '') throw badRequest('chat_id is empty')
    if (this.rules.blocked.has(chat)) throw new Refusal(403, 'Forbidden: bot was blocked by the user')
    if (!this.rules.known.has(chat)) throw badRequest('chat not found')
    return chat
  }
}

function textIn(params: Params): string {
  const text = params['text']
  if (typeof text !== 'string' || text.trim() === '') throw badRequest('message text is empty')
  if (text.length > 4096) throw badRequest('message is too long')
  return text.trim()
}

function buttonsIn(params: Params): ShownButton[] {
  const markup = params['reply_markup'] as {inline_keyboard?: ShownButton[][]} | undefined
  const buttons = (markup?.inline_keyboard ?? []).flat()
  for (const {text, callback_data: data} of buttons) {
    if (!text) throw badRequest('text buttons are unallowed in the inline keyboard')
    const bytes = Buffer.byteLength(data ?? '')
    if (bytes < 1 || bytes > 64) throw badRequest('BUTTON_DATA_INVALID')
  }
  return buttons
}
