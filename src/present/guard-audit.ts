import type {AuditReport} from '../app/audit/audit-report.js'

/** What became of a session's changes, a line each. */
export function presentAudit({agent, session, has_baseline, taken_back, commits}: AuditReport): string {
  if (!has_baseline) return `Session ${session} of ${agent} is seen for the first time; it is audited from here on.`
  if (taken_back.length === 0 && commits.length === 0) return `Session ${session} of ${agent}: nothing slipped past.`
  return [
    ...taken_back.map(({path, why, kept, trouble}) =>
      trouble === null
        ? `taken back  ${path}: ${why}${kept === null ? '' : ` (kept: .mcos/${kept})`}`
        : `STILL THERE ${path}: ${why}; ${trouble}`,
    ),
    ...commits.map(({commit, author, paths}) => `committed   ${commit.slice(0, 10)} by ${author}: ${paths.join(', ')}`),
  ].join('\n')
}
