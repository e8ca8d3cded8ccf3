/**
 * Shapes that vendors chose so that their tokens could be found: few words of ordinary prose ever match. Runs that
 * something has to follow are bounded, so that no text makes the search slow.
 */
export const SECRET_SHAPES: readonly (readonly [kind: string, shape: RegExp])[] = [
  ['Anthropic key', /\bsk-ant-[A-Za-z0-9_-]{20,}/],
  ['OpenAI key', /\bsk-(?:proj-|svcacct-|admin-)?(?!ant-)[A-Za-z0-9_-]{32,}/],
  ['GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,})/],
  ['GitLab token', /\bglpat-[A-Za-z0-9_-]{18,}/],
  ['Slack token', /\bxox[abeoprs]-[A-Za-z0-9-]{16,}/],
  ['Slack webhook', /\bhooks\.slack\.com\/services\/T\w{1,40}\/B\w{1,40}\/\w{16,}/],
  ['Telegram bot token', /\b\d{8,10}:AA[A-Za-z0-9_-]{32,34}\b/],
  ['Discord token', /\b[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,}/],
  ['AWS key', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ['Google key', /\bAIza[A-Za-z0-9_-]{35}/],
  ['Stripe key', /\b(?:sk|rk)_live_[A-Za-z0-9]{20,}/],
  ['npm token', /\bnpm_[A-Za-z0-9]{36}\b/],
  ['SendGrid key', /\bSG\.[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{30,}/],
  ['xAI key', /\bxai-[A-Za-z0-9]{40,}/],
  ['private key', /-----BEGIN (?:[A-Z]{1,20} ){0,4}PRIVATE KEY-----/],
  ['JSON web token', /\beyJ[A-Za-z0-9_-]{15,300}\.eyJ[A-Za-z0-9_-]{15,8000}\.[A-Za-z0-9_-]{15,}/],
  ['password in a URL', /\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/@]{1,64}:[^\s:/@]{6,128}@[\w.-]+/i],
]
