import {Args, Flags} from '@oclif/core'
import {auditAgent} from '../../app/audit/audit-agent.js'
import type {AuditReport} from '../../app/audit/audit-report.js'
import {requirePerson} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import {EXIT} from '../../kit/errors.js'
import {presentAudit} from '../../present/guard-audit.js'

export default class GuardAudit extends BaseCommand {
  static override summary = "Take back what a coding agent's session has changed past its hooks."
  static override description =
    'Compares the home with how it lay when the session began. What the agent may write stays, and so do edits from before; the rest is put back, kept in .mcos/taken-back, logged, and told in an alert.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> donna',
    '<%= config.bin %> <%= command.id %> donna --json',
  ]
  static override args = {agent: Args.string({required: true, description: 'In whose folder the session runs.'})}
  static override flags = {session: Flags.string({description: 'Default: the one that began last.', helpValue: 'ID'})}

  async run(): Promise<AuditReport> {
    const {args, flags} = await this.parse(GuardAudit)
    requirePerson(process.env)
    const report = await auditAgent(await this.fleet(), {agent: args.agent, session: flags.session ?? null})
    this.print(presentAudit(report))
    if (report.taken_back.length + report.commits.length > 0) this.endWith(EXIT.refused)
    return report
  }
}
