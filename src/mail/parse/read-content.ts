import type {MailContent, MailParts} from '../mail.js'

/** What a person would see of a body, and what was hidden from them; the subject tells a forward from a reply. */
export function readContent(parts: MailParts, _subject = ''): MailContent {
  const text = parts.text ?? ''
  const {attachments, deliveryStatus, isCut, trouble} = parts
  return {
    text,
    fresh: text,
    hidden: null,
    isMismatch: false,
    attachments,
    calendar: null,
    deliveryStatus,
    isCut,
    trouble,
  }
}
