/** Typed in a fleet's home: donna, whose model is a rehearsal, proposes a rule, which then waits for a yes. */
export const PROPOSED = `
cat >> mcos.yaml <<'END'
engines:
  rehearsal: { kind: scripted, file: rehearsal.yaml }
routes: { default: [rehearsal] }
END
cat > rehearsal.yaml <<'END'
answers:
  - text: I propose a rule.
    calls:
      - { tool: guardrail_propose, input: { name: no-friday-deploys, text: "Never deploy on a Friday.", why: "Last Friday." } }
  - Proposed.
END
mcos commit
mcos run donna "Propose it" || true
`

/** Typed anywhere: a mailbox into which a mail has just come. */
export const MAILBOX = `
mkdir -p ~/Mail/work/new ~/Mail/work/cur ~/Mail/work/tmp
cat > ~/Mail/work/new/1700000000.1.host <<END
From: Monitor <alerts@monitor.example>
To: ada@example.com
Subject: Checkout is down
Message-ID: <1@monitor.example>
Date: $(date -R)

See https://monitor.example/checkout
END
`
