import type {Role} from './role.js'

export const operations: Role = {
  hosts: ['app.example.com', 'status.example.com', '127.0.0.1:8377'],
  commands: ['systemctl --user status', 'journalctl --user', 'df', 'du', 'uptime', 'ss -ltn', 'mcos secrets check'],
  reads: ['wiki/runbooks/booking.md', 'wiki/runbooks/backups.md', 'wiki/engineering/deploys.md'],
  writes: [
    ['~/units/app.service', '[Unit]\nDescription=app\n\n[Service]\nExecStart=/usr/bin/app\nKillMode=control-group\n'],
    [
      '~/units/worker.service',
      '[Service]\nExecStart=/usr/bin/worker --queue mail\nRestart=on-failure\nKillMode=control-group\n\n[Install]\nWantedBy=default.target\n',
    ],
    ['~/units/backup.timer', '[Timer]\nOnCalendar=daily\nPersistent=true\n'],
    ['~/units/README.md', 'A [Service] section without KillMode=control-group is refused.'],
    [
      '~/outages/2026-11-20.md',
      'felt by: three customers · began 02:14 · cause: full queue · mended by: restart · next time: alarm at 80 %',
    ],
    [
      '~/proposals/disk.md',
      'Largest: /var/log 14 GB, /home/ada/Photos 9 GB, ~/.cache 4 GB. Delete nothing; Ada chooses.',
    ],
    ['~/app.env.example', 'PORT=8080\nSESSION_SECRET=\nDATABASE_URL=\n'],
    ['~/config/app.env', 'PORT=8080\nLOG_LEVEL=info\nAPI_URL=https://app.example.com\n'],
    ['~/secrets-check.md', 'ANTHROPIC_API_KEY: 108 characters. HOME_MAIL: 16. TELEGRAM_TOKEN: 46. None is blank.'],
  ],
  deletes: ['~/tmp/', '~/tmp/probe.txt', '~/proposals/disk.md'],
  tells: [
    ['jarvis', 'health 503 since 02:14, three probes, restart at 02:16, green at 02:17. Cause: full queue (belief).'],
    ['jarvis', 'The last backup is from 05:58, 4.1 GB. Nobody has restored one since March.'],
    ['flow', 'The worker leaks: 1.2 GB after six hours. Could you look before Monday?'],
  ],
  runs: [
    ...['systemctl --user status app', 'journalctl --user -u app -n 50', 'df -h', 'du -sh .', 'uptime', 'ss -ltn'],
    ...['journalctl --user -u app --since 02:00', 'systemctl --user status backup.timer', 'mcos secrets check'],
  ],
  fetches: ['app.example.com', 'status.example.com', '127.0.0.1:8377', 'app.example.com:443'],
  does: [
    ['alert.P3 The booking page answers 503', 'GET /health answered 503 three times since 02:14.'],
    ['alert.P3 The certificate expires in 6 days', 'Expired on 27 November unless it is renewed.'],
    ['task.create Restore a backup once'],
    ['write ~/MEMORY.md', 'A full queue shows as 503 (source: memory/2026-11-20.md#L2)'],
  ],
}
