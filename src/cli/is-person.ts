/** Whether nothing says that this runs for an agent. A terminal proves nothing: a program can open one for itself. */
export function isPerson(env: Readonly<Record<string, string | undefined>>): boolean {
  return env['MCOS_AGENT'] === undefined && env['MCOS_TOKEN'] === undefined
}
