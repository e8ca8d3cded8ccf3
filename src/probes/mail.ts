import {failedReading, type MailSight, type Probe, type Reading, type SightedAccount} from './probe.js'

/** New mail by account, as this beat's triage has recorded it; an account that can't be checked is news by itself. */
export const mailProbe: Probe = {
  word: 'mail',
  baseline: false,
  async read({args}, {mail, agent}) {
    const sight = mail()
    const accounts = args === '' ? sight?.accounts : sight?.accounts.filter(({account}) => account === args)
    if (sight && accounts && accounts.length > 0) return describe(sight, accounts)
    const which = args === '' ? 'no account' : `no account ${args}`
    return failedReading(`mcos.yaml names ${which} whose agent is ${agent.name}: mcos email accounts`)
  },
}

function describe({turn, troubles}: MailSight, accounts: readonly SightedAccount[]): Reading {
  const fresh = accounts.flatMap((one) => one.fresh)
  const counted = accounts
    .flatMap(({account, fresh: {length}}) => (length > 0 ? [`${account} ${length}`] : []))
    .join(', ')
  const detail =
    fresh.length === 0 ? 'no new mail' : `${fresh.length} new (${counted}): ${fresh.slice(0, 3).join('; ')}`
  const failed = accounts.filter(({failure}) => failure !== null)
  if (failed.length + troubles.length === 0) return {level: 'ok', fingerprint: turn, detail, items: fresh}
  // What is new has been recorded and told by triage; a failure goes into a log, where no word of a mail belongs.
  const failures = [...failed.map(({failure}) => failure), ...troubles].join('; ')
  const kinds = [...failed.map(({account, failureKind}) => `${account}: ${failureKind}`), ...troubles].join('; ')
  return failedReading(fresh.length === 0 ? failures : `${failures}; ${fresh.length} new (${counted})`, kinds)
}
