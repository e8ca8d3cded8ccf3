import {listAgents} from '../../workspace/agents.js'
import type {FleetConfig} from '../../workspace/config.js'
import {type Checkup, count, editCommand, type Trouble} from '../../workspace/health.js'
import {CONFIG_FILE} from '../../workspace/home.js'
import {nearestName, sameName} from '../../workspace/names.js'

const HOUR_MS = 3_600_000
/** Before its first word a model reads all that it is sent. */
const SHORTEST_MS = 5_000
/** What people say yes to, by its first word; any other may be a word of a contract. */
const DOMAINS = ['all', 'mail', 'message', 'task', 'alert', 'http', 'git', 'deploy', 'shell', 'write', 'delete', 'run']

const ways: Checkup = {
  id: 'people-ways',
  title: 'Every person of mcos.yaml is somebody, and is reached by ways that exist',
  means: 'What is sent there reaches nobody, and nobody is told that it did not.',
  examine(fleet) {
    const {people, channels} = fleet.home.config
    const telegrams = Object.values(channels).filter(({kind}) => kind === 'telegram').length
    const agents = listAgents(fleet.home).map(({name}) => name)
    const told = Object.entries(people).flatMap(([name, {via, approves}]) => [
      ...via
        .flatMap((way) => whyNowhere(way, {telegrams, channels: Object.keys(channels)}) ?? [])
        .map((why) => `people.${name}.via: ${why}`),
      ...approves.flatMap((word) => slipOf(word) ?? []).map((why) => `people.${name}.approves: ${why}`),
      ...agents
        .filter((agent) => sameName(agent, name))
        .map((agent) => `people.${name} is called as the agent ${agent}: one signs as the other`),
    ])
    const shared = pairs(
      Object.entries(people).flatMap(([name, {via}]) =>
        via.flatMap((way) => (way.startsWith('telegram:') ? [{name: `people.${name}`, place: way}] : [])),
      ),
      'have one Telegram id: what one of them answers is taken for the other',
    )
    return {seen: count(Object.keys(people).length, 'person', 'people'), troubles: [...told, ...shared].map(warn)}
  },
}

function whyNowhere(way: string, known: {telegrams: number; channels: readonly string[]}): string | null {
  const [kind = ''] = way.split(':')
  if (kind === 'telegram' && known.telegrams === 0) return `${way}, and no channel is of the kind telegram`
  if (/^telegram:(?!\d+$)/.test(way))
    return `${way} is nobody: Telegram tells who writes by a number, as in telegram:123456`
  if (kind === 'telegram' || kind === 'terminal' || known.channels.includes(way)) return null
  const near = nearestName(way, [...known.channels, 'terminal', 'telegram'])
  return `${way} is no channel, no terminal and no telegram:ID${near ? `; did you mean ${near}?` : ''}`
}

/** Only what is nearly a word that everybody uses: people may have words of their own, such as money. */
function slipOf(word: string): string | null {
  const first = word.split('.')[0]?.toLowerCase() ?? ''
  if (DOMAINS.includes(first)) return null
  const near = nearestName(first, DOMAINS)
  return near === null ? null : `${word} is nothing that anybody asks for; did you mean ${near}?`
}

const unused: Checkup = {
  id: 'engines-asked',
  title: 'Every engine stands on a route',
  means: 'An engine that no route names is never asked, however well it is set up.',
  examine({home: {config}}) {
    const routed = new Set(Object.values(config.routes).flat())
    const names = Object.keys(config.engines)
    const troubles = names
      .filter((name) => Object.keys(config.routes).length > 0 && !routed.has(name))
      .map((name) => warn(`engines.${name} stands on no route, so it is never asked`))
    return {seen: count(names.length, 'engine'), troubles}
  },
}

const twice: Checkup = {
  id: 'config-twice',
  title: 'No bot and no mailbox is named twice',
  means: 'Two that read one bot or one mailbox take away what is meant for the other, or do it twice.',
  examine({home: {config}}) {
    const bots = Object.entries(config.channels).flatMap(([name, channel]) =>
      channel.kind === 'telegram' ? [{name: `channels.${name}`, place: JSON.stringify(channel.token)}] : [],
    )
    const boxes = Object.entries(config.mail.accounts).map(([name, account]) => {
      const place =
        account.kind === 'maildir'
          ? account.path
          : `${account.user} at ${'host' in account ? account.host : account.kind}`
      return {name: `mail.accounts.${name}`, place: `${account.kind} ${place}`}
    })
    const troubles = [...pairs(bots, 'have one bot'), ...pairs(boxes, 'read one mailbox')].map(warn)
    return {seen: 'none is', troubles}
  },
}

function pairs(all: readonly {readonly name: string; readonly place: string}[], what: string): string[] {
  return all.flatMap(({name, place}, index) => {
    const first = all.slice(0, index).find((one) => one.place === place)
    return first === undefined ? [] : [`${first.name} and ${name} ${what}`]
  })
}

const proportion: Checkup = {
  id: 'config-sense',
  title: 'What mcos.yaml says fits together',
  means: 'Each line can be acted on, and yet they do not do together what they are meant to.',
  examine({home: {config}}) {
    const {page, budgets} = config
    const late =
      page !== null && page.afterMs > HOUR_MS
        ? [`page.after is ${Math.round(page.afterMs / HOUR_MS)} h: somebody is woken only when it is long over`]
        : []
    const over = (['usdPerDay', 'tokensPerDay'] as const).flatMap((unit) => {
      const [own, all] = [budgets.agent?.[unit] ?? null, budgets.fleet?.[unit] ?? null]
      const word = unit === 'usdPerDay' ? 'usd_per_day' : 'tokens_per_day'
      return own !== null && all !== null && own > all
        ? [`budgets.agent.${word} is ${own}, and budgets.fleet lets all together have ${all}`]
        : []
    })
    return {seen: 'it does', troubles: [...late, ...over, ...strangeTimes(config), ...strangePorts(config)].map(warn)}
  },
}

function strangeTimes({engines}: FleetConfig): string[] {
  return Object.entries(engines).flatMap(([name, {timeoutMs, deadlineMs}]) => [
    ...(timeoutMs < SHORTEST_MS
      ? [`engines.${name}.timeout is ${timeoutMs / 1000} s: a model that thinks first is taken for silent`]
      : []),
    ...(deadlineMs < timeoutMs
      ? [`engines.${name}.deadline is ${deadlineMs / 1000} s, and its timeout ${timeoutMs / 1000} s, which never comes`]
      : []),
  ])
}

/** A server speaks one of the two on its well-known port, and is waited for in vain with the other. */
function strangePorts({mail}: FleetConfig): string[] {
  return Object.entries(mail.accounts).flatMap(([name, account]) => {
    if (account.kind !== 'imap') return []
    const {port, tls} = account
    if (port === 993 && tls === 'starttls')
      return [`mail.accounts.${name}: port 993 begins encrypted, and tls: is starttls: take that line out`]
    if (port === 143 && tls === 'implicit')
      return [`mail.accounts.${name}: port 143 begins in the clear: say tls: starttls, or take the port out`]
    return []
  })
}

function warn(detail: string): Trouble {
  return {status: 'warn', detail: `${CONFIG_FILE}: ${detail}`, fix: editCommand(CONFIG_FILE)}
}

/** What the lines of mcos.yaml mean for each other. */
export const CONFIG_SENSE_CHECKUPS: readonly Checkup[] = [ways, unused, twice, proportion]
