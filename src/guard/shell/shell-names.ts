/** Variables that steer the shell, the linker, or programs that a later word could start. */
const DANGEROUS =
  /^(?:PATH|IFS|ENV|HOME|PWD|OLDPWD|CDPATH|SHELL|FIGNORE|GLOBIGNORE|EXECIGNORE|PS\d|PROMPT.*|TMPDIR|BROWSER|TERMINFO.*|HOSTALIASES|LOCPATH|NLSPATH|GCONV_PATH|LESS.*|MANPATH|INFOPATH|[A-Z_]*PAGER|[A-Z_]*EDITOR|VISUAL|RIPGREP_CONFIG_PATH|MAKE.*|CC|CXX|LD|AR|TAPE|RSH|TAR_.*|RSYNC_.*|UNZIP.*|ZIP.*|GREP_.*|POSIXLY_CORRECT|INPUTRC|.*_PROXY|.*_proxy|MCOS_.*|CLAUDE.*|ANTHROPIC.*|CODEX.*|OPENAI.*|GEMINI.*|GOOGLE.*|BASH.*|SHELLOPTS|ZDOTDIR|ZSH.*|NULLCMD|READNULLCMD|FPATH|fpath|path|cdpath|LD_.*|DYLD_.*|MALLOC_.*|GIT_.*|SSH_.*|NODE_(?!ENV$).*|npm_.*|NPM_.*|YARN_.*|PYTHON.*|PERL.*|RUBY.*|GEM_.*|JAVA.*|JDK_.*|_JAVA.*|CLASSPATH|GO[A-Z]+|CARGO.*|RUST(?!_LOG$|_BACKTRACE$).*|PHP.*|LUA.*|XDG_.*|DBUS_.*|DISPLAY|KUBECONFIG|AWS_.*|DOCKER_.*|CURL_.*|WGETRC|SSL_.*|OPENSSL_.*|SYSTEMD_.*)$/

/** Variables that programs only show or count with. */
const PLAIN =
  /^(?:NODE_ENV|CI|DEBUG|TZ|LANG|LANGUAGE|LC_[A-Z]+|NO_COLOR|FORCE_COLOR|CLICOLOR|CLICOLOR_FORCE|COLUMNS|LINES|TERM|COLORTERM|VERBOSE|LOG_LEVEL|RUST_LOG|RUST_BACKTRACE|PORT|HOST|DEBIAN_FRONTEND)$/

/** Whether what is given to this name can change what the rest of the line does. */
export function isDangerousName(name: string): boolean {
  return DANGEROUS.test(name) && !PLAIN.test(name)
}

/** Whether a program that is not known may be given this without anybody asking what it makes of it. */
export function isPlainName(name: string): boolean {
  return PLAIN.test(name)
}
