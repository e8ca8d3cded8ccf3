import type {Template} from '../template.js'
import {BOUNCE} from './bounce.js'
import {CALENDAR} from './calendar.js'
import {CUSTOMER} from './customer.js'
import {INVOICE} from './invoice.js'
import {LEGAL} from './legal.js'
import {NEEDS_REPLY} from './needs-reply.js'
import {NEWSLETTER} from './newsletter.js'
import {NOTIFICATION} from './notification.js'
import {OTHER} from './other.js'
import {SUSPICIOUS} from './suspicious.js'
import {URGENT_PEOPLE} from './urgent-people.js'
import {URGENT_ROBOTS} from './urgent-robots.js'
import {WAITING} from './waiting.js'

/** The templates that the targets are judged on; no rule is tuned on them. */
export const JUDGE_TEMPLATES: readonly Template[] = [
  ...URGENT_ROBOTS,
  ...URGENT_PEOPLE,
  ...NEEDS_REPLY,
  ...WAITING,
  ...INVOICE,
  ...LEGAL,
  ...CUSTOMER,
  ...CALENDAR,
  ...NOTIFICATION,
  ...NEWSLETTER,
  ...BOUNCE,
  ...SUSPICIOUS,
  ...OTHER,
]
