# Sourced by the scripts beside it: a gateway in front of simulated providers, and clients of pinned versions from npm.
# Nothing here reaches past this machine but npm, which brings the clients into a cache outside of the repository.

clients=$(dirname "$(readlink -f "$0")")
root=$(dirname "$(dirname "$clients")")
cache=${XDG_CACHE_HOME:-$HOME/.cache}/llm-gateway/clients
passed=0
failed=0
work=
gateway_pid=

# Ends the script with sentence $1.
refuse() {
    echo "${0##*/}: $1" >&2
    exit 1
}

need() {
    command -v "$1" >/dev/null || refuse "$1 is missing. Install it (apt-get install $2) and start again."
}

# Makes a directory for this run, and starts the gateway unless $GATEWAY and $KEY tell of one that runs.
open() {
    work=$(mktemp -d)
    trap close EXIT
    trap 'exit 130' INT TERM
    if [ -n "${GATEWAY:-}" ]; then
        return
    fi
    "$root/examples/run" SimulatedVendors >"$work/gateway" 2>"$work/gateway.log" &
    gateway_pid=$!
    for _ in $(seq 300); do
        if grep -q '^key: ' "$work/gateway"; then
            break
        fi
        kill -0 "$gateway_pid" 2>/dev/null || { cat "$work/gateway.log" >&2; refuse "the gateway did not start"; }
        sleep 1
    done
    GATEWAY=$(sed -n 's/^gateway: //p' "$work/gateway")
    KEY=$(sed -n 's/^key: //p' "$work/gateway")
    export GATEWAY KEY
}

# Stops what this script started.
close() {
    if [ -n "$gateway_pid" ]; then
        kill "$gateway_pid" 2>/dev/null || true
        wait "$gateway_pid" 2>/dev/null || true
    fi
    if [ -n "$work" ]; then
        rm -rf "$work"
    fi
}

# Installs package $1 in version $2 and tells in $bin where its commands are.
install() {
    need npm npm
    home=$cache/$(echo "$1" | tr -d @ | tr / -)-$2
    bin=$home/node_modules/.bin
    if [ ! -f "$home/complete" ]; then
        echo "installing $1 $2" >&2
        mkdir -p "$home"
        npm install --prefix "$home" --no-audit --no-fund --no-update-notifier --loglevel=error "$1@$2" >&2 ||
            refuse "npm could not install $1 $2"
        touch "$home/complete"
    fi
}

# A new directory $where for a client to work in, with a home of its own in $own.
place() {
    where=$(mktemp -d -p "$work")
    own=$(mktemp -d -p "$work")
}

# Tells in one line how check $1 went: well when the file $2 has the words $3. What a client said is shown when it has not.
tell() {
    if grep -qF -- "$3" "$2" 2>/dev/null; then
        passed=$((passed + 1))
        echo "OK   $1"
    else
        failed=$((failed + 1))
        echo "FAIL $1: expected \"$3\", the client said:"
        cut -c 1-600 "$4" | tail -n 15 | sed 's/^/       /'
    fi
}

# The last line, and the exit status.
conclude() {
    echo "$1: $passed passed, $failed failed"
    [ "$failed" -eq 0 ]
}
