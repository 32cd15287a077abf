#!/bin/sh
# Runs in the clean root under its systemd: the member's unit, as an operator starts it.
systemctl start salus-node.service
tries=0
# Half a minute, for a computer that does other things.
until salus-node status --url http://127.0.0.1:26660 2>/dev/null | grep -E '^height +[1-9]'; do
	tries=$((tries + 1))
	[ "$tries" -lt 150 ] || break
	sleep 0.2
done
process=$(systemctl show --property=MainPID --value salus-node.service)
grep -E '^(Uid|CapBnd|NoNewPrivs|Seccomp):' "/proc/$process/status"
systemctl --no-pager --full status salus-node.service
systemctl stop salus-node.service
systemctl show --property=Result --property=ExecMainStatus salus-node.service
systemctl poweroff --force --force
