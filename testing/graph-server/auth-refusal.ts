/** What the login answers when it says no. */
export class AuthRefusal extends Error {
  constructor(
    readonly status: number,
    readonly error: string,
    readonly number: number,
    description: string,
    readonly suberror?: string,
  ) {
    super(`AADSTS${number}: ${description}`)
  }

  body(): object {
    return {
      error: this.error,
      error_description: `${this.message} Trace ID: t Correlation ID: c Timestamp: ${new Date().toISOString()}`,
      error_codes: [this.number],
      timestamp: new Date().toISOString(),
      trace_id: 't',
      correlation_id: 'c',
      ...(this.suberror === undefined ? {} : {suberror: this.suberror}),
    }
  }
}
