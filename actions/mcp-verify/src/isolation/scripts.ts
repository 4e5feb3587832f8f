/**
 * Runs the program that isolates, and ends all of it when the action is gone, however that ended: the action holds the other
 * end of a named pipe, which the kernel closes with it. sudo passes no other descriptors on, and no signal that asks who
 * the parent is. Arguments: the pipe, then the command.
 */
export const outerScript = `lifeline=$1
shift
# A signal to the whole group must not end this and leave the rest.
trap '' HUP INT TERM
(
  # Its own writing end for a moment, so that this does not wait for an action that is gone already.
  exec 7<>"$lifeline" 8<"$lifeline" 7<&- </dev/null >/dev/null 2>&1
  read -r _ <&8
  kill -KILL 0
) &
watcher=$!
(
  trap - HUP INT TERM
  exec "$@"
)
status=$?
kill -KILL "$watcher" 2>/dev/null
exit "$status"`

/**
 * The first process of the namespaces: makes a view of the files in which all is read-only that is not the server's own,
 * starts the server, and says how many processes it left, which end with this one. It keeps its privileges, so that the
 * server, which has none, cannot touch it. Arguments: a folder to make the view in, the file for the answer, the working
 * folder, the network (on or off), the functions `hidden` and `arrange` of a view, then the command.
 */
export const firstScript = `set -eu
root=$1 report=$2 work=$3 network=$4 sights=$5
shift 5
fail() { printf 'mcp-verify: isolation: %s\\n' "$1" >&2; exit 125; }
freeze() {
  while read -r _ _ _ _ at options _; do
    case $at in *\\\\*) at=$(printf '%b' "$at") ;; esac
    case $at in "$1" | "$1"/*) ;; *) continue ;; esac
    [ "$1" != "$root" ] || ! covered "\${at#"$root"}" || continue
    mount -n -o "remount,bind,ro\${options#r?}" "$at" 2>/dev/null ||
      mount -n -t tmpfs -o ro,size=4k,mode=0 none "$at" 2>/dev/null ||
      fail "$at cannot be made read-only"
  done <<END
$(cat /proc/self/mountinfo)
END
}
hide() { mount -n --bind "$2" "$root$1"; }
show() { mount -n --rbind "$1" "$root$1"; freeze "$root$1"; }
own() { mount -n --rbind "$1" "$root$1"; }
blank() { [ ! -e "$root$1" ] || mount -n --bind /dev/null "$root$1"; }
eval "$sights"
covered() { case $1 in /proc | /proc/* | /dev/* | /sys/fs/* | /sys/kernel/* | /sys/firmware/*) ;; *) hidden "$1" ;; esac; }
[ "$network" = on ] || { ip link set lo up || ifconfig lo up; } 2>/dev/null || :
exec 9>"$report"
mount -n --rbind / "$root"
# What is shown may hold this folder; it must not come with it.
mount -n --make-runbindable "$root"
freeze "$root"
mount -n -t proc -o nosuid,nodev,noexec proc "$root/proc"
for each in sys sysrq-trigger irq bus; do
  [ -e "$root/proc/$each" ] || continue
  mount -n --bind "$root/proc/$each" "$root/proc/$each"
  mount -n -o remount,bind,ro,nosuid,nodev,noexec "$root/proc/$each"
done
for each in fs kernel firmware; do
  [ ! -d "$root/sys/$each" ] || mount -n -t tmpfs -o ro,size=4k,mode=755 none "$root/sys/$each"
done
mount -n -t tmpfs -o nosuid,noexec,size=1m,mode=755 tmpfs "$root/dev"
for each in null zero full random urandom tty; do
  [ -e "/dev/$each" ] || continue
  : >"$root/dev/$each"
  mount -n --bind "/dev/$each" "$root/dev/$each"
done
mkdir "$root/dev/pts" "$root/dev/shm" "$root/dev/old"
mount -n -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts "$root/dev/pts"
mount -n -t tmpfs -o nosuid,nodev,size=256m,mode=1777 tmpfs "$root/dev/shm"
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
for each in 0:stdin 1:stdout 2:stderr; do ln -s "/proc/self/fd/\${each%%:*}" "$root/dev/\${each#*:}"; done
arrange
pivot_root "$root" "$root/dev/old"
umount -n -l /dev/old
rmdir /dev/old
cd "$work"
set +e
# What this shell says of how the server ended is no word of the server.
exec 8>&2 2>/dev/null
(
  exec 2>&8 8>&- 9>&-
  exec "$@"
)
status=$?
tries=0
while :; do
  left=0
  for each in /proc/[0-9]*; do
    [ "$each" = /proc/1 ] && continue
    { read -r line <"$each/stat"; } || continue
    case \${line##*) } in Z* | X*) ;; *) left=$((left + 1)) ;; esac
  done
  { [ "$left" = 0 ] || [ "$tries" = 10 ]; } && break
  tries=$((tries + 1))
  sleep 0.05
done
echo "$status $left" >&9
exit "$status"`

/**
 * Without privileges already: takes the variables of the server and becomes it. Where the memory runs out, the kernel ends
 * this first. Arguments: the file with the variables, then the command.
 */
export const lastScript = `{ echo 1000 >/proc/self/oom_score_adj; } 2>/dev/null
variables=$1
shift
. "$variables"
exec "$@"`

/** Ends with 0 when all that was promised holds. Arguments: the user, a file that must not be seen, the workspace, the network. */
export const probeScript = `lack() { echo "$1" >&2; exit 3; }
[ "$(id -u)" = "$1" ] || lack 'the user is another one'
[ ! -e "$2" ] || lack 'files of the runner are seen'
[ ! -w "$3" ] || lack 'the workspace can be written'
while read -r _ _ _ _ at options _; do
  case $at:$options in /:rw* | /usr:rw* | /etc:rw*) lack 'files of the machine can be written' ;; esac
done </proc/self/mountinfo
while read -r name value; do
  case $name$value in
    CapEff:*[!0]* | CapPrm:*[!0]* | CapBnd:*[!0]* | CapAmb:*[!0]*) lack 'privileges are left' ;;
    NoNewPrivs:0) lack 'privileges can be gained' ;;
  esac
done </proc/self/status
network=$4
set -- /proc/[0-9]*
[ "$#" -le 3 ] || lack 'other processes are seen'
[ "$network" = on ] || while read -r name _; do
  case $name in lo:* | Inter* | face*) ;; *) lack 'a network is seen' ;; esac
done </proc/net/dev
exit 0`
