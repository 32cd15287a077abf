#!/bin/sh
# boot.sh ROOT GROUP: starts the systemd of another root as the first process of name spaces and a control group of its own, with the
# service `play` as its goal, until it turns itself off. Nothing that is mounted or started here outlives it.
set -e
root=$1
group=$2
if [ "$3" != inside ]; then
	echo $$ >"$group/cgroup.procs"
	exec unshare --mount --pid --net --uts --ipc --cgroup --fork --kill-child -- /bin/sh "$0" "$root" "$group" inside
fi
# systemd moves mounts about: the root has to be one.
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount -t sysfs sysfs "$root/sys"
mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
for folder in run tmp dev; do
	mount -t tmpfs tmpfs "$root/$folder"
done
for device in null zero full random urandom tty; do
	touch "$root/dev/$device"
	mount --bind "/dev/$device" "$root/dev/$device"
done
mkdir "$root/dev/shm" "$root/dev/pts"
mount -t devpts devpts "$root/dev/pts" -o newinstance,ptmxmode=0666
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
cd "$root"
pivot_root . mnt
umount -l /mnt
exec chroot . /usr/bin/env -i container=lxc PATH=/usr/sbin:/usr/bin \
	/usr/lib/systemd/systemd --system --unit=play.service --log-target=null --show-status=0
