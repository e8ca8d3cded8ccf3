const TIMEOUT_MS = 5_000

/** Tells the dead man's switch that this machine beats; answers what it said, or why it said nothing. Never throws. */
export async function sendPing(address: string, {signal}: {readonly signal: AbortSignal}): Promise<string> {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return 'it is no web address'
  const url = new URL(address)
  const door = url.protocol === 'https:' ? await import('node:https') : await import('node:http')
  return new Promise((resolve) => {
    const request = door.get(url, {agent: false, signal, timeout: TIMEOUT_MS, headers: {'user-agent': 'mcos'}})
    request.on('timeout', () => request.destroy(new Error('no answer in time')))
    request.on('error', (error) => resolve(error.message))
    request.on('response', (response) => {
      resolve(`answered ${response.statusCode}`)
      response.destroy()
    })
  })
}
