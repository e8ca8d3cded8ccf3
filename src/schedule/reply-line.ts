const TOKEN = /HEARTBEAT_OK|NO_REPLY/u
const ORDER =
  /^[\s>*_`-]*(?:(?:please|always|just|simply|only|then|so|and|immediately|directly)[\s,]+)*(?:reply|respond|answer|return|output|say|send|print|emit)\b[^.;]{0,60}$/iu
const CONDITION =
  /^[\s>*_`-]*(?:if|when|unless|otherwise|else|nothing|no |default|do nothing|stay (?:quiet|silent)|there (?:is|are) (?:nothing|no)|wenn nichts|si nada|se nada|如果没有|若无|若無|没有|無|无|如无|何もなければ|なければ|inget|niets|если ничего|ничего)[^.;]{0,120}$/iu
const HAN_ORDER = /^[\s>*_`-]*(?:请|請|始终|一律|直接|总是|總是|只)*(?:回复|回覆|返回|输出|輸出|返信)/u
const INERT =
  /^[\s>*_`-]*(?:do nothing|no tasks?(?: (?:at the moment|for now|configured|yet|right now))?|nothing to (?:do|check)(?: here)?|no (?:active|periodic|scheduled) (?:tasks|checks)|never run anything|do not (?:run|do|execute|check) anything|don'?t (?:run|do) anything|stay (?:quiet|silent)|this file is (?:intentionally )?(?:left )?(?:empty|blank)|heartbeats? (?:is|are) (?:disabled|off)|无任务|暂无任务|没有任务|什么都不做|不做任何事|不要做任何事情?|nichts zu tun|keine aufgaben|nada a fazer|sem tarefas|sin tareas|nada que hacer|rien à faire|aucune tâche|niets te doen|geen taken|inget att göra|inga uppgifter|ничего не делать|нет задач|何もしない|タスクなし)[^,;:]{0,40}$/iu

/** Whether a line only says how to answer, or that there is nothing to do: no work in it. */
export function isReplyLine(text: string): boolean {
  return text
    .slice(0, 400)
    .split(/[.!。！;；](?:\s|$|[*_`])|。/u)
    .every((sentence) => sentence.trim() === '' || isReplySentence(sentence))
}

function isReplySentence(sentence: string): boolean {
  if (INERT.test(sentence)) return true
  if (!TOKEN.test(sentence)) return false
  return (
    ORDER.test(sentence) ||
    HAN_ORDER.test(sentence) ||
    CONDITION.test(sentence) ||
    /^[\s>*_`-]*(?:HEARTBEAT_OK|NO_REPLY)/u.test(sentence)
  )
}
