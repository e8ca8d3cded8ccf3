import {Args, Flags} from '@oclif/core'
import {listTrust, type TrustList, trustLines} from '../app/trust.js'
import {requirePerson} from '../cli/actor.js'
import {BaseCommand} from '../cli/base-command.js'
import {confirm} from '../cli/confirm.js'
import {isPerson} from '../cli/is-person.js'
import {presentTrust} from '../present/trust.js'

export default class Trust extends BaseCommand {
  static override summary = 'Show the commands that a workspace wants to run, and trust them on this machine.'
  static override description =
    'A run: or recover: line of a HEARTBEAT.md runs only after its exact text was trusted here, so that a cloned or adopted workspace can run code on nobody. In a fleet that was not made on this machine, channels of mcos.yaml that run a program or hand a secret over wait for the same.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> gene',
    '<%= config.bin %> <%= command.id %> gene --yes',
  ]
  static override args = {agent: Args.string({description: 'Whose commands; default: every agent.'})}
  static override flags = {yes: Flags.boolean({char: 'y', description: 'Trust what is shown without being asked.'})}

  async run(): Promise<TrustList> {
    const {args, flags} = await this.parse(Trust)
    const fleet = await this.fleet()
    const agent = args.agent ?? null
    const lines = listTrust(fleet, agent)
    const waiting = lines.filter(({trusted, hidden}) => !trusted && !hidden)
    this.print(presentTrust({lines, added: 0}))
    if (waiting.length === 0) return {lines, added: 0}
    if (flags.yes) requirePerson(process.env)
    const isAgreed =
      flags.yes ||
      (!this.jsonEnabled() &&
        isPerson(process.env) &&
        (await confirm(
          `Trust ${waiting.length === 1 ? 'this line' : `these ${waiting.length} lines`} on this machine?`,
        )))
    if (!isAgreed) {
      this.print(`Nothing was trusted. To trust what you see: mcos trust${agent === null ? '' : ` ${agent}`} --yes`)
      return {lines, added: 0}
    }
    trustLines(fleet, waiting)
    const result = {lines: listTrust(fleet, agent), added: waiting.length}
    this.print(`${result.added} newly trusted.`)
    return result
  }
}
