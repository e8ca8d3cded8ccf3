import {PAGE_CHECKUPS} from '../../alerts/checkups.js'
import {MAIL_CHECKUPS} from '../../bus/checkups.js'
import {ENGINE_CHECKUPS} from '../../engines/checkups.js'
import {GUARD_CHECKUPS} from '../../guard/checkups.js'
import {BEAT_CHECKUPS} from '../../heartbeat/checkups.js'
import {HISTORY_CHECKUPS} from '../../history/checkups.js'
import {ACCOUNT_CHECKUPS} from '../../mail/checkups.js'
import {SCHEDULE_CHECKUPS} from '../../schedule/checkups.js'
import {CONFIG_CHECKUPS} from '../../workspace/checkups-config.js'
import {FILE_CHECKUPS} from '../../workspace/checkups-files.js'
import {SECRET_CHECKUPS} from '../../workspace/checkups-secrets.js'
import type {Checkup} from '../../workspace/health.js'
import {COMMITTED_CHECKUPS} from './config.js'
import {CONFIG_SENSE_CHECKUPS} from './config-sense.js'
import {CONTRACT_WORD_CHECKUPS} from './contract-words.js'
import {CONTRACT_CHECKUPS} from './contracts.js'
import {FOLDER_CHECKUPS} from './folders.js'
import {GIT_DOOR_CHECKUPS} from './git-doors.js'
import {GIT_CHECKUPS} from './git-health.js'
import {GIT_SETTING_CHECKUPS} from './git-settings.js'
import {GUARDED_CHECKUPS} from './guarded.js'
import {GUARDRAIL_CHECKUPS} from './guardrails.js'
import {KEPT_CHECKUPS} from './kept-files.js'
import {KEY_CHECKUPS} from './keys.js'
import {LEAK_CHECKUPS} from './leaks.js'
import {LOCAL_CHECKUPS} from './locals.js'
import {MACHINE_CHECKUPS} from './machine.js'
import {MAIL_READ_CHECKUPS} from './mail-read.js'
import {MAIL_RULE_CHECKUPS} from './mail-rules.js'
import {PERFORMED_CHECKUPS} from './performed.js'
import {PERMISSION_CHECKUPS} from './permissions.js'
import {PROGRAM_CHECKUPS} from './programs.js'
import {REACH_CHECKUPS} from './reach.js'
import {scheduleCheckups} from './schedules.js'
import {NAME_CHECKUPS} from './soul-names.js'
import {STATE_CHECKUPS} from './state.js'
import {TREE_CHECKUPS} from './tree.js'
import {VANISHED_CHECKUPS} from './vanished.js'
import {WAITING_CHECKUPS} from './waiting.js'
import {WEIGHT_CHECKUPS} from './weight.js'

/** Every domain's checks in the order they are told; a new domain is one line here. */
export const CHECKUPS: readonly Checkup[] = [
  ...MACHINE_CHECKUPS,
  ...HISTORY_CHECKUPS,
  ...GIT_CHECKUPS,
  ...GIT_DOOR_CHECKUPS,
  ...GIT_SETTING_CHECKUPS,
  ...CONFIG_CHECKUPS,
  ...CONFIG_SENSE_CHECKUPS,
  ...COMMITTED_CHECKUPS,
  ...GUARDRAIL_CHECKUPS,
  ...SECRET_CHECKUPS,
  ...LEAK_CHECKUPS,
  ...ENGINE_CHECKUPS,
  ...PAGE_CHECKUPS,
  ...CONTRACT_CHECKUPS,
  ...CONTRACT_WORD_CHECKUPS,
  ...NAME_CHECKUPS,
  ...KEPT_CHECKUPS,
  ...VANISHED_CHECKUPS,
  ...KEY_CHECKUPS,
  ...PERMISSION_CHECKUPS,
  ...FILE_CHECKUPS,
  ...FOLDER_CHECKUPS,
  ...TREE_CHECKUPS,
  ...WEIGHT_CHECKUPS,
  ...SCHEDULE_CHECKUPS,
  ...REACH_CHECKUPS,
  ...PERFORMED_CHECKUPS,
  ...PROGRAM_CHECKUPS,
  ...BEAT_CHECKUPS,
  ...scheduleCheckups(),
  ...MAIL_CHECKUPS,
  ...ACCOUNT_CHECKUPS,
  ...MAIL_READ_CHECKUPS,
  ...MAIL_RULE_CHECKUPS,
  ...GUARD_CHECKUPS,
  ...GUARDED_CHECKUPS,
  ...STATE_CHECKUPS,
  ...LOCAL_CHECKUPS,
  ...WAITING_CHECKUPS,
]
