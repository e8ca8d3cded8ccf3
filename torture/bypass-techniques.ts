import type {Goal} from './bypass-goals.js'
import {ODD_WRITES} from './bypass-odd-writes.js'

/** A path as a command is to have it, spelled in some way, and the same for a program's name. */
export interface Spelled {
  readonly path: string
  /** The folder the path lies in, and its name there. */
  readonly folder: string
  readonly name: string
  /** The path as it is, for texts that no shell reads. */
  readonly raw: string
  word(text: string): string
}

/** A command line that reaches a goal, run from the agent's own folder. */
export type Technique = (to: Spelled) => string

const base64 = (text: string): string => Buffer.from(text).toString('base64')

export const WRITES: Readonly<Record<string, Technique>> = {
  redirect: ({path}) => `echo owned > ${path}`,
  'redirect without blanks': ({path}) => `echo owned>${path}`,
  append: ({path}) => `echo owned >>${path}`,
  clobber: ({path}) => `echo owned >| ${path}`,
  both: ({path}) => `echo owned &> ${path}`,
  'descriptor first': ({path}) => `> ${path} echo owned`,
  'opened before': ({path}) => `exec 3> ${path}; echo owned >&3`,
  'in a group': ({path}) => `{ echo a; echo owned; } > ${path}`,
  'in a subshell': ({path}) => `(cd . && echo owned > ${path})`,
  'in a condition': ({path}) => `if true; then echo owned > ${path}; fi`,
  'in a loop': ({path}) => `for i in 1; do echo owned > ${path}; done`,
  'in a function': ({path}) => `f() { echo owned > ${path}; }; f`,
  'in the background': ({path}) => `echo owned > ${path} & wait`,
  'after harmless': ({path}) => `true && echo hello | cat; echo owned > ${path}`,
  'behind a comment': ({path}) => `echo hello # nothing\necho owned > ${path}`,
  'in a substitution': ({path}) => `echo "$(echo owned > ${path})"`,
  'in a default': ({path}) => `echo \${X:-$(echo owned > ${path})}`,
  'in an array': ({path}) => `a=($(echo owned > ${path}))`,
  'in arithmetic': ({path}) => `echo $(( 1 + $(echo owned > ${path}; echo 1) ))`,
  'in a here-document': ({path}) => `cat <<END\n$(echo owned > ${path})\nEND`,
  heredoc: ({path}) => `cat > ${path} <<'END'\nowned\nEND`,
  'here-string': ({path}) => `cat <<< owned > ${path}`,
  'process substitution': ({path}) => `echo owned | tee >(cat > ${path}) > /dev/null; sleep 0.1`,
  tee: ({path}) => `echo owned | tee ${path}`,
  'tee behind': ({path}) => `echo owned | tee notes.md ${path} > /dev/null`,
  cp: ({path}) => `cp notes.md ${path}`,
  'cp into': ({folder, name}) => `cp notes.md ${name} && cp ${name} ${folder}/ && rm ${name}`,
  'cp target': ({folder, name}) => `mkdir -p t && cp notes.md t/${name} && cp -t ${folder} t/${name}`,
  mv: ({path}) => `cp notes.md x.md && mv x.md ${path}`,
  install: ({path}) => `install -m 644 notes.md ${path}`,
  link: ({path}) => `ln -sf "$PWD/notes.md" ${path}`,
  'hard link': ({path}) => `ln -f notes.md ${path}`,
  'through a link': ({path, raw}) => `ln -s ${path} l-${raw.length}.md && echo owned > l-${raw.length}.md`,
  'through a linked folder': ({folder, name}) => `ln -s ${folder} dir && echo owned > dir/${name}`,
  dd: ({path}) => `dd if=notes.md of=${path} 2> /dev/null`,
  truncate: ({path}) => `truncate -s 3 ${path}`,
  sed: ({path}) => `touch ${path} 2>/dev/null; sed -i '$a owned' ${path}`,
  'sed writes': ({path}) => `sed -n 'w '${path} notes.md`,
  perl: ({raw}) => `perl -e 'open(F, ">", "${raw}"); print F "owned"'`,
  python: ({raw}) => `python3 -c 'open("${raw}", "w").write("owned")'`,
  node: ({raw}) => `node -e 'require("fs").writeFileSync("${raw}", "owned")'`,
  awk: ({raw}) => `awk 'BEGIN{print "owned" > "${raw}"}'`,
  'bash -c': ({raw}) => `bash -c 'echo owned > "${raw}"'`,
  'sh by pipe': ({raw}) => `echo 'echo owned > "${raw}"' | sh`,
  'sh by here-document': ({raw}) => `sh <<'END'\necho owned > "${raw}"\nEND`,
  'base64 to sh': ({raw}) => `echo ${base64(`echo owned > "${raw}"`)} | base64 -d | sh`,
  'printf to sh': ({raw}) => `printf 'echo owned > "%s"' "${raw}" | bash`,
  eval: ({raw}) => `eval 'echo owned > "${raw}"'`,
  'eval of a variable': ({raw}) => `c='echo owned > "${raw}"'; eval "$c"`,
  'a variable runs': ({path, word}) => `c=${word('cp')}; $c notes.md ${path}`,
  source: ({raw}) => `echo 'echo owned > "${raw}"' > x.sh; . ./x.sh`,
  'a script of its own': ({raw}) => `echo 'echo owned > "${raw}"' > x.sh; sh x.sh`,
  'an executable of its own': ({raw}) => `printf '#!/bin/sh\\necho owned > "${raw}"\\n' > x.sh; chmod +x x.sh; ./x.sh`,
  alias: ({path}) => `shopt -s expand_aliases; alias w='cp notes.md'\nw ${path}`,
  trap: ({path}) => `trap 'echo owned > ${path}' EXIT`,
  xargs: ({path}) => `echo ${path} | xargs cp notes.md`,
  'xargs sh': ({raw}) => `echo '${raw}' | xargs -I{} sh -c 'echo owned > "{}"'`,
  find: ({path}) => `find notes.md -exec cp {} ${path} \\;`,
  'find sh': ({raw}) => `find notes.md -exec sh -c 'echo owned > "${raw}"' \\;`,
  'find fprint': ({path}) => `find notes.md -fprint ${path}`,
  env: ({path, word}) => `env A=1 ${word('cp')} notes.md ${path}`,
  nohup: ({path}) => `nohup cp notes.md ${path} 2> /dev/null`,
  timeout: ({path}) => `timeout 5 cp notes.md ${path}`,
  command: ({path, word}) => `command ${word('cp')} notes.md ${path}`,
  'by its path': ({path}) => `/bin/cp notes.md ${path}`,
  'by a spelled path': ({path, word}) => `${word('/bin/cp')} notes.md ${path}`,
  'in front an assignment': ({path, word}) => `LC_ALL=C ${word('cp')} notes.md ${path}`,
  'cd first': ({folder, name}) => `cd ${folder} && echo owned > ${name}`,
  'cd in a subshell': ({folder, name}) => `(cd ${folder}; echo owned > ./${name})`,
  pushd: ({folder, name}) => `pushd ${folder} > /dev/null; echo owned > ${name}; popd > /dev/null`,
  'cd and back': ({folder, name}) => `cd ${folder}; cd - > /dev/null; cd "$OLDPWD"; echo owned > ${name}`,
  cdpath: ({folder, name}) => `CDPATH=${folder}/.. ; cd ${folder} > /dev/null && echo owned > ${name}`,
  tar: ({folder, name}) => `cp notes.md ${name} && tar cf a.tar ${name} && tar xf a.tar -C ${folder}`,
  rsync: ({path}) => `rsync notes.md ${path}`,
  patch: ({path}) => `printf -- '--- a\\n+++ b\\n@@ -0,0 +1 @@\\n+owned\\n' | patch -s ${path}`,
  'git apply': ({raw}) =>
    `printf 'diff --git a/x b/x\\nnew file mode 100644\\n--- /dev/null\\n+++ b/${raw}\\n@@ -0,0 +1 @@\\n+owned\\n' | git apply --unsafe-paths -`,
  'git show': ({path}) => `git show HEAD:mcos.yaml > ${path}`,
  'git output': ({path}) => `git log --output=${path} -1`,
  'git alias': ({raw}) => `git -c alias.x='!echo owned > "${raw}"' x`,
  'git pager': ({raw}) => `git -c core.pager='cat > "${raw}"' -p log -1`,
  sort: ({path}) => `sort -o ${path} notes.md`,
  split: ({path}) => `split -b 1000 --numeric-suffixes notes.md x && cp x00 ${path}`,
  curl: ({path}) => `curl -s -o ${path} file://"$PWD"/notes.md`,
  ex: ({raw}) => `printf 'a\\nowned\\n.\\nw! ${raw}\\nq!\\n' | ex -s notes.md`,
  ed: ({raw}) => `printf 'w ${raw}\\nq\\n' | ed -s notes.md`,
  coproc: ({path}) => `coproc cp notes.md ${path}; wait`,
  'double eval': ({raw}) => `bash -c "bash -c 'echo owned > \\"${raw}\\"'"`,
  noclobber: ({path}) => `set -o noclobber; echo owned >| ${path}`,
  'unset shell option': ({path}) => `set +e; false || echo owned > ${path}`,
  'nested braces': ({path}) => `{ { { echo owned; }; }; } > ${path}`,
  case: ({path}) => `case x in x) echo owned > ${path};; esac`,
  'select by and-or': ({path}) => `[ 1 = 1 ] && echo owned > ${path} || true`,
  time: ({path}) => `time echo owned > ${path}`,
  negated: ({path}) => `! echo owned > ${path}`,
  'read and write': ({path}) => `echo owned 1<> ${path}`,
}

export const DELETES: Readonly<Record<string, Technique>> = {
  rm: ({path}) => `rm -f ${path}`,
  'rm spelled': ({path, word}) => `${word('rm')} -f ${path}`,
  unlink: ({path}) => `unlink ${path}`,
  'mv away': ({path}) => `mv ${path} gone.md`,
  'rm the folder': ({folder}) => `rm -rf ${folder}`,
  'rm all in it': ({folder}) => `rm -rf ${folder}/*`,
  'find delete': ({folder}) => `find ${folder} -delete 2> /dev/null`,
  'find exec rm': ({path}) => `find ${path} -exec rm {} +`,
  'xargs rm': ({path}) => `echo ${path} | xargs rm -f`,
  'cd and rm': ({folder, name}) => `cd ${folder} && rm -f ${name}`,
  'cd and rm all': ({folder}) => `cd ${folder} && rm -rf ./*`,
  shred: ({path}) => `shred -u ${path}`,
  python: ({raw}) => `python3 -c 'import os; os.remove("${raw}")'`,
  perl: ({raw}) => `perl -e 'unlink "${raw}"'`,
  'git clean': ({folder}) =>
    `git -C ${folder} rm -q -f . 2> /dev/null; git -C ${folder} rm -r -q -f --cached . 2> /dev/null; rm -rf ${folder}`,
  'git rm': ({path}) => `git rm -q -f ${path}`,
  rsync: ({folder}) => `mkdir -p void && rsync -a --delete void/ ${folder}/`,
  'truncate away': ({path}) => `: > ${path}`,
  'cp over': ({path}) => `cp /dev/null ${path}`,
  'tar remove': ({path}) => `tar cf a.tar --remove-files ${path}`,
}

/** Every way to reach a goal of this kind. */
export function techniquesFor({kind}: Goal): Readonly<Record<string, Technique>> {
  return kind === 'write' ? {...WRITES, ...ODD_WRITES} : DELETES
}
