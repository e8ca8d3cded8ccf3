import type {MailClass, Urgency} from '../verdict.js'

/** Why a model chose as it did: codes of a closed list, so that no word of it or of a mail gets further. */
export const WHYS = {
  outage: 'Something is down or failing now.',
  safety: 'Somebody may be unsafe.',
  security: 'It is about a real security matter.',
  'locked-out': 'Somebody is locked out.',
  money: 'Money is being lost or a payment failed.',
  'cut-off': 'A service is about to be cut off.',
  deadline: 'A deadline with a consequence is close.',
  leaving: 'A customer is leaving.',
  'boss-asks': 'Somebody in charge asks for something now.',
  'plans-change': 'A meeting or journey changes within hours.',
  question: 'Somebody asks for an answer.',
  'comes-back': 'They say that they will come back to it.',
  bill: 'It is a bill, a receipt or a payment notice.',
  law: 'It is about a contract, an authority or the law.',
  'customer-word': 'A customer writes without asking for anything.',
  appointment: 'It is an invitation or a change of one.',
  'robot-state': 'A robot tells how things are.',
  bulk: 'It goes to many.',
  returned: 'A mail could not be delivered.',
  deceit: 'It pretends to be what it is not.',
  resolved: 'What it tells of is over.',
  nothing: 'Nothing in it asks for anything.',
} as const

export type Why = keyof typeof WHYS

/** What a model may answer about one mail. */
export interface Choice {
  readonly class: MailClass
  readonly urgency: Urgency
  readonly why: Why
}
