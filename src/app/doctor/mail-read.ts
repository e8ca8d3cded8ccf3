import {readHeartbeats} from '../../schedule/read-heartbeats.js'
import {type Checkup, count, editCommand, type Trouble} from '../../workspace/health.js'
import {readSoulsHere} from '../../workspace/read-souls.js'

const read: Checkup = {
  id: 'mail-read',
  title: 'Every mail account is looked into at some beat',
  means: 'Its mail is read only when somebody types mcos email triage.',
  async examine(fleet) {
    const accounts = Object.entries(fleet.home.config.mail.accounts)
    const here = new Set((await readSoulsHere(fleet)).map(({agent}) => agent.name))
    const all = accounts.length === 0 ? [] : await readHeartbeats(fleet)
    const troubles = accounts.flatMap(([name, {agent}]): Trouble[] => {
      const found = all.find((one) => one.agent.name === agent && here.has(agent) && one.error === null)
      if (found === undefined) return []
      const probes = (found.heartbeat?.checks ?? []).flatMap((check) => (check.off ? [] : check.probes))
      if (probes.some(({word, args}) => word === 'mail' && (args === '' || args === name))) return []
      const detail = `mail account ${name}: no check of ${found.file} has the probe \`mail\` or \`mail ${name}\``
      return [{status: 'warn', detail, fix: editCommand(found.file)}]
    })
    return {seen: accounts.length === 0 ? 'there is none' : count(accounts.length, 'account'), troubles}
  },
}

/** Whether anybody looks into the mailboxes that mcos.yaml names. */
export const MAIL_READ_CHECKUPS: readonly Checkup[] = [read]
