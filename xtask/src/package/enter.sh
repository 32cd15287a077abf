#!/bin/sh
# enter.sh ROOT USER COMMAND...: runs a command in another root, as one of its users, in name spaces that xtask made: what is mounted
# here ends with the command, and so does whatever it started.
set -e
root=$1
user=$2
shift 2
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
if [ -d /tmp/.X11-unix ]; then
	mkdir -p "$root/tmp/.X11-unix"
	mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
fi
# Nothing of the person who runs the tests: their folders and their bus are not there.
exec chroot "$root" setpriv --reuid "$user" --regid "$user" --init-groups -- env \
	-u XDG_CONFIG_HOME -u XDG_DATA_HOME -u XDG_CACHE_HOME -u XDG_STATE_HOME -u XDG_RUNTIME_DIR -u TMPDIR \
	-u DBUS_SESSION_BUS_ADDRESS -u WAYLAND_DISPLAY \
	PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
