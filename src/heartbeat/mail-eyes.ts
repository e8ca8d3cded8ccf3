import type {MailSight, SightedAccount} from '../probes/probe.js'
import {isQuiet} from '../schedule/quiet.js'
import type {Triaged} from '../turn/triage/triage.js'
import {accountsOf} from '../turn/triage/triage-input.js'
import type {UntoldMail} from '../turn/triage/untold-mail.js'
import type {FindFacts} from './find-facts.js'
import type {PlannedCheck} from './plan-due.js'
import {watched} from './watched.js'

/** What a beat sees of its agent's mail: one triage for all checks that ask for it. */
export interface MailEyes {
  /** Triages, when one of these checks asks for mail and nothing was triaged yet. */
  look(checks: readonly PlannedCheck[]): Promise<void>
  sight(): MailSight | null
  /** What a model has to hear of, and what is news without one. */
  news(): Promise<readonly UntoldMail[]>
  triaged(): Triaged | null
}

/** Nothing of mail is loaded before a check that is due asks for it. */
export function openMailEyes(facts: FindFacts): MailEyes {
  let done: Triaged | null = null
  return {
    async look(checks) {
      if (done !== null || !checks.some(asksMail)) return
      done = await triageFor(facts)
    },
    sight: () => (done === null ? null : sightOf(done)),
    async news() {
      if (done === null) return []
      const {seen, told} = done
      const {newsOf, readUntoldMail} = await import('../turn/triage/untold-mail.js')
      const hasModel = facts.engines.some(({model}) => model !== null)
      return hasModel
        ? readUntoldMail(facts.around.fleet.mcos, facts.view.agent.name)
        : seen.map((mail) => newsOf(mail, {reports: told}))
    },
    triaged: () => done,
  }
}

function asksMail({check}: PlannedCheck): boolean {
  return check.probes.some(({word}) => word === 'mail')
}

async function triageFor({view, around, lock, engines, trigger}: FindFacts): Promise<Triaged | null> {
  const {fleet, signal, listen, sleep} = around
  const accounts = accountsOf(fleet, view.agent)
  if (Object.keys(accounts).length === 0) return null
  const [{triage}, {commitPart}, {pageTold}] = await Promise.all([
    import('../turn/triage/triage.js'),
    import('./commit-part.js'),
    import('./page-told.js'),
  ])
  const {agent, contract, soul} = view
  const law = await view.law()
  const sort = () =>
    triage({
      fleet,
      agent,
      contract,
      law,
      soul,
      accounts,
      engines,
      trigger,
      signal,
      isApplied: false,
      isQuiet: isQuiet(view.heartbeat.quiet, fleet.clock.now(), fleet.home.config.timezone),
      listen: (event) => listen({kind: 'turn', agent: agent.name, event}),
      sleep,
      commit: (plan, local) => commitPart(plan, {fleet, agent, trigger, lock, local}),
    })
  const done = await watched(around, {agent: agent.name, what: 'mail'}, sort)
  await pageTold(done.told, around)
  return done
}

function sightOf({turn, accounts, seen, ruleTroubles}: Triaged): MailSight {
  return {turn, troubles: ruleTroubles, accounts: accounts.map((read) => accountSight(read, seen))}
}

function accountSight({name, after, reading}: Triaged['accounts'][number], seen: Triaged['seen']): SightedAccount {
  const {trouble} = reading
  const since = after.failure === null ? '' : ` since ${after.failure.since.slice(0, 16).replace('T', ' ')} UTC`
  return {
    account: name,
    failure: trouble === null ? null : `could not check ${name}${since}: ${trouble.message}; ${trouble.options.fix}`,
    failureKind: trouble === null ? null : trouble.kind,
    fresh: seen
      .filter(({account}) => account === name)
      .map(({class: kind, from, subject}) => `${kind}, from ${from}: ${subject}`),
  }
}
