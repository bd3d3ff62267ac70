#!/bin/sh
# Runs a script on a machine of its own, as far as files go: /etc is a copy, and /home, /opt, /root,
# /srv and /tmp have nothing but what is needed. The machine that it runs on keeps no trace of it.
#
# Usage: unshare --mount --pid --fork --kill-child --mount-proc
#          hub-machine.sh FOLDER SCRIPT REPOSITORY PROXY ENVIRONMENT PYTHON NODE
#
# FOLDER is an empty one for the new folders, PROXY the packages that have configurable-http-proxy.
# ENVIRONMENT is one of Python's, PYTHON the prefix of what it was made with, NODE that of Node.
set -eu
folder=$1 script=$2 repository=$3 proxy=$4 environment=$5 python=$6 node=$7
umask 022

mkdir "$folder/home" "$folder/opt" "$folder/root" "$folder/srv"
cp -a /etc "$folder/etc"
cp "$script" "$folder/etc/hub-machine"

# Binds a file or folder to another path, not to be written.
bind() {
  if [ -d "$1" ]; then mkdir -p "$2"; else touch "$2"; fi
  mount -o bind,ro "$1" "$2"
}

# One by one: the repository's own folder may be one that only root can enter.
mkdir "$folder/opt/inception-lab"
for path in "$repository"/*; do bind "$path" "$folder/opt/inception-lab/${path##*/}"; done
bind "$proxy" "$folder/opt/proxy"

hub=$folder/opt/jupyterhub
mkdir "$hub"
for path in "$environment"/*; do [ "${path##*/}" = lib ] || cp -a "$path" "$hub"; done
bind "$environment/lib" "$hub/lib"
find "$hub/bin" -type f -exec sed -i "1s|^#!$environment/bin/|#!/opt/jupyterhub/bin/|" {} +
ln -sf "$node/bin/node" "$hub/bin/node"

# What is installed where only root can go keeps its path.
for path in "$python" "$node"; do
  case $path in /home/* | /opt/* | /root/*) bind "$path" "$folder$path" ;; esac
done

for name in etc home opt root srv; do mount --rbind "$folder/$name" "/$name"; done
mount -t tmpfs -o mode=1777 tmpfs /tmp
exec sh -eu /etc/hub-machine
