import type {TrustLine, TrustList} from '../app/trust.js'

/** The command lines of a workspace, those that are not trusted yet first, exactly as they would run. */
export function presentTrust({lines, added}: TrustList): string {
  if (lines.length === 0) return 'No HEARTBEAT.md names a command to run.'
  const waiting = lines.filter(({trusted}) => !trusted)
  const trusted = lines.filter((line) => line.trusted)
  return [
    ...(waiting.length > 0 ? ['Not trusted on this machine:', ...waiting.map(presentLine)] : []),
    ...(trusted.length > 0 ? ['Trusted on this machine:', ...trusted.map(presentLine)] : []),
    ...(added > 0 ? [`${added} newly trusted.`] : []),
  ].join('\n')
}

function presentLine({agent, file, line, text}: TrustLine): string {
  return `  ${agent}  ${text}\n      ${file}:${line}`
}
