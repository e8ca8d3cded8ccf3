import {cleanLine} from '../kit/text.js'

/** Folders that somebody may have meant as agents: what is silently never served is told. */
export function presentStrangers(strangers: readonly string[]): string[] {
  if (strangers.length === 0) return []
  const [verb, they] = strangers.length === 1 ? ['is', 'agent'] : ['are', 'agents']
  const names = strangers.map(cleanLine).join(', ')
  return [`${names} ${verb} no ${they}: an agent's folder is called by a-z, 0-9 and "-". See mcos doctor.`]
}
