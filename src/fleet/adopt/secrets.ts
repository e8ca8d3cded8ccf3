/** Something that has the shape of a vendor's token; the value itself is never carried along. */
export interface SecretFinding {
  readonly file: string
  readonly line: number
  readonly kind: string
}

/** Shapes that vendors chose so that they could be found: few words of ordinary prose ever match. */
const SHAPES: readonly (readonly [kind: string, shape: RegExp])[] = [
  ['Anthropic key', /\bsk-ant-[A-Za-z0-9_-]{20,}/],
  ['OpenAI key', /\bsk-(?:proj-|svcacct-|admin-)?(?!ant-)[A-Za-z0-9_-]{32,}/],
  ['GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,})/],
  ['GitLab token', /\bglpat-[A-Za-z0-9_-]{18,}/],
  ['Slack token', /\bxox[abeoprs]-[A-Za-z0-9-]{16,}/],
  ['Slack webhook', /\bhooks\.slack\.com\/services\/T\w+\/B\w+\/\w{16,}/],
  ['Telegram bot token', /\b\d{8,10}:AA[A-Za-z0-9_-]{32,34}\b/],
  ['Discord token', /\b[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,}/],
  ['AWS key', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ['Google key', /\bAIza[A-Za-z0-9_-]{35}/],
  ['Stripe key', /\b(?:sk|rk)_live_[A-Za-z0-9]{20,}/],
  ['npm token', /\bnpm_[A-Za-z0-9]{36}\b/],
  ['SendGrid key', /\bSG\.[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{30,}/],
  ['xAI key', /\bxai-[A-Za-z0-9]{40,}/],
  ['private key', /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/],
  ['JSON web token', /\beyJ[A-Za-z0-9_-]{15,}\.eyJ[A-Za-z0-9_-]{15,}\.[A-Za-z0-9_-]{15,}/],
  ['password in a URL', /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]{1,64}:[^\s:/@]{6,128}@[\w.-]+/i],
]
const LONGEST_LINE = 20_000

/** Where a text holds what looks like a vendor's token, by line; one finding a line and kind. */
export function findSecrets(text: string, file: string): SecretFinding[] {
  if (!SHAPES.some(([, shape]) => shape.test(text))) return []
  return text.split('\n').flatMap((content, index) => {
    const shown = content.slice(0, LONGEST_LINE)
    return SHAPES.filter(([, shape]) => shape.test(shown)).map(([kind]) => ({file, line: index + 1, kind}))
  })
}
