/**
 * Shapes that vendors chose so that their tokens could be found: few words of ordinary prose ever match. Runs that
 * something has to follow are bounded, so that no text makes the search slow.
 */
export const SECRET_SHAPES: readonly (readonly [kind: string, shape: RegExp])[] = [
  ['Anthropic key', /\bsk-ant-[A-Za-z0-9_-]{20,}/],
  ['OpenAI key', /\bsk-(?:proj-|svcacct-|admin-)?(?!ant-)[A-Za-z0-9_-]{32,}/],
  ['GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,})/],
  ['GitLab token', /\bgl(?:pat|rt|dt|ptt|cbt|ft|imt|agent)-[A-Za-z0-9_-]{18,}/],
  ['Slack token', /\bxox[abeoprs]-[A-Za-z0-9-]{16,}/],
  ['Slack app token', /\bxapp-\d-[A-Z0-9]{8,16}-\d{8,16}-[a-f0-9]{32,}/],
  ['Slack webhook', /\bhooks\.slack\.com\/services\/T\w{1,40}\/B\w{1,40}\/\w{16,}/],
  ['Telegram bot token', /\b\d{8,10}:AA[A-Za-z0-9_-]{32,34}(?![A-Za-z0-9_-])/],
  ['Discord token', /\b[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,}/],
  ['Discord webhook', /\bdiscord(?:app)?\.com\/api\/webhooks\/\d{16,20}\/[A-Za-z0-9_-]{40,}/],
  ['AWS key', /\b(?:AKIA|ASIA)(?![A-Z0-9]{9}EXAMPLE)[A-Z0-9]{16}\b/],
  [
    'AWS secret key',
    /\baws_?(?:secret_?)?(?:access_?)?key["']?[ \t]{0,4}[:=][ \t]{0,4}["']?[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/i,
  ],
  ['Google key', /\bAIza[A-Za-z0-9_-]{35}/],
  ['Google client secret', /\bGOCSPX-[A-Za-z0-9_-]{24,}/],
  ['Google access token', /\bya29\.[A-Za-z0-9_-]{30,}/],
  ['Stripe key', /\b(?:sk|rk)_live_[A-Za-z0-9]{20,}/],
  ['Stripe webhook secret', /\bwhsec_[A-Za-z0-9+/]{28,}/],
  ['npm token', /\bnpm_[A-Za-z0-9]{36}\b/],
  ['PyPI token', /\bpypi-AgE[A-Za-z0-9_-]{40,}/],
  ['SendGrid key', /\bSG\.[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{30,}/],
  ['Mailgun key', /\bkey-[0-9a-f]{32}\b/],
  ['xAI key', /\bxai-[A-Za-z0-9]{40,}/],
  ['Groq key', /\bgsk_[A-Za-z0-9]{40,}/],
  ['Perplexity key', /\bpplx-[A-Za-z0-9]{40,}/],
  ['Replicate token', /\br8_[A-Za-z0-9]{36,}/],
  ['Hugging Face token', /\bhf_[A-Za-z]{30,}\b/],
  ['Linear key', /\blin_(?:api|oauth)_[A-Za-z0-9]{30,}/],
  ['Notion token', /\bntn_[A-Za-z0-9]{40,}/],
  ['Shopify token', /\bshp(?:at|ca|pa|ss)_[a-f0-9]{32}\b/],
  ['DigitalOcean token', /\bdo[opr]_v1_[a-f0-9]{64}\b/],
  ['Databricks token', /\bdapi[a-f0-9]{32}\b/],
  ['Vault token', /\bhv[sb]\.[A-Za-z0-9_-]{24,}/],
  ['Atlassian token', /\bATATT3[A-Za-z0-9_=-]{40,}/],
  ['1Password token', /\bops_eyJ[A-Za-z0-9_-]{100,}/],
  ['age key', /\bAGE-SECRET-KEY-(?:PQ-)?1[A-Z0-9]{40,}/],
  ['private key', /-----BEGIN (?:[A-Z]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----/],
  ['JSON web token', /\beyJ[A-Za-z0-9_-]{15,300}\.eyJ[A-Za-z0-9_-]{15,8000}\.[A-Za-z0-9_-]{15,}/],
  [
    'password in a URL', // not where a variable, a gap to fill or the word itself stands in its place
    /\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/@]{0,64}:(?!\$[{(A-Z_]|[<{[*\u2026]|(?:password|passwd|secret|changeme|redacted|x{6,20})@)[^\s:/@]{6,128}@[\w.-]+/i,
  ],
  [
    'password in a connection string',
    /\b(?:Server|Data Source|Host|Endpoint|AccountName)=[^;"'\r\n]{1,200};(?:[^;"'\r\n]{1,200};){0,8}(?:Password|Pwd|AccountKey|SharedAccessKey)=(?![<${[])[^;\s"']{6,200}/i,
  ],
]

/**
 * Wider than any of them, as git and other programs understand it (a POSIX extended expression), and quick to look for:
 * what is found with it is then looked at closely.
 */
export const ROUGHLY = [
  'sk-|gh[pousr]_|github_pat_|gl[a-z]{2,5}-|xox[abeoprs]-|xapp-|hooks[.]slack|api/webhooks|:AA|AKIA|ASIA|AIza|GOCSPX-|ya29[.]',
  '[MNO][A-Za-z0-9_-]{22,}[.]|_live_|whsec_|npm_|pypi-|SG[.]|key-|xai-|gsk_|pplx-|r8_|hf_|lin_|ntn_|shp[a-z]{2}_|do[opr]_v1',
  'dapi|hv[sb][.]|ATATT3|ops_eyJ|AGE-SECRET|PRIVATE KEY|eyJ|://[^ /@]*:[^ /@]+@',
  '[Aa][Ww][Ss]_?[A-Za-z_]*[Kk][Ee][Yy]|[Pp][Aa][Ss][Ss][Ww][Oo][Rr][Dd]=|[Pp][Ww][Dd]=|AccountKey=|SharedAccessKey=',
].join('|')
