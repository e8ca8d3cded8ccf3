import {type DeliverOptions, deliverPage} from '../src/alerts/deliver.js'
import type {Page} from '../src/alerts/delivery.js'
import {recordPage} from '../src/alerts/outbox.js'
import {systemClock} from '../src/kit/clock.js'
import {openFolder} from '../src/kit/folder.js'
import type {Channel} from '../src/workspace/config.js'

// Started as a process of its own by tests that kill the sender of a page.
const [dir = '', given = '{}'] = process.argv.slice(2)
const {page, channel} = JSON.parse(given) as {page: Page; channel: Channel}
const mcos = openFolder(dir)
const options: DeliverOptions = {
  channels: {founders: channel},
  clock: systemClock,
  env: process.env,
  signal: new AbortController().signal,
  secret: () => '',
}
recordPage(mcos, page, 'founders')
console.log(JSON.stringify(await deliverPage(mcos, page.key, options)))
