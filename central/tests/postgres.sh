#!/bin/sh
# A throw-away PostgreSQL cluster for the tests: on a free loopback port, in a folder of its own, never touching a
# cluster that is there already.
#   postgres.sh start DIR   makes and starts it, prints its address (postgres://…)
#   postgres.sh again DIR   starts it again after a kill, on the same port
#   postgres.sh stop DIR    stops it; the folder is the caller's to remove
set -eu

die() { printf 'postgres.sh: %s\n' "$*" >&2; exit 1; }

[ $# -eq 2 ] || die "usage: postgres.sh start|again|stop DIR"
verb=$1
dir=$2

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] && [ -x "$bin/initdb" ] || die "PostgreSQL is not installed (Debian package: postgresql)"

# initdb and the server refuse to run as root: there they run as the package's own user.
as_server() {
    if [ "$(id -u)" -eq 0 ]; then
        setpriv --reuid=postgres --regid=postgres --init-groups -- env HOME="$dir" "$@"
    else
        "$@"
    fi
}

free_port() {
    # Ask the kernel for a port nobody listens on.
    python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])' 2>/dev/null ||
        awk 'BEGIN { srand(); print 20000 + int(rand() * 20000) }'
}

serve() {
    as_server "$bin/pg_ctl" --pgdata="$dir/data" --log="$dir/server.log" --wait --timeout=60 \
        --options="-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200" \
        start >"$dir/pg_ctl.log" 2>&1 || die "the server did not start, see $dir/server.log"
}

case $verb in
start)
    mkdir -p "$dir"
    dir=$(cd "$dir" && pwd)
    [ -e "$dir/data" ] && die "$dir/data is there already; stop it and remove the folder"
    password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
    umask 077
    printf '%s\n' "$password" >"$dir/password"
    if [ "$(id -u)" -eq 0 ]; then
        chown postgres:postgres "$dir" "$dir/password"
        # The server's user must be able to walk to its folder.
        as_server test -x "$dir" || die "the user postgres cannot enter $dir: choose a folder below /tmp"
    fi
    port=$(free_port)
    as_server "$bin/initdb" --pgdata="$dir/data" --username=chilang --pwfile="$dir/password" \
        --auth=scram-sha-256 --encoding=UTF8 --locale=C --no-sync >"$dir/initdb.log" 2>&1 ||
        die "initdb failed, see $dir/initdb.log"
    printf '%s\n' "$port" >"$dir/port"
    serve
    printf 'postgres://chilang:%s@127.0.0.1:%s/postgres\n' "$password" "$port"
    ;;
again)
    dir=$(cd "$dir" && pwd)
    port=$(cat "$dir/port")
    # A server that was killed leaves the file of its process behind; PostgreSQL sees itself whether that one lives.
    serve
    ;;
stop)
    dir=$(cd "$dir" && pwd)
    as_server "$bin/pg_ctl" --pgdata="$dir/data" --mode=immediate --wait stop >/dev/null 2>&1 || true
    ;;
*)
    die "usage: postgres.sh start|again|stop DIR"
    ;;
esac
