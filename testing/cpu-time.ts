/** The processor's time that a call takes, in milliseconds: what else the machine does meanwhile does not count. */
export function cpuTime(act: () => unknown): number {
  const before = process.cpuUsage()
  act()
  const {user, system} = process.cpuUsage(before)
  return (user + system) / 1000
}
