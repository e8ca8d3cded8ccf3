const WORDS: Readonly<Record<string, string>> = {
  quiet: 'quiet hours; what is not urgent waits until they end',
  busy: 'another process works for it',
  parked: 'parked; to wake it: mcos fleet wake NAME',
  stopped: 'stopped; to go on: mcos resume',
  'not-here': 'another machine runs it',
  'no-checks': 'its HEARTBEAT.md asks for nothing',
}

/** Why a beat was passed over, for a person: the JSON keeps the word. */
export function skipWords(agent: string, reason: string): string {
  return (WORDS[reason] ?? reason).replace('NAME', agent)
}
